/// HMAC-SHA256: a digest that only the holder of a key can make, by which a program knows its own words again.
///
/// Source: RFC 2104; test vectors in RFC 4231.
public enum MessageAuthentication {
  /// The bytes of a block of SHA-256, to which the key is filled up.
  private static let blockSize = 64

  /// The code of a message as 64 hexadecimal digits: H(K ⊕ opad ‖ H(K ⊕ ipad ‖ message)).
  public static func hexadecimal(_ message: [UInt8], key: [UInt8]) -> String {
    var key = key.count > blockSize ? digest(of: [key]) : key
    key += [UInt8](repeating: 0, count: blockSize - key.count)
    let inner = digest(of: [key.map { $0 ^ 0x36 }, message])
    var outer = SHA256()
    outer.update(key.map { $0 ^ 0x5c })
    outer.update(inner)
    return outer.hexadecimal
  }

  private static func digest(of parts: [[UInt8]]) -> [UInt8] {
    var hash = SHA256()
    for part in parts { hash.update(part) }
    return hash.digest
  }
}

/// An input of a command and the digest of its bytes, so that a result names the data it came from.
public struct InputDigest: Sendable, Equatable {
  /// The path as the user gave it; `-` is standard input.
  public let path: String
  /// The SHA-256 of the bytes as 64 hexadecimal digits.
  public let sha256: String

  /// An input from its path and the digest that was taken while reading it.
  public init(path: String, sha256: String) {
    self.path = path
    self.sha256 = sha256
  }

  /// An input from its path and bytes.
  public init(path: String, bytes: [UInt8]) {
    self.init(path: path, sha256: SHA256.hexadecimal(bytes))
  }
}

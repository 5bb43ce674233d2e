/// SHA-256, by which a manifest names the exact bytes of every input and output.
///
/// The project has its own because Foundation on Linux has none and packages are out of bounds. It answers the
/// question whether two files are the same; it is not hardened against side channels.
///
/// Source: FIPS 180-4, sections 4.1.2, 4.2.2, 5 and 6.2.
public struct SHA256: Sendable {
  private var state: State = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// The bytes that do not fill a block yet, fewer than 64.
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  private typealias State = InlineArray<8, UInt32>
  /// The words of the same number of four blocks.
  private typealias Words = SIMD4<UInt32>

  /// A digest of nothing so far.
  public init() {}

  /// The digest of these bytes as 64 hexadecimal digits.
  public static func hexadecimal(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes[...])
    return hash.hexadecimal
  }

  /// Takes in the next bytes of the message.
  public mutating func update(_ bytes: [UInt8]) {
    update(bytes[...])
  }

  /// Takes in the next bytes of the message.
  public mutating func update(_ bytes: ArraySlice<UInt8>) {
    byteCount += UInt64(bytes.count)
    var rest = bytes
    if !pending.isEmpty {
      let missing = rest.prefix(64 - pending.count)
      pending += missing
      rest = rest.dropFirst(missing.count)
      guard pending.count == 64 else { return }
      let block = pending
      Self.compress(block.span, into: &state)
      pending.removeAll(keepingCapacity: true)
    }
    let blocks = rest.prefix(rest.count / 64 * 64)
    Self.compress(blocks.span, into: &state)
    pending += rest.dropFirst(blocks.count)
  }

  /// The digest of all bytes so far, 32 bytes.
  public var digest: [UInt8] {
    // Padding: a one bit, zeros up to 8 bytes before the end of a block, the message's length in bits.
    var tail = pending + [0x80]
    tail += [UInt8](repeating: 0, count: (120 - tail.count) % 64)
    tail += (0..<8).map { UInt8(truncatingIfNeeded: (byteCount &* 8) >> UInt64(56 - 8 * $0)) }
    var final = state
    Self.compress(tail.span, into: &final)
    return (0..<32).map { UInt8(truncatingIfNeeded: final[$0 / 4] >> UInt32(24 - 8 * ($0 % 4))) }
  }

  /// The digest of all bytes so far as 64 hexadecimal digits.
  public var hexadecimal: String { Self.digits(of: digest) }

  /// Bytes as hexadecimal digits, two each.
  public static func digits(of bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// Folds whole blocks of 64 bytes into the state.
  ///
  /// The words of a block follow from its bytes alone, so those of four blocks are made side by side; the steps, which
  /// hang on what went before, take one block after the other. Eight steps stand in a row, in which the working
  /// variables take each other's places, so that none is moved. Every index lies below 64 by the loops' bounds.
  private static func compress(_ bytes: Span<UInt8>, into state: inout State) {
    var summands = InlineArray<64, Words>(repeating: .zero)
    var start = 0
    while start + 64 <= bytes.count {
      let count = min(4, (bytes.count - start) / 64)
      schedule(bytes, start, count, &summands)
      for block in 0..<count { unsafe fold(summands.span.bytes, 4 &* block, into: &state) }
      start += 64 * count
    }
  }

  /// Folds one of four blocks into the state, whose summands stand every 16 bytes from `offset` on.
  @inline(__always)
  private static func fold(_ summands: RawSpan, _ offset: Int, into state: inout State) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    var bc = b ^ c
    var place = offset
    while place < 1024 {
      step(a, b, c, &d, e, f, g, &h, summand(summands, place), &bc)
      step(h, a, b, &c, d, e, f, &g, summand(summands, place &+ 16), &bc)
      step(g, h, a, &b, c, d, e, &f, summand(summands, place &+ 32), &bc)
      step(f, g, h, &a, b, c, d, &e, summand(summands, place &+ 48), &bc)
      step(e, f, g, &h, a, b, c, &d, summand(summands, place &+ 64), &bc)
      step(d, e, f, &g, h, a, b, &c, summand(summands, place &+ 80), &bc)
      step(c, d, e, &f, g, h, a, &b, summand(summands, place &+ 96), &bc)
      step(b, c, d, &e, f, g, h, &a, summand(summands, place &+ 112), &bc)
      place &+= 128
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  @inline(__always)
  private static func summand(_ summands: RawSpan, _ place: Int) -> UInt32 {
    unsafe summands.unsafeLoad(fromUncheckedByteOffset: place, as: UInt32.self)
  }

  /// The words of up to four blocks, each its own sixteen and those that follow from them, with the constants added.
  /// Where there are fewer blocks, the last stands for those that are missing.
  @inline(__always)
  private static func schedule(
    _ bytes: Span<UInt8>, _ start: Int, _ count: Int, _ summands: inout InlineArray<64, Words>
  ) {
    let bytes = unsafe bytes.bytes
    let (second, third) = (start &+ 64 &* min(1, count &- 1), start &+ 64 &* min(2, count &- 1))
    let fourth = start &+ 64 &* (count &- 1)
    let constants = constants
    var words = InlineArray<64, Words>(repeating: .zero)
    for t in 0..<16 {
      unsafe words[unchecked: t] = Words(
        bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ 4 &* t, as: UInt32.self).bigEndian,
        bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: second &+ 4 &* t, as: UInt32.self).bigEndian,
        bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: third &+ 4 &* t, as: UInt32.self).bigEndian,
        bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: fourth &+ 4 &* t, as: UInt32.self).bigEndian)
      unsafe summands[unchecked: t] = words[unchecked: t] &+ Words(repeating: constants[unchecked: t])
    }
    var t = 16
    while t < 64 {
      let w15 = unsafe words[unchecked: t &- 15]
      let w2 = unsafe words[unchecked: t &- 2]
      let sigma0 = rotated(w15, 7) ^ rotated(w15, 18) ^ (w15 &>> Words(repeating: 3))
      let sigma1 = rotated(w2, 17) ^ rotated(w2, 19) ^ (w2 &>> Words(repeating: 10))
      let word = unsafe words[unchecked: t &- 16] &+ sigma0 &+ words[unchecked: t &- 7] &+ sigma1
      unsafe words[unchecked: t] = word
      unsafe summands[unchecked: t] = word &+ Words(repeating: constants[unchecked: t])
      t &+= 1
    }
  }

  @inline(__always)
  private static func rotated(_ words: Words, _ count: UInt32) -> Words {
    words &>> Words(repeating: count) | words &<< Words(repeating: 32 &- count)
  }

  /// One step: the fourth and the eighth variable become the new fifth and first. The majority of a, b and c needs
  /// a ⊕ b and b ⊕ c, of which the next step knows one.
  @inline(__always)
  private static func step(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
    _ h: inout UInt32, _ summand: UInt32, _ bc: inout UInt32
  ) {
    let choice = g ^ (e & (f ^ g))
    let ab = a ^ b
    let majority = b ^ (ab & bc)
    bc = ab
    let first = h &+ (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) &+ choice &+ summand
    d &+= first
    h = first &+ (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ majority
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 &- count)
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}

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

import RuralValueFormats
import Testing

@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func `the digests are those of NIST's examples`(message: String, digest: String) {
    #expect(SHA256.hexadecimal(Array(message.utf8)) == digest)
  }

  @Test func `a million letters a have NIST's digest`() {
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      SHA256.hexadecimal(million) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `pieces of any size give the digest of the whole`() {
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let whole = SHA256.hexadecimal(message)
    for size in [1, 3, 55, 56, 63, 64, 65, 127, 128, 129, 999] {
      var hash = SHA256()
      for start in stride(from: 0, to: message.count, by: size) {
        hash.update(message[start..<min(message.count, start + size)])
      }
      #expect(hash.hexadecimal == whole, "in pieces of \(size)")
    }
  }

  @Test func `every length up to nine blocks is padded and folded as hashlib does it`() {
    // python3: for n in range(600): h.update(sha256(bytes((n*7+i*31)&255 for i in range(n))).digest())
    var all = SHA256()
    for length in 0..<600 {
      var one = SHA256()
      one.update((0..<length).map { UInt8(truncatingIfNeeded: length * 7 + $0 * 31) })
      all.update(one.digest)
    }
    #expect(all.hexadecimal == "00f046e70b727c94563a3f6875ce7339084ed0428fd8a7de7ce7439dce72d225")
  }

  @Test func `asking for a digest does not end the message`() {
    var hash = SHA256()
    hash.update(Array("ab".utf8))
    _ = hash.digest
    hash.update(Array("c".utf8))
    #expect(hash.hexadecimal == SHA256.hexadecimal(Array("abc".utf8)))
  }
}

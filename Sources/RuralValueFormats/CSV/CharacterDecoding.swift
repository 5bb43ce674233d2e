#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes of any encoding to UTF-8, by the C library's iconv.
///
/// The only file of this module with `unsafe`: Foundation knows GB18030 too, but brings 50 MB of tables and
/// a slower start, and iconv is a C interface of pointers. All of them stay inside this one function.
enum CharacterDecoding {
  /// Why bytes could not be decoded.
  enum Failure: Error, Equatable {
    /// The C library does not know the encoding.
    case unknownEncoding
    /// The bytes from this position on are no character of the encoding.
    case invalid(position: Int)
  }

  /// The bytes as UTF-8.
  static func utf8(of input: [UInt8], from encoding: TextEncoding) throws(Failure) -> [UInt8] {
    let descriptor = unsafe iconv_open("UTF-8", encoding.name)
    // iconv_open answers (iconv_t)(-1) for an encoding that it does not know.
    guard Int(bitPattern: descriptor) != -1 else { throw .unknownEncoding }
    defer { unsafe _ = iconv_close(descriptor) }

    var input = input
    var consumed = 0
    var output: [UInt8] = []
    // GB18030 grows by half at most; other encodings take another turn of the loop.
    var room = input.count + input.count / 2 + 16
    while true {
      var code: Int32 = 0
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        unsafe input.withUnsafeMutableBytes { source in
          var from = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
          unsafe from = unsafe from.map { unsafe $0 + consumed }
          var left = source.count - consumed
          var to: UnsafeMutablePointer<CChar>? = unsafe UnsafeMutableRawPointer(buffer.baseAddress!)
            .assumingMemoryBound(to: CChar.self)
          var free = buffer.count
          let result = unsafe iconv(descriptor, &from, &left, &to, &free)
          code = result == -1 ? errno : 0
          consumed = source.count - left
          count = buffer.count - free
        }
      }
      output += chunk
      guard code != 0 else { return output }
      // EILSEQ: no character; EINVAL: the text ends within one.
      guard code == E2BIG else { throw .invalid(position: consumed) }
      room = max(room, 4096)
    }
  }
}

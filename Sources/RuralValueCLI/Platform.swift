// Files, streams and processes, for every file of this module: the guards stand once.
#if canImport(FoundationEssentials)
  @_exported public import FoundationEssentials
#else
  @_exported public import Foundation
#endif
#if canImport(Glibc)
  @_exported public import Glibc
#elseif canImport(Musl)
  @_exported public import Musl
#else
  @_exported public import Darwin
#endif

/// close(2), for types that have a `close` of their own; false where it fails.
func closeDescriptor(_ descriptor: Int32) -> Bool { close(descriptor) == 0 }

extension stat {
  /// When the file was last written, in nanoseconds.
  var modified: Int {
    #if canImport(Darwin)
      let time = st_mtimespec
    #else
      let time = st_mtim
    #endif
    return Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
  }
}

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

/// Lets memory that one step frees serve the next.
///
/// Otherwise glibc gives large blocks back and is given them again, page by page: an eighth of the time of an
/// estimate. Its mallopt(3) is in no module; other C libraries have none, and stay as they are.
func keepFreedMemory() {
  typealias Setting = @convention(c) (_ name: Int32, _ value: Int32) -> Int32
  guard let place = unsafe dlsym(nil, "mallopt") else { return }
  let set = unsafe unsafeBitCast(place, to: Setting.self)
  let (trimThreshold, mapThreshold) = (-1 as Int32, -3 as Int32)
  // The largest that it takes.
  _ = set(mapThreshold, 32 << 20)
  _ = set(trimThreshold, .max)
}

/// Asks for pages of 2 MB under the memory that is to be allocated, where the system gives them on request: a page
/// of 4 KB costs the kernel more than what is done with it.
///
/// The heap is grown once, asked for, and given back to the allocator; nothing of it is touched. Not where the
/// address space has a limit, and nothing happens where the system knows no such pages.
func askForLargePages() {
  #if os(Linux)
    let (size, page) = (28 << 20, 4096 as UInt)
    // Given back from the last to the first, each joins the end of the heap.
    let blocks = (0..<4).map { _ in unsafe UInt(bitPattern: malloc(size)) }
    for block in blocks.reversed() where block != 0 {
      unsafe madvise(UnsafeMutableRawPointer(bitPattern: block & ~(page - 1)), size, MADV_HUGEPAGE)
      unsafe free(UnsafeMutableRawPointer(bitPattern: block))
    }
  #endif
}

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

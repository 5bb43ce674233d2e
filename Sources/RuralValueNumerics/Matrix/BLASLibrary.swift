internal import COpenBLAS

/// The linear algebra library that this process runs on, as a run's manifest names it.
public enum BLASLibrary {
  /// The library's version and build options, and the processor kernel that it chose.
  ///
  /// For example `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Zen MAX_THREADS=64, kernel Zen`.
  public static var description: String {
    let configuration = unsafe String(cString: openblas_get_config())
    let kernel = unsafe String(cString: openblas_get_corename())
    return "\(configuration), kernel \(kernel)"
  }

  /// The address space in bytes that a thread needs at its first product: 128 MB of buffers, and a rest for all else.
  public static let bytesOfThread = 160 << 20

  /// Whether the process may have the buffers of so many threads.
  ///
  /// To be asked before the first product: where the system refuses them, OpenBLAS asks again without end.
  public static func hasRoom(forThreads count: Int) -> Bool {
    let size = max(1, count) * bytesOfThread
    let place = unsafe mmap(
      nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard unsafe place != MAP_FAILED else { return false }
    return unsafe munmap(place!, size) == 0
  }
}

/// How many threads the linear algebra library uses inside one call.
///
/// With one thread the order of summation, and so the last digit of every product, does not depend
/// on the machine's core count; parallelism belongs above, over units, draws and years.
public enum BLASThreads {
  /// The number of threads in use.
  public static var count: Int { Int(openblas_get_num_threads()) }

  /// Sets the number of threads, at least one, for the whole process.
  ///
  /// OpenBLAS starts its threads when the program is loaded, and each waits for work in a loop before it
  /// goes to sleep: 20 to 60 ms of processor time for nothing. With one thread they are ended at once.
  public static func use(_ count: Int) {
    openblas_set_num_threads(Int32(max(1, count)))
    if count <= 1 { _ = blas_thread_shutdown_() }
  }
}

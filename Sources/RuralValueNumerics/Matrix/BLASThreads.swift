internal import COpenBLAS

/// How many threads the linear algebra library uses inside one call.
///
/// With one thread the order of summation, and so the last digit of every product, does not depend
/// on the machine's core count; parallelism belongs above, over units, draws and years.
public enum BLASThreads {
  /// The number of threads in use.
  public static var count: Int { Int(openblas_get_num_threads()) }

  /// Sets the number of threads, at least one, for the whole process.
  public static func use(_ count: Int) {
    openblas_set_num_threads(Int32(max(1, count)))
  }
}

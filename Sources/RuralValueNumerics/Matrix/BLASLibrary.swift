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
}

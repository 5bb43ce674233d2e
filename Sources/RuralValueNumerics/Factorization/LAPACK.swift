internal import COpenBLAS

/// The calling convention that LAPACK's routines share.
enum LAPACK {
  /// Calls a routine twice: first with `lwork` −1 to learn the size of its workspace, then to work.
  ///
  /// The closure takes (work, lwork, info), and a first element of `work` is the size asked for.
  static func withWorkspace(
    _ routine: (_ work: inout [Double], _ size: Int32, _ info: inout Int32) -> Void
  ) -> Int {
    var query = [0.0]
    var info: Int32 = 0
    routine(&query, -1, &info)
    let size = max(1, Int(query[0]))
    var work = [Double](repeating: 0, count: size)
    routine(&work, Int32(size), &info)
    return Int(info)
  }

  /// A leading dimension: at least one, as LAPACK demands even of an empty matrix.
  static func leading(_ rowCount: Int) -> Int32 { Int32(max(1, rowCount)) }
}

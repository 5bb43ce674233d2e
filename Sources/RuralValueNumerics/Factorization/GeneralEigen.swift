internal import COpenBLAS

/// The eigenvalues of any square matrix, n × n, which may be complex.
///
/// Source: LAPACK dgeev.
public enum GeneralEigen {
  /// The eigenvalues, real and imaginary parts, in LAPACK's order: conjugates stand beside each other.
  ///
  /// Throws `notConverged`, `notFinite`, `shapeMismatch`.
  public static func values(of matrix: Matrix) throws(FactorizationError) -> [ComplexNumber] {
    try matrix.requireSquare()
    try matrix.requireFinite()
    var copy = matrix
    var size = Int32(matrix.rowCount)
    var real = [Double](repeating: 0, count: matrix.rowCount)
    var imaginary = real
    guard matrix.rowCount > 0 else { return [] }
    var vectors = [0.0]
    let info = LAPACK.withWorkspace { work, count, info in
      var count = count
      var leading = size
      var one: Int32 = 1
      var other: Int32 = 1
      var unused = 0.0
      unsafe dgeev_(
        "N", "N", &size, &copy.elements, &leading, &real, &imaginary, &vectors, &one, &unused, &other, &work,
        &count, &info)
    }
    guard info == 0 else { throw .notConverged(routine: "dgeev", info: info) }
    return zip(real, imaginary).map { ComplexNumber($0, $1) }
  }
}

/// A complex number, for functions of eigenvalues.
public struct ComplexNumber: Sendable, Equatable {
  /// The real part.
  public let real: Double
  /// The imaginary part.
  public let imaginary: Double

  /// A number from its parts.
  public init(_ real: Double, _ imaginary: Double = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  /// a + b.
  public static func + (a: ComplexNumber, b: ComplexNumber) -> ComplexNumber {
    ComplexNumber(a.real + b.real, a.imaginary + b.imaginary)
  }

  /// a − b.
  public static func - (a: ComplexNumber, b: ComplexNumber) -> ComplexNumber {
    ComplexNumber(a.real - b.real, a.imaginary - b.imaginary)
  }

  /// a · b.
  public static func * (a: ComplexNumber, b: ComplexNumber) -> ComplexNumber {
    ComplexNumber(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }

  /// a · s of a real s.
  public static func * (a: ComplexNumber, s: Double) -> ComplexNumber {
    ComplexNumber(a.real * s, a.imaginary * s)
  }

  /// a / b, without overflow where b is large.
  public static func / (a: ComplexNumber, b: ComplexNumber) -> ComplexNumber {
    if b.imaginary == 0 { return a * (1 / b.real) }
    let size = max(abs(b.real), abs(b.imaginary))
    let (x, y) = (b.real / size, b.imaginary / size)
    let length = (x * x + y * y) * size
    return a * ComplexNumber(x / length, -y / length)
  }
}

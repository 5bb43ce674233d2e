internal import COpenBLAS

/// The eigenvalues of a square matrix, n × n: real ones and pairs of conjugates.
///
/// Source: LAPACK dgeev, without vectors.
public struct GeneralEigenvalues: Sendable, Equatable {
  /// The real parts.
  public let real: [Double]
  /// The imaginary parts, in the same order; exactly zero of a real eigenvalue.
  public let imaginary: [Double]

  /// Computes them in the memory of A, where nobody else holds it. Throws `notConverged`, `notFinite`, `shapeMismatch`.
  public init(_ matrix: consuming Matrix) throws(FactorizationError) {
    try matrix.requireSquare()
    try matrix.requireFinite()
    let count = matrix.rowCount
    var work = matrix
    var real = [Double](repeating: 0, count: count)
    var imaginary = real
    if count > 0 {
      var size = Int32(count)
      var leading = size
      var one: Int32 = 1
      var (left, right) = ([0.0], [0.0])
      let info = LAPACK.withWorkspace { space, length, info in
        var (length, other) = (length, one)
        unsafe dgeev_(
          "N", "N", &size, &work.elements, &leading, &real, &imaginary, &left, &one, &right, &other, &space,
          &length, &info)
      }
      guard info == 0 else { throw .notConverged(routine: "dgeev", info: info) }
    }
    self.real = real
    self.imaginary = imaginary
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

internal import Glibc

/// The logarithms of a probability and of its complement, of which one was computed and the other
/// follows without loss where the first is not near one.
struct Tails {
  let logLower: Double
  let logUpper: Double

  init(logLower: Double) {
    self.logLower = min(0, logLower)
    logUpper = logOfComplement(min(0, logLower))
  }

  init(logUpper: Double) {
    self.logUpper = min(0, logUpper)
    logLower = logOfComplement(min(0, logUpper))
  }

  /// Neither tail exists: a parameter or the argument is not a number or out of range.
  static let undefined = Tails(logLower: .nan, logUpper: .nan)

  /// The same probabilities with the direction of the axis turned.
  var reversed: Tails { Tails(logLower: logUpper, logUpper: logLower) }

  private init(logLower: Double, logUpper: Double) {
    self.logLower = logLower
    self.logUpper = logUpper
  }
}

/// log(1 − eˣ) for x ≤ 0.
///
/// Source: Mächler (2012), "Accurately computing log(1 − exp(−|a|))".
func logOfComplement(_ x: Double) -> Double {
  x > -0.6931471805599453 ? log(-expm1(x)) : log1p(-exp(x))
}

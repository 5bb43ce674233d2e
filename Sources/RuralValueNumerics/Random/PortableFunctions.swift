/// eˣ, to 0.54 units in the last place, with the same bits on every machine.
///
/// The C library chooses by the processor between variants with and without fused multiplication, which differ in
/// the last bit of one exponential in 1,400 and of one logarithm in 9,000. What is drawn from a seed takes these.
///
/// eˣ = 2ᵏ eʳ with |r| ≤ ½ log 2 and eʳ = 1 + r + r²/2 + …, of which the first three terms keep their rounding errors.
public func portableExponential(_ x: Double) -> Double {
  guard x < 709.79 else { return x.isNaN ? x : .infinity }
  guard x > -745.14 else { return 0 }
  let k = (x * 1.442_695_040_888_963_4).rounded()
  let (r, rest) = exactSum(x - k * LogarithmOfTwo.high, -k * LogarithmOfTwo.low)
  let (square, squareRest) = exactProduct(r, r)
  // 1/14!, …, 1/3!
  var series = 1 / 87_178_291_200.0
  for factorial in [
    6_227_020_800.0, 479_001_600, 39_916_800, 3_628_800, 362_880, 40_320, 5_040, 720, 120, 24, 6,
  ] {
    series = series * r + 1 / factorial
  }
  let (first, firstRest) = exactSum(1, r)
  let (second, secondRest) = exactSum(first, 0.5 * square)
  let tail = series * r * square + 0.5 * squareRest + rest * (1 + r)
  return Double(sign: .plus, exponent: Int(k), significand: second + (firstRest + secondRest + tail))
}

/// log x, to 0.54 units in the last place, with the same bits on every machine; see `portableExponential`.
///
/// x = 2ᵏ m with m about 1, and log m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …), s = (m − 1)/(m + 1).
public func portableLogarithm(_ x: Double) -> Double {
  guard x > 0 else { return x == 0 ? -.infinity : .nan }
  guard x.isFinite else { return x }
  let isUpper = x.significand > 2.0.squareRoot()
  let k = Double(x.exponent) + (isUpper ? 1 : 0)
  let f = (isUpper ? 0.5 * x.significand : x.significand) - 1
  let (g, gRest) = exactSum(2, f)
  let s = f / g
  let (product, productRest) = exactProduct(s, g)
  let sRest = ((f - product) - productRest - s * gRest) / g
  let square = s * s
  var series = 1 / 23.0
  for odd in [21.0, 19, 17, 15, 13, 11, 9, 7, 5, 3] { series = series * square + 1 / odd }
  let (sum, sumRest) = exactSum(k * LogarithmOfTwo.high, 2 * s)
  return sum + (sumRest + 2 * s * (series * square) + 2 * sRest + k * LogarithmOfTwo.low)
}

/// log 2 in two parts, the first of 33 bits, so that its product with an exponent is exact.
private enum LogarithmOfTwo {
  static let high = 0x1.62e42feep-1
  static let low = 0x1.a39ef35793c76p-33
}

/// a + b and what its rounding took away, for |a| ≥ |b| or a = 0.
private func exactSum(_ a: Double, _ b: Double) -> (sum: Double, rest: Double) {
  let sum = a + b
  return (sum, (a - sum) + b)
}

/// ab and what its rounding took away.
private func exactProduct(_ a: Double, _ b: Double) -> (product: Double, rest: Double) {
  let product = a * b
  return (product, (-product).addingProduct(a, b))
}

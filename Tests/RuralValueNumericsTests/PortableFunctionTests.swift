import Foundation
import RuralValueNumerics
import Testing

@Suite struct PortableFunctionTests {
  /// Source: Python's decimal with 60 digits, rounded once.
  @Test(arguments: [
    (0.5, -0.6931471805599453), (2, 0.6931471805599453), (3, 1.0986122886681098), (0.1, -2.3025850929940455),
    (0.7, -0.35667494393873245), (0.7071067811865476, -0.3465735902799726), (10, 2.302585092994046),
    (1.0000000000000002, 2.2204460492503128e-16), (0.9999999999999999, -1.1102230246251565e-16),
    (1e-300, -690.7755278982137), (1e300, 690.7755278982137), (.leastNonzeroMagnitude, -744.4400719213812),
    (0.025, -3.6888794541139363), (1.4142135623730951, 0.3465735902799727), (1, 0), (0, -.infinity),
    (.infinity, .infinity),
  ]) func `logarithms are the nearest numbers`(x: Double, logarithm: Double) {
    #expect(portableLogarithm(x) == logarithm)
  }

  @Test(arguments: [
    (1, 2.718281828459045), (-1, 0.36787944117144233), (0.5, 1.6487212707001282), (1e-10, 1.0000000001),
    (-1e-17, 1), (0.3465735902799727, 1.4142135623730951),
    (10, 22026.465794806718), (-16, 1.1253517471925912e-07), (100, 2.6881171418161356e+43),
    (-100, 3.720075976020836e-44), (709, 8.218407461554972e+307), (-708, 3.307553003638408e-308),
    (0.1, 1.1051709180756477), (0, 1), (710, .infinity), (-746, 0), (-.infinity, 0), (.infinity, .infinity),
  ]) func `exponentials are the nearest numbers`(x: Double, exponential: Double) {
    #expect(portableExponential(x) == exponential)
  }

  @Test func `no number is what has no logarithm, and what comes of none`() {
    #expect(portableLogarithm(-1).isNaN && portableLogarithm(.nan).isNaN && portableExponential(.nan).isNaN)
  }

  @Test
  func `they are within one unit in the last place of the C library, and have the same bits everywhere`() {
    var generator = CounterBasedGenerator(seed: 1)
    var fingerprint: UInt64 = 0xcbf2_9ce4_8422_2325
    for _ in 0..<20_000 {
      let x = generator.uniform()
      let exponent = 1400 * (generator.uniform() - 0.5)
      let (logarithm, exponential) = (portableLogarithm(x), portableExponential(exponent))
      #expect(abs(logarithm - log(x)) <= log(x).ulp, "log \(x)")
      #expect(abs(exponential - exp(exponent)) <= exp(exponent).ulp, "exp \(exponent)")
      for bits in [logarithm.bitPattern, exponential.bitPattern] {
        fingerprint = (fingerprint ^ bits) &* 0x100_0000_01b3
      }
    }
    #expect(fingerprint == 14_900_827_317_889_921_861)
  }
}

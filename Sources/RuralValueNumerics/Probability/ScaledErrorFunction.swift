internal import Glibc

/// e^{z²} erfc(z) for z ≥ 0, which does not underflow.
///
/// Below 2 from the C library's erfc; above by the continued fraction
/// 1/√π · 1/(z + ½/(z + 1/(z + (3/2)/(z + …)))), from the back.
///
/// Source: Abramowitz and Stegun, 7.1.14.
func scaledComplementaryErrorFunction(_ z: Double) -> Double {
  guard z >= 2 else { return exp(z * z) * erfc(z) }
  // The error falls as exp(−2z √(2n)): 12 terms and 160/z² more leave less than 10⁻¹⁶.
  var fraction = z
  for n in stride(from: 12 + (160 / (z * z)).rounded(), to: 0, by: -1) {
    fraction = z + 0.5 * n / fraction
  }
  return 0.5641895835477562869 / fraction
}

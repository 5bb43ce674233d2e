internal import Glibc

/// base^exponent, exactly the product where the exponent is 1 or 2.
func realPower(_ base: Double, _ exponent: Double) -> Double {
  switch exponent {
  case 1: base
  case 2: base * base
  default: pow(base, exponent)
  }
}

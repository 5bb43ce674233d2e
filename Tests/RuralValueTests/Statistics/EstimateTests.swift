import TestSupport
import Testing

@testable import RuralValue

/// What follows from an estimate, held against R.
@Suite struct EstimateTests {
  private static let names = [
    "rho", "lambda", "sigma2", "theta", "W*x", "(Intercept)", "time=2014", "P:C", "V",
  ]

  @Test(arguments: names) func `a role decides about tests and plots, and a name never`(name: String) {
    for role in [Parameter.Role.laggedOutcome, .variable, .product, .spatialLag(of: name)] {
      let parameter = Parameter(name, role)
      #expect(parameter.hasNullOfZero && parameter.isSlope)
      expectClose(
        Estimate(parameter, 2, standardError: 1).significance, 0.0455002638963584, relative: 1e-12,
        from: "2 pnorm(-2)")
    }
    for parameter in [Parameter.variance, .randomEffectsWeight] {
      #expect(!parameter.hasNullOfZero && !parameter.isSlope)
      #expect(Estimate(parameter, 2, standardError: 1).significance.isNaN)
      expectClose(
        Estimate(parameter, 2, standardError: 1).pValue, 0.0455002638963584, relative: 1e-12,
        from: "2 pnorm(-2)")
    }
    #expect(Parameter(name, .variable) != Parameter.rho && Parameter(name, .variable) != .constant)
  }

  @Test func `an estimate under t has t's tail and t's interval`() {
    let estimate = Estimate(
      Parameter("P", .variable), 1, standardError: 0.5, reference: .t(degreesOfFreedom: 10))
    expectClose(estimate.pValue, 0.07338803477074037, relative: 1e-12, from: "2 pt(-2, 10)")
    let interval = estimate.interval(0.999)
    expectClose(interval.low, -1.293446929351354, relative: 1e-12, from: "1 - qt(0.9995, 10)/2")
    expectClose(interval.high, 3.293446929351354, relative: 1e-12, from: "1 + qt(0.9995, 10)/2")
  }

  @Test func `a lagged term and its spatial lag are renamed, and spatial parameters are not`() {
    let names = ["lag(rho, 1)": "rho", "rho": "never"]
    let lagged = Parameter("lag(rho, 1)", .variable)
    #expect(lagged.renamed(names) == Parameter("rho", .variable))
    #expect(lagged.spatialLag.renamed(names) == Parameter("rho", .variable).spatialLag)
    #expect(Parameter.rho.renamed(names) == .rho)
    #expect(Parameter("rho", .sum).renamed(names) == Parameter("rho", .sum))
  }

  @Test(arguments: [
    (0.95, "95"), (0.999, "99.9"), (0.975, "97.5"), (0.9, "90"), (0.05, "5"), (0.001, "0.1"),
    (0.123456789, "12.3456789"), (1e-5, "0.001"),
  ]) func `a share is written as the percentage that it is`(share: Double, text: String) {
    #expect(Percentage.text(share) == text)
  }

  @Test func `p values of tests are those of their distributions`() throws {
    let words = Phrase(verbatim: "valid")
    let chi = TestResult("hansen", words, 5.99, .chiSquared(2))
    expectClose(try #require(chi.pValue), 0.0500366, absolute: 1e-7, from: "exp(-5.99/2)")
    #expect(chi.degreesOfFreedom == 2 && chi.rejects == false)
    let z = TestResult("ar1", words, -2, .normal)
    expectClose(try #require(z.pValue), 0.0455002638963584, relative: 1e-12, from: "2 pnorm(-2)")
    #expect(z.degreesOfFreedom == nil && z.rejects == true)
    let f = TestResult("wald", words, 4, .f(3, 20))
    expectClose(
      try #require(f.pValue), 0.022076999662362404, relative: 1e-11, from: "pf(4, 3, 20, lower = FALSE)")
    #expect(try #require(TestResult("x", words, 1, .chiSquared(0)).pValue).isNaN)
    let absent = TestResult("x", words, notComputed: Phrase(verbatim: "short"))
    #expect(absent.pValue == nil && absent.statistic == nil && absent.reason?.english == "short")
  }
}

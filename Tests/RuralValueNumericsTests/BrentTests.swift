import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@Suite struct BrentTests {
  let minimizer = BrentMinimizer()
  let finder = BrentRootFinder()

  @Test func `a parabola is minimised at its vertex`() throws {
    let minimum = try minimizer.minimum(from: -10, to: 30) { ($0 - 2) * ($0 - 2) + 1 }
    expectClose(minimum.location, 2, absolute: 1e-7, from: "the vertex")
    expectClose(minimum.value, 1, relative: 1e-14, from: "the vertex")
    #expect(minimum.converged && minimum.evaluations < 20)
  }

  /// Source: Brent (1973), table 5.1: Σ ((2i − 5) / (x − i²))², the first minimum and its value.
  @Test func `Brent's own function has its tabled minimum`() throws {
    let minimum = try minimizer.minimum(from: 1 + 1e-9, to: 4 - 1e-9) { x in
      (1...20).map { i in
        let ratio = Double(2 * i - 5) / (x - Double(i * i))
        return ratio * ratio
      }.reduce(0, +)
    }
    expectClose(minimum.location, 3.0229153, absolute: 1e-6, from: "Brent (1973)")
    expectClose(minimum.value, 3.6766990169, relative: 1e-9, from: "Brent (1973)")
  }

  @Test func `a kink and a monotone function are minimised, too`() throws {
    let kink = try minimizer.minimum(from: -1, to: 5) { abs($0 - 0.3) }
    expectClose(kink.location, 0.3, absolute: 1e-7, from: "the kink")
    let end = try minimizer.minimum(from: -0.9, to: 0.9) { $0 }
    expectClose(end.location, -0.9, absolute: 1e-7, from: "the lower end")
    let upper = try minimizer.minimum(from: -0.9, to: 0.9) { -$0 }
    expectClose(upper.location, 0.9, absolute: 1e-7, from: "the upper end")
  }

  @Test func `a search that runs out of evaluations says so`() throws {
    let minimum = try BrentMinimizer(maximumEvaluations: 5).minimum(from: -3, to: 9) { cos($0) }
    #expect(!minimum.converged && minimum.evaluations == 5)
    let root = try BrentRootFinder(maximumEvaluations: 4).root(from: 0, to: 9) { exp($0) - 50 }
    #expect(!root.converged && root.evaluations == 4)
  }

  @Test(arguments: [0.5, 1, 3])
  func `roots of a steep, a flat and a plain function are found`(_ root: Double) throws {
    for f in [
      { exp(9 * $0) - exp(9 * root) }, { ($0 - root) * ($0 - root) * ($0 - root) }, { $0 - root },
    ] as [(Double) -> Double] {
      for (sign, to) in [(1.0, 4.0), (-1, 4), (1, 3)] {
        let found = try finder.root(from: -2, to: to) { sign * f($0) }
        #expect(found.converged)
        expectClose(found.location, root, relative: 1e-14, absolute: 1e-14, from: "the root")
      }
    }
  }

  @Test func `a root at an end of the interval is found`() throws {
    #expect(try finder.root(from: 0, to: 1) { $0 }.location == 0)
    #expect(try finder.root(from: -1, to: 0) { $0 }.location == 0)
  }

  @Test func `a root of Kepler's equation is found in few evaluations`() throws {
    let found = try finder.root(from: 0, to: 3) { $0 - 0.8 * sin($0) - 1 }
    expectClose(found.value, 0, absolute: 1e-15, from: "the equation")
    #expect(found.evaluations < 12)
  }

  @Test func `what is not finite is refused with the point`() {
    #expect(throws: OptimizationError.self) { try minimizer.minimum(from: 0, to: 1) { _ in .nan } }
    #expect(throws: OptimizationError.notFinite(at: 0, value: -.infinity)) {
      try finder.root(from: 0, to: 1) { log($0) }
    }
    let interval = OptimizationError.invalidInterval(from: 1, to: 1)
    #expect(throws: interval) { try minimizer.minimum(from: 1, to: 1) { $0 } }
    #expect(throws: interval) { try finder.root(from: 1, to: 1) { $0 } }
    let unbracketed = OptimizationError.notBracketed(from: 1, to: 2, valueAtStart: 1, valueAtEnd: 4)
    #expect(throws: unbracketed) { try finder.root(from: 1, to: 2) { $0 * $0 } }
    #expect(unbracketed.description.contains("between 1.0"))
    #expect(interval.description.contains("from 1.0 to 1.0"))
    #expect(OptimizationError.notFinite(at: 2, value: .infinity).description == "The function is inf at 2.0.")
  }
}

import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// What holds of coupling whatever the systems: methods/evaluation.md, section 6.
@Suite struct CouplingIdentityTests {
  private func draws(_ seed: UInt64, _ body: ([Double], [Double]) throws -> Void) rethrows {
    var generator = CounterBasedGenerator(seed: seed)
    for draw in 0..<200 {
      let count = 2 + draw % 5
      let systems = (0..<count).map { _ in generator.uniform() }
      let raw = (0..<count).map { _ in 0.1 + generator.uniform() }
      let sum = raw.reduce(0, +)
      try body(systems, raw.map { $0 / sum })
    }
  }

  @Test func `the order of the systems changes nothing`() throws {
    try draws(1) { systems, weights in
      let (one, other) = (
        CouplingDegree(systems, weights: weights),
        CouplingDegree(systems.reversed(), weights: weights.reversed())
      )
      expectClose(one.level, other.level, absolute: 1e-15, from: "the other order")
      for form in CouplingForm.allCases {
        expectClose(
          try #require(one.coupling(form)), try #require(other.coupling(form)), absolute: 1e-14,
          from: "the other order")
      }
    }
  }

  @Test func `systems times c keep the classical C, and its D goes with the root of c`() throws {
    try draws(2) { systems, weights in
      let (one, other) = (
        CouplingDegree(systems, weights: weights), CouplingDegree(systems.map { 0.25 * $0 }, weights: weights)
      )
      expectClose(
        try #require(one.classical), try #require(other.classical), absolute: 1e-14, from: "systems / 4")
      expectClose(
        0.5 * one.coordination(.classical), other.coordination(.classical), absolute: 1e-14,
        from: "systems / 4")
      #expect(abs(one.corrected! - other.corrected!) > 1e-6, "it depends on the scale")
    }
  }

  @Test
  func `equal systems give 1, two systems never more by the corrected C, and D never exceeds the root of T`()
  {
    draws(3) { systems, weights in
      let own = CouplingDegree(systems, weights: weights)
      for form in CouplingForm.allCases {
        #expect(own.coupling(form)! <= 1)
        #expect(own.coordination(form) <= own.level.squareRoot())
      }
      if systems.count == 2 { #expect(own.corrected! <= own.classical! + 1e-15) }
      let equal = CouplingDegree(systems.map { _ in systems[0] }, weights: weights)
      #expect(equal.classical == 1 && equal.corrected == 1)
    }
    // With four systems the corrected one can be the greater.
    let four = CouplingDegree([0.0001, 1, 1, 1], weights: [0.25, 0.25, 0.25, 0.25])
    #expect(four.corrected! > four.classical!)
  }

  @Test func `very small systems do not vanish`() throws {
    let tiny = CouplingDegree([1e-200, 4e-200, 1e-200, 4e-200], weights: [0.25, 0.25, 0.25, 0.25])
    expectClose(try #require(tiny.classical), 0.8, absolute: 1e-14, from: "2√4/(1 + 4)")
  }

  @Test func `every grade's bound belongs to the side that is asked for, through a root too`() {
    for tenth in 1...9 {
      let bound = (Double(tenth * tenth) / 100).squareRoot()
      #expect(CoordinationGrade(bound, bounds: .left).number == tenth + 1)
      #expect(CoordinationGrade(bound, bounds: .right).number == tenth)
    }
    for bounds in GradeBounds.allCases {
      #expect(CoordinationGrade(0, bounds: bounds).number == 1)
      #expect(CoordinationGrade(1, bounds: bounds).number == 10)
      #expect(CoordinationGrade(0.55, bounds: bounds).number == 6)
    }
    #expect(CoordinationGrade.all.map { $0.interval(.left) }[4] == "[0.4, 0.5)")
    #expect(CoordinationGrade.all.map { $0.interval(.right) }.first == "[0, 0.1]")
    #expect(CoordinationGrade.all[9].name == Phrase("superior coordination", zh: "优质协调"))
  }

  @Test func `the interval of a formula holds what any systems in the box give, and little more`() throws {
    var generator = CounterBasedGenerator(seed: 4)
    for count in 2...5 {
      for _ in 0..<6 {
        let box = (0..<count).map { _ in
          let (low, width) = (0.05 + 0.8 * generator.uniform(), 0.1 * generator.uniform())
          return RoundingInterval(low, low + width)
        }
        let raw = (0..<count).map { _ in 0.2 + generator.uniform() }
        let weights = raw.map { $0 / raw.reduce(0, +) }
        for formula in CouplingFormula.allCases {
          let interval = try #require(formula.interval(box, weights: weights))
          var (low, high) = (Double.infinity, 0.0)
          for _ in 0..<400 {
            let inside = box.map { $0.lower + ($0.upper - $0.lower) * generator.uniform() }
            let value = try #require(formula.value(inside, weights: weights))
            (low, high) = (min(low, value), max(high, value))
          }
          #expect(low >= interval.lower - 1e-13 && high <= interval.upper + 1e-13, "\(formula)")
          // The draws come close to both ends; the corrected C of more than two systems is enclosed a little wider.
          let width = interval.upper - interval.lower
          #expect(low - interval.lower <= 0.6 * width && interval.upper - high <= 0.6 * width, "\(formula)")
        }
      }
    }
  }
}

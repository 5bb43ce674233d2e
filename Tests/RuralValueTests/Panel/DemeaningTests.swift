@testable import RuralValue
import TestSupport
import Testing

@Suite struct DemeaningTests {
  @Test(arguments: FixedEffects.allCases)
  func `demeaning a balanced panel is the regression on its dummies`(effects: FixedEffects) {
    let panel = samplePanel(units: 7, periods: 5) { _, _ in true }
    checkAgainstDummies(panel, effects)
  }

  @Test(arguments: FixedEffects.allCases)
  func `demeaning an unbalanced panel is the regression on its dummies`(effects: FixedEffects) {
    let panel = samplePanel(units: 9, periods: 6) { unit, period in (unit * 5 + period * 7) % 4 != 0 }
    #expect(!panel.isBalanced)
    checkAgainstDummies(panel, effects)
  }

  @Test func `more periods than units are solved the other way round, with the same result`() {
    let panel = samplePanel(units: 4, periods: 11) { unit, period in (unit + period * 3) % 5 != 0 }
    checkAgainstDummies(panel, .twoWays)
  }

  @Test func `a panel that falls into pieces is demeaned piece by piece`() {
    // Units 0 to 2 are seen in periods 0 to 2, units 3 to 6 in periods 3 to 5, and never together.
    let panel = samplePanel(units: 7, periods: 6) { unit, period in
      (unit < 3) == (period < 3) && (unit + period) % 4 != 3
    }
    checkAgainstDummies(panel, .twoWays)
    #expect(Demeaning(panel, removing: .twoWays).rank == 7 + 6 - 2)
  }

  @Test func `the unit and period sums of a demeaned variable vanish`() {
    let panel = samplePanel(units: 40, periods: 11) { unit, period in (unit * 3 + period * 5) % 7 != 0 }
    // Values near 1e6 with deviations near 1: the sums keep to rounding of the deviations.
    let demeaned = panel.demeaned(values(panel).map { $0 + 1e6 }, removing: .twoWays)
    for unit in panel.units.indices {
      let sum = panel.rows(ofUnit: unit).reduce(0) { $0 + demeaned[$1] }
      expectClose(sum, 0, absolute: 1e-9, from: "the normal equations", "the sum of unit \(unit)")
    }
    for period in panel.periods.indices {
      let sum = panel.rows(ofPeriod: period).reduce(0) { $0 + demeaned[$1] }
      expectClose(sum, 0, absolute: 1e-9, from: "the normal equations", "the sum of period \(period)")
    }
  }

  @Test func `two ways in a balanced panel are the closed form`() {
    let panel = samplePanel(units: 6, periods: 4) { _, _ in true }
    let x = values(panel)
    let units = panel.unitMeans(x)
    let periods = panel.periods.indices.map { period in
      panel.rows(ofPeriod: period).reduce(0) { $0 + x[$1] } / Double(panel.units.count)
    }
    let grand = x.reduce(0, +) / Double(x.count)
    for (row, value) in panel.demeaned(x, removing: .twoWays).enumerated() {
      let expected = x[row] - units[panel.unitOfRow[row]] - periods[panel.periodOfRow[row]] + grand
      expectClose(value, expected, absolute: 1e-13, from: "x_it − x̄_i − x̄_t + x̄")
    }
  }

  @Test func `a missing value stays missing and enters no mean`() throws {
    let panel = try Panel(
      source: "p", unitOfRow: ["a", "a", "a", "b"], timeOfRow: [1, 2, 3, 1], variables: [])
    let x = [1, .nan, 3, 7.0]
    expectSame(panel.demeaned(x, removing: .unit), [-1, .nan, 1, 0])
    expectSame(panel.demeaned(x, removing: .time), [-3, .nan, 0, 3])
    expectSame(panel.unitMeans(x), [2, 7])
    #expect(panel.completeRows(of: [x, [.nan, 1, 1, 1]]) == [false, false, true, true])
  }

  @Test func `the rank counts the effects of the sample, not of the panel`() throws {
    let panel = samplePanel(units: 5, periods: 4) { _, _ in true }
    let sample = (0..<panel.rowCount).map { panel.unitOfRow[$0] < 3 && panel.periodOfRow[$0] != 2 }
    #expect(Demeaning(panel, removing: .unit, sample: sample).rank == 3)
    #expect(Demeaning(panel, removing: .time, sample: sample).rank == 3)
    #expect(Demeaning(panel, removing: .twoWays, sample: sample).rank == 5)
    let demeaned = Demeaning(panel, removing: .twoWays, sample: sample)(values(panel))
    #expect(demeaned.map(\.isNaN) == sample.map { !$0 })
  }

  @Test func `an empty sample has no effects and no values`() {
    let panel = samplePanel(units: 2, periods: 2) { _, _ in true }
    let demeaning = Demeaning(panel, removing: .twoWays, sample: [false, false, false, false])
    #expect(demeaning.rank == 0)
    expectSame(demeaning([1, 2, 3, 4]), [.nan, .nan, .nan, .nan])
  }

  @Test(arguments: [(true, false), (false, true), (true, true), (false, false)])
  func `values in period-major order lose the effects that a panel's do`(units: Bool, periods: Bool) {
    let panel = samplePanel(units: 5, periods: 4) { _, _ in true }
    let x = values(panel)
    let order = panel.periods.indices.flatMap { panel.rows(ofPeriod: $0) }
    let effects = PanelEffects(units: units ? .fixed : .none, periods: periods)
    let demeaned = effects.demeaning(unitCount: 5, periodCount: 4)(order.map { x[$0] })
    let asked: FixedEffects? = units ? (periods ? .twoWays : .unit) : periods ? .time : nil
    let expected = asked.map { panel.demeaned(x, removing: $0) } ?? x
    for (value, row) in zip(demeaned, order) {
      expectClose(value, expected[row], absolute: 1e-13, from: "the panel, demeaned")
    }
  }

  // MARK: the references

  private func samplePanel(units: Int, periods: Int, isObserved: (Int, Int) -> Bool) -> Panel {
    let cells = (0..<units).flatMap { unit in (0..<periods).map { (unit, $0) } }.filter(isObserved)
    return try! Panel(
      source: "sample", unitOfRow: cells.map { "u\($0.0)" }, timeOfRow: cells.map { 2000 + $0.1 },
      variables: [])
  }

  /// Numbers without a pattern, from a linear congruence.
  private func values(_ panel: Panel) -> [Double] {
    var state: UInt64 = 12345
    return (0..<panel.rowCount).map { row in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 22) + Double(panel.unitOfRow[row]) * 3
    }
  }

  private func checkAgainstDummies(_ panel: Panel, _ effects: FixedEffects) {
    var dummies: [[Double]] = []
    if effects != .time {
      dummies += panel.units.indices.map { unit in panel.unitOfRow.map { $0 == unit ? 1 : 0 } }
    }
    if effects != .unit {
      dummies += panel.periods.indices.map { period in panel.periodOfRow.map { $0 == period ? 1 : 0 } }
    }
    let x = values(panel)
    let (residual, rank) = residual(of: x, on: dummies)
    let demeaning = Demeaning(panel, removing: effects)
    #expect(demeaning.rank == rank)
    for (row, value) in demeaning(x).enumerated() {
      expectClose(value, residual[row], absolute: 1e-12, from: "the regression on dummies", "row \(row)")
    }
  }

  /// The residual of a regression by Gram–Schmidt, each column orthogonalised twice, and the rank.
  private func residual(of y: [Double], on columns: [[Double]]) -> ([Double], Int) {
    var basis: [[Double]] = []
    func orthogonalised(_ vector: [Double]) -> [Double] {
      var rest = vector
      for _ in 0..<3 {
        for direction in basis {
          let length = zip(rest, direction).reduce(0) { $0 + $1.0 * $1.1 }
          for row in rest.indices { rest[row] -= length * direction[row] }
        }
      }
      return rest
    }
    for column in columns {
      let rest = orthogonalised(column)
      let norm = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm > 1e-9 { basis.append(rest.map { $0 / norm }) }
    }
    return (orthogonalised(y), basis.count)
  }
}

internal import RuralValueNumerics

/// The densities of a variable, period by period, on one grid.
public struct KernelSeries: Sendable, Equatable {
  /// One period.
  public struct Period: Sendable, Equatable {
    /// The period.
    public let period: Int
    /// The units that count.
    public let unitCount: Int
    /// What is drawn; nil where there is no density.
    public let curve: Curve?
    /// Why there is none.
    public let reason: Phrase?
  }

  /// The density of one period.
  public struct Curve: Sendable, Equatable {
    /// h.
    public let bandwidth: Double
    /// f on the grid.
    public let densities: [Double]
    /// Where f is highest.
    public let mode: Double
    /// f there.
    public let height: Double
    /// The number of local maxima on the grid.
    public let maxima: Int
    /// The mass below zero of values that are not negative; nil where some are.
    public let massBelowZero: Double?
  }

  /// The points at which densities are given, ascending; empty where no period has one.
  public let grid: [Double]
  /// The periods.
  public let periods: [Period]
  /// The rule of the bandwidth.
  public let rule: BandwidthRule
  /// Whether densities are turned back at zero.
  public let isReflected: Bool
  /// The column of weights.
  public let weightColumn: String?
  /// The units that leave a period for want of a weight.
  public let notes: [Phrase]

  /// The number of points of the grid.
  static let gridCount = 201

  /// The densities of a panel's variable.
  ///
  /// Throws `EvolutionError` for a weight that is negative or a period without weights, and for a negative value that is
  /// to be turned back.
  init(_ panel: Panel, variable: String, _ specification: EvolutionSpecification) throws {
    let values = try panel.values(of: variable)
    let weights = try specification.populationColumn.map { try panel.values(of: $0) }
    isReflected = specification.boundary == .reflect
    rule = specification.bandwidth
    weightColumn = specification.populationColumn
    var left: [(units: [String], periods: [String])] = []
    var found: [(period: Int, density: KernelDensity?)] = []
    for (position, period) in panel.periods.enumerated() {
      let label = panel.frequency.label(period)
      let rows = panel.rows(ofPeriod: position).filter { !values[$0].isNaN }
      if isReflected, let row = rows.first(where: { values[$0] < 0 }) {
        throw EvolutionError.negativeReflected(
          variable: variable, value: values[row], unit: panel.unit(ofRow: row), period: label)
      }
      var kept = rows
      if let weights, let column = specification.populationColumn {
        if let row = rows.first(where: { weights[$0] < 0 }) {
          throw EvolutionError.negativeWeight(
            column: column, value: weights[row], unit: panel.unit(ofRow: row), period: label,
            source: panel.source)
        }
        kept = rows.filter { weights[$0] > 0 }
        let weightless = rows.filter { !(weights[$0] > 0) }.map(panel.unit(ofRow:))
        guard !kept.isEmpty || rows.isEmpty else {
          throw EvolutionError.noWeight(column: column, period: label, source: panel.source)
        }
        if let known = left.firstIndex(where: { $0.units == weightless }) {
          left[known].periods.append(label)
        } else if !weightless.isEmpty {
          left.append((weightless, [label]))
        }
      }
      guard !kept.isEmpty else {
        found.append((period, nil))
        continue
      }
      found.append(
        (
          period,
          KernelDensity(
            kept.map { values[$0] }, weights: weights.map { weights in kept.map { weights[$0] } },
            specification.bandwidth, isReflected: isReflected)
        ))
    }
    notes = left.map { units, periods in
      let column = specification.populationColumn ?? ""
      return Phrase(
        "\(column) is missing or zero in \(listed(periods)) for \(listed(units, most: 10)), left out of the density.",
        zh:
          "\(listed(periods, in: .chinese))年\(listed(units, most: 10, in: .chinese))的 \(column) 缺失或为零，不计入核密度。"
      )
    }
    let drawn = found.compactMap(\.density).filter(\.isDefined)
    let low = isReflected ? 0 : drawn.map { $0.values[0] - 3 * $0.bandwidth }.min()
    let high = drawn.map { $0.values[$0.values.count - 1] + 3 * $0.bandwidth }.max()
    let grid: [Double] =
      if let low, let high, low < high, (high - low).isFinite {
        (0..<Self.gridCount).map { low + (high - low) * Double($0) / Double(Self.gridCount - 1) }
      } else { [] }
    self.grid = grid
    periods = found.map { period, density in
      guard let density, density.isDefined, !grid.isEmpty else {
        return Period(
          period: period, unitCount: density?.values.count ?? 0, curve: nil, reason: Self.reason(density))
      }
      let densities = grid.map(density.density(at:))
      let peak = density.peak(on: grid, densities)
      return Period(
        period: period, unitCount: density.values.count,
        curve: Curve(
          bandwidth: density.bandwidth, densities: densities, mode: peak.mode, height: peak.height,
          maxima: peak.maxima, massBelowZero: density.values[0] < 0 ? nil : density.massBelowZero),
        reason: nil)
    }
  }

  private static func reason(_ density: KernelDensity?) -> Phrase {
    guard let density else { return Phrase("no unit has a value", zh: "无观测值") }
    if density.values.count == 1 { return Phrase("one unit alone has a value", zh: "仅一个单元有观测值") }
    if density.values.first == density.values.last {
      return Phrase("all values are the same, so that they have no spread", zh: "所有取值相同，没有离散程度")
    }
    return Phrase("the bandwidth is beyond the range of numbers", zh: "带宽超出数值范围")
  }
}

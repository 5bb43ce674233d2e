internal import RuralValueNumerics

/// One variable over units at one time, without missing values.
public struct CrossSection: Sendable, Equatable {
  /// The period; nil where the data have none.
  public let period: Int?
  /// The units that were observed.
  public let units: [String]
  /// One value a unit.
  public let values: [Double]

  /// A cross-section from its parts.
  public init(period: Int?, units: [String], values: [Double]) {
    precondition(units.count == values.count, "Every unit needs a value.")
    self.period = period
    self.units = units
    self.values = values
  }
}

/// One variable over units, period by period.
public struct SpatialSeries: Sendable, Equatable {
  /// What messages call the source of the data.
  public let source: String
  /// The name of the variable, or of what was made of it: `V, growth 2012–2022`.
  public let variable: String
  /// The cross-sections, in the order of periods.
  public let sections: [CrossSection]
  /// The units of the data, those too that no cross-section has.
  public let units: [String]
  /// Units that were left out because their value is missing, and the like.
  public let notes: [Phrase]

  /// A series from its parts; without `units` those of its cross-sections.
  public init(
    source: String, variable: String, sections: [CrossSection], units: [String]? = nil, notes: [Phrase] = []
  ) {
    self.source = source
    self.variable = variable
    self.sections = sections
    self.units = units ?? sections.flatMap(\.units).firstAppearances
    self.notes = notes
  }

  /// A variable of a panel, every period by itself; units whose value is missing are left out and named.
  ///
  /// Throws `PanelError.noSuchVariable`.
  public init(_ panel: Panel, variable: String) throws(PanelError) {
    let values = try panel.values(of: variable)
    var sections: [CrossSection] = []
    var notes: [Phrase] = []
    for (position, period) in panel.periods.enumerated() {
      let rows = panel.rows(ofPeriod: position)
      let observed = rows.filter { !values[$0].isNaN }
      let observedUnits = Set(observed.map { panel.unitOfRow[$0] })
      let missing = panel.units.indices.filter { !observedUnits.contains($0) }.map { panel.units[$0] }
      if !missing.isEmpty, !observed.isEmpty {
        notes.append(SpatialSeries.missingNote(variable, "\(period)", missing))
      }
      guard !observed.isEmpty else { continue }
      sections.append(
        CrossSection(
          period: period, units: observed.map(panel.unit(ofRow:)), values: observed.map { values[$0] }))
    }
    self.init(
      source: panel.source, variable: variable, sections: sections, units: panel.units, notes: notes)
  }

  /// What became of a variable between two periods.
  public enum Comparison: String, Sendable, CaseIterable {
    /// x₁ − x₀.
    case change
    /// (x₁ − x₀) / x₀, for x₀ above zero.
    case growth
  }

  /// The change or the growth rate of a variable between two periods; its period is the later one.
  ///
  /// Units without both values are left out and named; so are, for a growth rate, those whose first value
  /// is not above zero, for which a rate says nothing. Throws `PanelError.noSuchVariable` and
  /// `AutocorrelationError.noSuchPeriod`.
  public init(_ panel: Panel, variable: String, _ comparison: Comparison, from first: Int, to last: Int)
    throws
  {
    let values = try panel.values(of: variable)
    guard let before = panel.periods.firstIndex(of: first), let after = panel.periods.firstIndex(of: last)
    else {
      throw AutocorrelationError.noSuchPeriod(
        panel.periods.contains(first) ? last : first, source: panel.source, periods: panel.periods)
    }
    var units: [String] = []
    var results: [Double] = []
    var missing: [String] = []
    var baseless: [String] = []
    for unit in panel.units.indices {
      guard let rowBefore = panel.row(unit: unit, period: before),
        let rowAfter = panel.row(unit: unit, period: after), !values[rowBefore].isNaN, !values[rowAfter].isNaN
      else {
        missing.append(panel.units[unit])
        continue
      }
      let (x0, x1) = (values[rowBefore], values[rowAfter])
      guard comparison == .change || x0 > 0 else {
        baseless.append(panel.units[unit])
        continue
      }
      let result = comparison == .change ? x1 - x0 : (x1 - x0) / x0
      guard result.isFinite else {
        throw AutocorrelationError.overflow(
          variable: "the \(comparison.rawValue) of \(variable)", unit: panel.units[unit], period: last)
      }
      units.append(panel.units[unit])
      results.append(result)
    }
    var notes = missing.isEmpty ? [] : [SpatialSeries.missingNote(variable, "\(first) or \(last)", missing)]
    if !baseless.isEmpty {
      notes.append(
        Phrase(
          "\(variable) is not above zero in \(first), so that there is no growth rate, for"
            + " \(listed(baseless, most: 10)); \(Setting("change")) takes differences instead.",
          zh:
            "下列单元 \(first) 年的 \(variable) 不大于零，无法计算增长率：\(listed(baseless, most: 10, in: .chinese))；可改用 \(Setting("change"))。"
        ))
    }
    self.init(
      source: panel.source, variable: "\(variable), \(comparison.rawValue) \(first)–\(last)",
      sections: [CrossSection(period: last, units: units, values: results)], units: panel.units, notes: notes)
  }

  private static func missingNote(_ variable: String, _ when: String, _ units: [String]) -> Phrase {
    Phrase(
      "\(variable) is missing in \(when) for \(units.count) unit\(units.count == 1 ? "" : "s"), left out there:"
        + " \(listed(units, most: 10)).",
      zh: "\(variable) 在 \(when) 缺失 \(units.count) 个单元，当期不参与计算：\(listed(units, most: 10, in: .chinese))。")
  }
}

/// The deviations z = x − x̄ of a cross-section and their moments, in units of a power of two where the fourth
/// powers of the values would leave the range of numbers: what is measured with them has no unit.
struct Deviations: Equatable {
  let z: [Double]
  /// z′z.
  let sumOfSquares: Double

  /// The number of units, n.
  var count: Int { z.count }
  /// m₂ = z′z / n.
  var variance: Double { sumOfSquares / Double(count) }
  /// m₄ = Σ z⁴ / n.
  var fourthMoment: Double { z.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(count) }

  /// Throws where there are too few units or all have the same value.
  init(
    _ section: CrossSection, variable: String, needed: Int, statistic: String
  ) throws(AutocorrelationError) {
    let values = section.values
    guard values.count >= needed else {
      throw .tooFewUnits(found: values.count, needed: needed, statistic: statistic, period: section.period)
    }
    guard values.contains(where: { $0 != values[0] }) else {
      throw .constant(variable: variable, period: section.period)
    }
    let unit = PowerOfTwo.below(values.reduce(0) { max($0, abs($1)) }, unlessWithin: 200)
    let scaled = unit == 1 ? values : values.map { $0 / unit }
    let mean = scaled.mean
    z = scaled.map { $0 - mean }
    sumOfSquares = scaled.centredSumOfSquares
  }

  /// z′Wz.
  func crossProduct(_ weights: SpatialWeights) -> Double {
    let lag = weights.spatialLag(z)
    var sum = CompensatedSum()
    for i in z.indices { sum.add(product: z[i], lag[i]) }
    return sum.value
  }

  /// Σ w_ij (z_i − z_j)².
  func squaredDifferences(_ weights: SpatialWeights) -> Double {
    let matrix = weights.sparseMatrix
    var sum = CompensatedSum()
    for i in z.indices {
      for place in matrix.row(i) {
        let difference = z[i] - z[Int(matrix.columns[place])]
        sum.add(matrix.values[place] * difference * difference)
      }
    }
    return sum.value
  }
}

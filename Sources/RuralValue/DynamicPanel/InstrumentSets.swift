/// Which equations a set of instruments serves.
public enum InstrumentEquation: String, Sendable, CaseIterable {
  /// The transformed and the level equation.
  case both
  /// The transformed equation only.
  case transformed = "diff"
  /// The level equation only.
  case level
}

/// GMM-style instruments: lags of variables, each period a column of its own unless collapsed.
///
/// xtabond2's `gmmstyle(x, laglimits(a b) equation() collapse)`.
public struct GMMInstruments: Sendable, Equatable {
  /// The variables.
  public let terms: [FormulaTerm]
  /// The first lag.
  public let firstLag: Int
  /// The last lag; nil where all the deeper ones are used.
  public let lastLag: Int?
  /// The equations that are instrumented.
  public var equation: InstrumentEquation
  /// Whether there is one column a lag instead of one a lag and period.
  public var isCollapsed: Bool

  /// A set from its parts.
  public init(
    _ terms: [FormulaTerm], firstLag: Int, lastLag: Int?, equation: InstrumentEquation = .both,
    isCollapsed: Bool = false
  ) {
    self.terms = terms
    self.firstLag = firstLag
    self.lastLag = lastLag
    self.equation = equation
    self.isCollapsed = isCollapsed
  }

  /// The set as the option writes it: `n,2:4;collapse`.
  public var text: String {
    terms.map(\.name).joined(separator: ",") + ",\(firstLag):" + (lastLag.map(String.init) ?? "")
      + (isCollapsed ? ";collapse" : "") + (equation == .both ? "" : ";eq=\(equation.rawValue)")
  }

  /// The set's short name in tests: `gmm:n`.
  var name: String { "gmm:" + terms.map(\.name).joined(separator: ",") }
}

/// Standard instruments: each variable one column, transformed in the transformed equation.
///
/// xtabond2's `ivstyle(x, equation())`.
public struct StandardInstruments: Sendable, Equatable {
  /// The variables.
  public let terms: [FormulaTerm]
  /// The equations that are instrumented.
  public var equation: InstrumentEquation
  /// Whether a missing value counts as zero instead of taking the observation with it.
  public var takesMissingAsZero: Bool

  /// A set from its parts.
  public init(
    _ terms: [FormulaTerm], equation: InstrumentEquation = .both, takesMissingAsZero: Bool = false
  ) {
    self.terms = terms
    self.equation = equation
    self.takesMissingAsZero = takesMissingAsZero
  }

  /// The set as the option writes it: `w,k;eq=level`.
  public var text: String {
    terms.map(\.name).joined(separator: ",") + (equation == .both ? "" : ";eq=\(equation.rawValue)")
      + (takesMissingAsZero ? ";mz" : "")
  }

  /// The set's short name in tests: `iv:k`.
  var name: String { "iv:" + terms.map(\.name).joined(separator: ",") }
}

internal import RuralValueNumerics

/// The values at which a moderator is held in marginal effects: `C=0,p50,1`.
public struct ModeratorValues: Sendable, Equatable {
  /// One value.
  public enum Value: Sendable, Equatable {
    /// A number in the data's units.
    case number(Double)
    /// A quantile over the usable rows, as a fraction.
    case quantile(Double)
    /// The mean over the usable rows.
    case mean
  }

  /// The text as it was written.
  public let text: String
  /// The moderator, as the formula names it.
  public let variable: String
  /// The values, each with what it was called.
  public let values: [(name: String, value: Value)]

  /// Whether two are written alike.
  public static func == (one: ModeratorValues, other: ModeratorValues) -> Bool { one.text == other.text }

  /// Reads a variable, an equals sign and numbers, `p50`, `mean`, `median`, `min` or `max` between commas.
  ///
  /// Throws `ModeratorValuesError.unreadable`.
  public init(_ text: String) throws(ModeratorValuesError) {
    self.text = text
    guard let sign = text.lastIndex(of: "=") else { throw .unreadable(text: text) }
    let name = CellText.trimmed(String(text[..<sign]))
    let parts = text[text.index(after: sign)...].split(separator: ",", omittingEmptySubsequences: false)
      .map { CellText.trimmed(String($0)) }
    guard let terms = try? StandardInstruments(name).terms, terms.count == 1, terms[0].factors.count == 1,
      !parts.isEmpty
    else { throw .unreadable(text: text) }
    variable = terms[0].name
    var values: [(name: String, value: Value)] = []
    for part in parts {
      guard let value = Self.value(part) else { throw .unreadable(text: text) }
      values.append((part, value))
    }
    self.values = values
  }

  private static func value(_ text: String) -> Value? {
    switch text {
    case "mean": return .mean
    case "median": return .quantile(0.5)
    case "min": return .quantile(0)
    case "max": return .quantile(1)
    default:
      if text.hasPrefix("p"), let percent = PlainDecimal.value(of: text.dropFirst()),
        (0...100).contains(percent)
      {
        return .quantile(percent / 100)
      }
      return PlainDecimal.value(of: text).map(Value.number)
    }
  }
}

extension ModeratorValues.Value {
  /// The number that it is among sorted values.
  func number(ofSorted values: [Double]) -> Double {
    switch self {
    case .number(let value): value
    case .quantile(let share): Quantile.value(at: share, ofSorted: values)
    case .mean: values.mean
    }
  }
}

/// What can keep a moderator from being placed.
public enum ModeratorValuesError: Fault {
  /// The text is no moderator with values.
  case unreadable(text: String)
  /// Nothing is multiplied with the variable.
  case noSuchModerator(variable: String, known: [String])

  /// It is a matter of the call.
  public var kind: FaultKind { .usage }

  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .unreadable(let text):
      return
        "\(Setting("at")) is \"\(text)\"; expected a moderator and where it stands, such as \"C=0,p50,1\": numbers, p0 to p100, mean,"
        + " median, min or max."
    case .noSuchModerator(let variable, let known):
      return
        "\(Setting("at")): the effect that is wanted does not depend on \"\(variable)\", for the formula has no such product.\(NearestName.question(for: variable, among: known))"
        + (known.isEmpty
          ? " Write a product, such as x*\(variable), or a square." : " The moderators are \(listed(known)).")
    }
  }
}

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
  /// Throws `DynamicPanelError.unreadableModeratorValues`.
  public init(_ text: String) throws(DynamicPanelError) {
    self.text = text
    guard let sign = text.lastIndex(of: "=") else { throw .unreadableModeratorValues(text: text) }
    let name = CellText.trimmed(String(text[..<sign]))
    let parts = text[text.index(after: sign)...].split(separator: ",", omittingEmptySubsequences: false)
      .map { CellText.trimmed(String($0)) }
    guard let terms = try? StandardInstruments(name).terms, terms.count == 1, terms[0].factors.count == 1,
      !parts.isEmpty
    else { throw .unreadableModeratorValues(text: text) }
    variable = terms[0].name
    var values: [(name: String, value: Value)] = []
    for part in parts {
      guard let value = Self.value(part) else { throw .unreadableModeratorValues(text: text) }
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

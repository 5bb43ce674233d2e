/// Where a moderator stands in a marginal effect: `C=0,p50,1`.
public struct MarginPlaces: Sendable, Equatable {
  /// One place.
  public enum Place: Sendable, Equatable {
    /// A value in the data's units.
    case value(Double)
    /// A quantile over the usable rows, as a fraction.
    case quantile(Double)
    /// The mean over the usable rows.
    case mean
  }

  /// The text as it was written.
  public let text: String
  /// The moderator, as the formula names it.
  public let variable: String
  /// Where it stands, with what each place was called.
  public let places: [(name: String, place: Place)]

  /// Whether two are written alike.
  public static func == (one: MarginPlaces, other: MarginPlaces) -> Bool { one.text == other.text }

  /// Reads a variable, an equals sign and numbers, `p50`, `mean`, `median`, `min` or `max` between commas.
  ///
  /// Throws `DynamicPanelError.unreadablePlaces`.
  public init(_ text: String) throws(DynamicPanelError) {
    self.text = text
    guard let sign = text.lastIndex(of: "=") else { throw .unreadablePlaces(text: text) }
    let name = CellText.trimmed(String(text[..<sign]))
    let values = text[text.index(after: sign)...].split(separator: ",", omittingEmptySubsequences: false)
      .map { CellText.trimmed(String($0)) }
    guard let terms = try? StandardInstruments(name).terms, terms.count == 1, terms[0].factors.count == 1,
      !values.isEmpty
    else { throw .unreadablePlaces(text: text) }
    variable = terms[0].name
    var places: [(name: String, place: Place)] = []
    for value in values {
      guard let place = Self.place(value) else { throw .unreadablePlaces(text: text) }
      places.append((value, place))
    }
    self.places = places
  }

  private static func place(_ text: String) -> Place? {
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
      return PlainDecimal.value(of: text).map(Place.value)
    }
  }
}

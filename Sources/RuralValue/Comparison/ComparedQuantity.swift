/// What a cell of a printed table is: the name of its column.
public enum ComparedQuantity: String, Sendable, CaseIterable {
  /// The coefficient or effect, b.
  case estimate
  /// Its standard error, se.
  case standardError = "std_error"
  /// The statistic, z or t.
  case statistic
  /// The p value.
  case pValue = "p_value"
  /// The stars, which follow from the p value and the levels of the table's note.
  case stars

  /// The quantity in both languages; the English one is the column's name, as `--require` takes it.
  public var phrase: Phrase {
    switch self {
    case .estimate: Phrase(rawValue, zh: "估计值")
    case .standardError: Phrase(rawValue, zh: "标准误")
    case .statistic: Phrase(rawValue, zh: "统计量")
    case .pValue: Phrase(rawValue, zh: "p值")
    case .stars: Phrase(rawValue, zh: "星号")
    }
  }
}

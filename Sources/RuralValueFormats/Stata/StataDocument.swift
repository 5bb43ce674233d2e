public import RuralValue

/// A Stata file as it was understood.
public struct StataDocument: Sendable, Equatable {
  /// The cells: numbers as the shortest decimals, dates as ISO 8601 has them, missing values empty. The lines of its
  /// rows are the numbers of observations.
  public let table: Table
  /// The release of the format.
  public let release: Int
  /// The label of the data.
  public let label: String
  /// The variables, those included that are no columns of the table.
  public let variables: [StataVariable]
  /// The value labels.
  public let valueLabels: [StataValueLabels]
  /// The cells that hold one of the codes `.a` to `.z`.
  public let missing: [StataMissing]
  /// The encoding of the texts.
  public let encoding: TextEncoding
  /// What was found out or left out.
  public let notes: [Phrase]
}

/// A variable of a Stata file.
public struct StataVariable: Sendable, Equatable {
  /// The name.
  public let name: String
  /// How its values are stored.
  public let type: StataType
  /// The display format, such as `%td`.
  public let format: String
  /// The label; empty where there is none.
  public let label: String
  /// The name of its value labels; empty where there are none.
  public let valueLabels: String
}

/// The texts that stand for the values of variables.
public struct StataValueLabels: Sendable, Equatable {
  /// The name by which variables refer to them.
  public let name: String
  /// The entries in the order of the file.
  public let entries: [Entry]

  /// A value and its text.
  public struct Entry: Sendable, Equatable {
    /// A whole number, or the code of a missing value: `1`, `.a`.
    public let value: String
    /// The text.
    public let text: String
  }
}

/// A missing value that has a code.
public struct StataMissing: Sendable, Equatable {
  /// The observation, counted from one.
  public let observation: Int
  /// The name of the variable.
  public let variable: String
  /// The code: `.a` to `.z`.
  public let code: String
}

/// How a Stata file is to be read.
public struct StataOptions: Sendable, Equatable {
  /// The encoding of the texts, or nil to find it out.
  public var encoding: TextEncoding?
  /// Whether texts stand in place of values that have value labels.
  public var takesValueLabels = false
  /// Texts and numbers that stand for a missing value, besides the codes of the format.
  public var missingMarkers: [String] = []
  /// Whether numbers have the decimals that their formats show, as those of a printed table.
  public var readsAsShown = false

  /// Options, by default everything that can be found out, and numbers.
  public init(
    encoding: TextEncoding? = nil, takesValueLabels: Bool = false, missingMarkers: [String] = [],
    readsAsShown: Bool = false
  ) {
    (self.encoding, self.takesValueLabels) = (encoding, takesValueLabels)
    self.missingMarkers = missingMarkers
    self.readsAsShown = readsAsShown
  }
}

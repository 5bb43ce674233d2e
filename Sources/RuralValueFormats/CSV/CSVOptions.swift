/// How a CSV file is to be read, where it is not to be found out.
public struct CSVOptions: Sendable, Equatable {
  /// The encoding, or nil to find it out: a byte-order mark, UTF-8, else GB18030.
  public var encoding: TextEncoding?
  /// The separator, an ASCII character, or nil to find out which of comma, tab and semicolon it is.
  public var separator: UInt8?
  /// Lines above the header that are not part of the table.
  public var skipLines: Int
  /// Rows at the end that are not part of the table; blank ones do not count.
  public var skipFooter: Int
  /// Where the column names stand.
  public var header: Header
  /// Texts that stand for a missing value, besides those that are known; such cells become empty.
  public var missingMarkers: [String] = []
  /// Of a workbook: the sheet, by its name or its number, or nil for the first one that is shown.
  public var sheet: String?
  /// Of a Stata file: whether texts stand in place of values that have value labels.
  public var takesValueLabels = false
  /// Whether numbers of a workbook or a Stata file are read with the decimals that their formats show, as those of a
  /// printed table, whose decimals tell the rounding.
  public var readsAsShown = false
  /// Whether a first column with cells but without a name is kept, under an empty name: the blank corner of a matrix.
  public var keepsUnnamedFirstColumn = false

  /// Where the column names stand.
  public enum Header: Sendable, Equatable {
    /// In one row, or in those that merged cells of a sheet join.
    case found
    /// In so many rows, one as a rule. Of several rows the names are joined with a space, and a name that
    /// spans several columns (`迁入,,迁出,`) holds for the empty cells to its right.
    case rows(Int)
    /// Nowhere: the columns are called `column 1`, `column 2`, …
    case absent
  }

  /// Options, by default everything that can be found out.
  public init(
    encoding: TextEncoding? = nil, separator: UInt8? = nil, skipLines: Int = 0, skipFooter: Int = 0,
    header: Header = .found
  ) {
    self.encoding = encoding
    self.separator = separator
    self.skipLines = skipLines
    self.skipFooter = skipFooter
    self.header = header
  }

  /// The separator that a user names: one ASCII character, or `comma`, `tab`, `semicolon`, `\t`.
  public static func separator(named name: String) -> UInt8? {
    switch name.lowercased() {
    case "comma": return UInt8(ascii: ",")
    case "semicolon": return UInt8(ascii: ";")
    case "tab", "\\t": return UInt8(ascii: "\t")
    default:
      guard name.utf8.count == 1, let byte = name.utf8.first, byte < 0x80,
        byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r")
      else { return nil }
      return byte
    }
  }
}

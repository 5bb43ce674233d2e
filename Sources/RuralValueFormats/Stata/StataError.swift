public import RuralValue

/// What can keep a Stata file from being a table.
///
/// Observations and variables count from one.
public enum StataError: Fault {
  /// The bytes are no Stata file.
  case notStata(source: String)
  /// A release that is not read; `release` is its number or what stands in its place.
  case release(source: String, release: String)
  /// The byte order is neither of the two.
  case byteOrder(source: String, found: String)
  /// The file ends within a part.
  case truncated(source: String, part: String, needed: Int, left: Int)
  /// The file ends within the data.
  case truncatedData(source: String, whole: Int, announced: Int)
  /// The header announces fewer than no observations.
  case negativeRows(source: String, announced: Int)
  /// The header announces more of something than its section holds.
  case counts(source: String, what: String, announced: Int, part: String, bytes: Int, each: Int)
  /// The map of sections leads outside the file, or backwards.
  case map(source: String, section: String, offset: Int, bytes: Int)
  /// A tag does not stand where the map or the format wants it.
  case missingTag(source: String, tag: String, offset: Int, found: String)
  /// A code that is no type.
  case unknownType(source: String, variable: String, position: Int, code: Int)
  /// A variable without a name.
  case unnamedVariable(source: String, position: Int)
  /// Two variables of one name.
  case duplicateVariable(source: String, name: String, first: Int, second: Int)
  /// Bytes that are no text of the encoding.
  case invalidText(source: String, place: Place, found: [UInt8], encoding: TextEncoding)
  /// The texts can be GB18030 and Big5, which give other characters.
  case uncertainEncoding(source: String, place: Place)
  /// The C library does not know the encoding.
  case unknownEncoding(source: String, name: String)
  /// An encoding is named for a release whose texts are UTF-8.
  case knownEncoding(source: String, release: Int, name: String)
  /// A cell refers to a long text that is not in the file.
  case danglingText(source: String, variable: String, observation: Int, key: String)
  /// A long text is longer than what is left of the file.
  case longText(source: String, key: String, announced: Int, left: Int)
  /// A table of value labels does not fit into its place.
  case valueLabels(source: String, name: String, announced: Int, bytes: Int)
  /// A field before the data is longer than what is left of the file.
  case expansion(source: String, announced: Int, left: Int)
  /// There is no observation.
  case noObservations(source: String, variables: [String])
  /// There is no variable, or none whose values are text or numbers.
  case noVariables(source: String)
  /// The table would be larger than 4 GB.
  case tooLarge(source: String, bytes: Int)

  /// Where a text stands.
  public enum Place: Sendable, Equatable {
    /// In a cell.
    case cell(variable: String, observation: Int)
    /// In the name of a variable, by its position.
    case name(Int)
    /// In the label of a variable.
    case label(variable: String)
    /// In value labels of this name.
    case valueLabels(String)
    /// In a text that stands apart from its row, by what names it there.
    case longText(String)
    /// In the header.
    case header
  }

  /// The input is off, and in one case the call.
  public var kind: FaultKind {
    switch self {
    case .unknownEncoding, .knownEncoding: .usage
    default: .data
    }
  }
}

extension StataError {
  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .notStata, .release, .byteOrder, .noObservations, .noVariables, .tooLarge: descriptionOfFile
    case .truncated, .truncatedData, .negativeRows, .counts, .map, .missingTag, .expansion:
      descriptionOfLayout + " " + StataError.again
    case .invalidText, .uncertainEncoding, .unknownEncoding, .knownEncoding: descriptionOfText
    case .unknownType, .unnamedVariable, .duplicateVariable, .danglingText, .longText, .valueLabels:
      descriptionOfVariable
    }
  }

  private static let again =
    "The file is damaged or was not copied whole: copy, download or save it again."

  private var descriptionOfFile: String {
    switch self {
    case .notStata(let source):
      "\(source): this is no Stata file; expected one that begins with <stata_dta>, or with a release from 105 to 115."
    case .release(let source, let release):
      "\(source): a Stata file of release \(release), which is not read; expected release"
        + " \(StataRelease.read.map(String.init).joined(separator: ", "))."
        + " In Stata: use \"\(source)\", clear, and then "
        + (Int(release).map { $0 > 119 } ?? true
          ? "saveold \"new.dta\", version(14)." : "save \"new.dta\".")
    case .byteOrder(let source, let found):
      "\(source): the byte order is \"\(found)\"; expected LSF or MSF, or in releases up to 115 the byte 2 or 1. \(StataError.again)"
    case .noObservations(let source, let variables):
      "\(source): the file has no observation, only variables: \(StataError.listed(variables)). Expected a row for every"
        + " unit and period."
    case .noVariables(let source):
      "\(source): the file has no variable with numbers or text; expected a variable for the units, and others."
    case .tooLarge(let source, let bytes):
      "\(source): the table would have \(bytes) bytes of text; at most 4 GB are read. Keep only the variables that are needed."
    default: ""
    }
  }

  private var descriptionOfLayout: String {
    switch self {
    case .truncated(let source, let part, let needed, let left):
      "\(source): the file ends within \(part): \(needed) bytes should follow and \(left) are left."
    case .truncatedData(let source, let whole, let announced):
      "\(source): the file is cut short within the data: \(whole) of \(announced) observations are whole; none is taken."
    case .negativeRows(let source, let announced):
      "\(source): the header announces \(announced) observations; expected none or more."
    case .counts(let source, let what, let announced, let part, let bytes, let each):
      "\(source): the header announces \(announced) \(what) of \(each) byte\(each == 1 ? "" : "s") each, but \(part)"
        + (bytes > 0 && bytes % max(each, 1) == 0
          ? " has \(bytes) bytes, which hold \(bytes / max(each, 1))." : " has \(bytes) bytes.")
    case .map(let source, let section, let offset, let bytes):
      "\(source): the map of sections says that \(section) begins at byte \(offset), which cannot be in a file of"
        + " \(bytes) bytes or does not lie behind the section before it."
    case .missingTag(let source, let tag, let offset, let found):
      "\(source), byte \(offset): expected \(tag), found \"\(found)\"."
    case .expansion(let source, let announced, let left):
      "\(source): a characteristic before the data announces \(announced) bytes, and \(left) are left."
    default: ""
    }
  }

  private var descriptionOfText: String {
    switch self {
    case .invalidText(let source, let place, let found, let encoding):
      "\(source), \(place): the bytes \(CSVError.hexadecimal(found)) are no \(encoding.name) text."
        + " Name the encoding with \(Setting("encoding")), such as \(Setting("encoding")) gb18030 or windows-1252; in"
        + " Stata `unicode translate` mends the file."
    case .uncertainEncoding(let source, let place):
      "\(source), \(place): the text is not UTF-8; its bytes can be Big5 (traditional Chinese) and GB18030, which give"
        + " different characters. Say which: \(Setting("encoding")) big5 or \(Setting("encoding")) gb18030."
    case .knownEncoding(let source, let release, let name):
      "\(Setting("encoding")) is \(name), but \(source) is of release \(release), whose texts are UTF-8. Leave it out."
    case .unknownEncoding(let source, let name):
      "\(source): the C library does not know the encoding \"\(name)\"; expected a name such as utf-8, gb18030, big5 or"
        + " windows-1252 (iconv --list shows all)."
    default: ""
    }
  }

  private var descriptionOfVariable: String {
    switch self {
    case .unknownType(let source, let variable, let position, let code):
      "\(source), variable \(position)\(variable.isEmpty ? "" : " (\(variable))"): the type is \(code), which is none."
        + " \(StataError.again)"
    case .unnamedVariable(let source, let position):
      "\(source), variable \(position): it has no name; expected one for every variable. \(StataError.again)"
    case .duplicateVariable(let source, let name, let first, let second):
      "\(source): variables \(first) and \(second) are both called \"\(name)\"; expected every name once. Rename one in"
        + " the program that wrote the file."
    case .danglingText(let source, let variable, let observation, let key):
      "\(source), variable \"\(variable)\", observation \(observation): it refers to the long text (strL) \(key), which is"
        + " not in the file. \(StataError.again)"
    case .longText(let source, let key, let announced, let left):
      "\(source): the long text (strL) \(key) announces \(announced) bytes, and \(left) are left. \(StataError.again)"
    case .valueLabels(let source, let name, let announced, let bytes):
      "\(source): the value labels \"\(name)\" announce \(announced) entries, and \(bytes) bytes hold them."
        + " \(StataError.again)"
    default: ""
    }
  }

  private static func listed(_ names: [String]) -> String {
    names.prefix(30).joined(separator: ", ") + (names.count > 30 ? ", … (\(names.count) in all)" : "")
  }
}

extension StataError.Place: CustomStringConvertible {
  /// `variable "name", observation 3`
  public var description: String {
    switch self {
    case .cell(let variable, let observation): "variable \"\(variable)\", observation \(observation)"
    case .name(let position): "the name of variable \(position)"
    case .label(let variable): "the label of variable \"\(variable)\""
    case .valueLabels(let name): "the value labels \"\(name)\""
    case .longText(let key): "the long text (strL) \(key)"
    case .header: "the label of the data"
    }
  }
}

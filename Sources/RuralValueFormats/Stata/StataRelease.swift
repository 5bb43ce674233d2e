/// What a release of Stata's format lays out as it does.
/// Source: Stata's `help dta`, `help dta_117`, `help dta_115`, `help dta_113` and the older ones.
struct StataRelease {
  let number: Int

  /// The releases that are read.
  static let read = [105, 108, 110, 111, 113, 114, 115, 117, 118, 119]

  /// Nil for a release that is not read.
  init?(_ number: Int) {
    guard StataRelease.read.contains(number) else { return nil }
    self.number = number
  }

  /// Whether sections stand in tags, with a map of them.
  var isTagged: Bool { number >= 117 }
  /// Whether texts are UTF-8; before, nothing says what they are.
  var isUTF8: Bool { number >= 118 }
  /// Whether there are 27 codes of missing values and not one.
  var hasMissingCodes: Bool { number >= 113 }

  /// Bytes of a name, its zero included.
  var nameLength: Int { number >= 118 ? 129 : number >= 110 ? 33 : 9 }
  /// Bytes of a display format.
  var formatLength: Int { number >= 118 ? 57 : number >= 114 ? 49 : 12 }
  /// Bytes of a label.
  var labelLength: Int { number >= 118 ? 321 : number >= 108 ? 81 : 32 }
  /// Bytes of the number of variables, and of each entry of the sort list.
  var variableCountLength: Int { number >= 119 ? 4 : 2 }
  /// Bytes of the number of observations.
  var rowCountLength: Int { number >= 118 ? 8 : 4 }
  /// Bytes of a type.
  var typeLength: Int { isTagged ? 2 : 1 }
  /// Bytes of the length of an expansion field.
  var expansionLength: Int { number >= 110 ? 4 : 2 }
  /// Bytes of the variable's and the observation's number that name a long text in a cell.
  var longTextKey: (variable: Int, observation: Int) {
    switch number {
    case 117: (4, 4)
    case 118: (2, 6)
    default: (3, 5)
    }
  }
}

/// How a variable's values are stored.
public enum StataType: Sendable, Equatable {
  /// A whole number of one byte.
  case byte
  /// A whole number of two bytes.
  case int
  /// A whole number of four bytes.
  case long
  /// A number of four bytes with about seven digits.
  case float
  /// A number of eight bytes.
  case double
  /// A text of at most so many bytes.
  case text(Int)
  /// A text that stands apart from the row.
  case longText

  /// Its name in Stata: `byte`, `str9`, `strL`.
  public var name: String {
    switch self {
    case .byte: "byte"
    case .int: "int"
    case .long: "long"
    case .float: "float"
    case .double: "double"
    case .text(let length): "str\(length)"
    case .longText: "strL"
    }
  }

  /// Its bytes in a row.
  var width: Int {
    switch self {
    case .byte: 1
    case .int: 2
    case .long, .float: 4
    case .double, .longText: 8
    case .text(let length): length
    }
  }

  /// The type of a code; nil where the code is none.
  init?(code: Int, release: StataRelease) {
    switch release.number {
    case 117...:
      switch code {
      case 1...2045: self = .text(code)
      case 32768: self = .longText
      case 65526: self = .double
      case 65527: self = .float
      case 65528: self = .long
      case 65529: self = .int
      case 65530: self = .byte
      default: return nil
      }
    case 111...:
      switch code {
      case 1...244: self = .text(code)
      case 251: self = .byte
      case 252: self = .int
      case 253: self = .long
      case 254: self = .float
      case 255: self = .double
      default: return nil
      }
    default:
      switch code {
      case Int(UInt8(ascii: "b")): self = .byte
      case Int(UInt8(ascii: "i")): self = .int
      case Int(UInt8(ascii: "l")): self = .long
      case Int(UInt8(ascii: "f")): self = .float
      case Int(UInt8(ascii: "d")): self = .double
      case 0x80...0xFF: self = .text(code - 0x7F)
      default: return nil
      }
    }
  }
}

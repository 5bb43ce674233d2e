import RuralValue

/// The formats of pictures.
enum PictureFormat: String, CaseIterable {
  case svg, png, pdf

  /// The format that a file's name ends in.
  init?(ofFile name: String) {
    let name = name.lowercased()
    guard let format = Self.allCases.first(where: { name.hasSuffix(".\($0.rawValue)") }) else { return nil }
    self = format
  }
}

/// How wide a picture is on paper.
struct PictureWidth: Equatable {
  let millimetres: Double
  /// The width as the call gives it.
  let text: String

  /// A width such as 85mm, 8.5cm or 3.35in; nil for anything else, and for what is no size of a picture.
  init?(_ text: String) {
    let units = ["mm": 1.0, "cm": 10.0, "in": 25.4]
    guard let unit = units[String(text.suffix(2))],
      let number = PlainDecimal.value(of: String(text.dropLast(2))),
      (10...1000).contains(number * unit)
    else { return nil }
    (millimetres, self.text) = (number * unit, text)
  }
}

/// What pictures a verb makes.
enum PictureOutput {
  case none
  /// One, whose name says its format.
  case one
  /// Those that `--out` writes into its folder.
  case many
}

extension OptionKind where Value == PictureWidth {
  /// A width on paper.
  static let pictureWidth = OptionKind(
    shape: .text, placeholder: "WIDTH",
    read: { text, option in
      guard let width = PictureWidth(text) else {
        throw UsageError.notANumber(
          option: option, found: text,
          expected: "a width from 10mm to 1000mm, such as 85mm for one column of a journal, 17.5cm or 6.9in")
      }
      return width
    }, json: { .string($0.text) })
}

extension OptionKind where Value == [PictureFormat] {
  /// Formats of pictures; none is what holds without the option.
  static let pictures = choices().mapped({ $0.isEmpty ? [.svg] : $0 }, { $0 })
}

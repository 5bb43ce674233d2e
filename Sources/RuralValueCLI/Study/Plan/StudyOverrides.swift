import RuralValue
import RuralValueFormats

/// What a call says otherwise than the study file: language, decimals, stars.
struct StudyOverrides {
  private let language: Language?
  private let digits: Int?
  private let stars: [Double]?

  /// Checks the options of a call.
  init(_ arguments: ParsedArguments) throws {
    let rendering = try DeliveryOptions(words: arguments).rendering
    language = arguments.text("--lang") == nil ? nil : rendering.language
    digits = arguments.text("--digits") == nil ? nil : rendering.digits
    stars = arguments.text("--stars") == nil ? nil : rendering.starLevels
  }

  /// Puts them in the place of the file's own.
  func apply(to output: inout StudyOutput) {
    output.language = language ?? output.language
    output.digits = digits ?? output.digits
    output.stars = stars ?? output.stars
  }
}

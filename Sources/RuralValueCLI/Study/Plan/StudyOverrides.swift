import RuralValue
import RuralValueFormats

/// What a call says otherwise than the study file: language, decimals, stars.
struct StudyOverrides {
  private let language: Language?
  private let digits: Int?
  private let stars: [Double]?

  /// Checks the options of a call.
  init(_ call: CallFrame) {
    func given<Value>(_ option: String, _ value: Value) -> Value? {
      call.given.contains(option) ? value : nil
    }
    language = given("--lang", call.delivery.rendering.language)
    digits = given("--digits", call.delivery.rendering.digits)
    stars = given("--stars", call.delivery.rendering.starLevels)
  }

  /// Puts them in the place of the file's own.
  func apply(to output: inout StudyOutput) {
    output.language = language ?? output.language
    output.digits = digits ?? output.digits
    output.stars = stars ?? output.stars
  }
}

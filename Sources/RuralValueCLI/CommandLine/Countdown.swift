import RuralValue

/// How far a run of equal steps is, and how long it will take: `312 of 1000 replications, 0:42 left`.
struct Countdown {
  private let progress: Progress
  private let total: Int
  private let what: Phrase
  private let language: Language
  private let begin = ContinuousClock.now

  /// A countdown of `total` steps; `what` names them, as "replications".
  init(_ progress: Progress, _ total: Int, _ what: Phrase, language: Language) {
    self.progress = progress
    self.total = total
    self.what = what
    self.language = language
  }

  /// Says that this many steps are done.
  func update(_ done: Int) {
    let time = begin.duration(to: .now).components
    progress.show(text(done, seconds: Double(time.seconds) + Double(time.attoseconds) * 1e-18))
  }

  /// The line after some steps that took these seconds.
  func text(_ done: Int, seconds: Double) -> String {
    let text =
      language == .chinese ? "\(done)/\(total) \(what.chinese)" : "\(done) of \(total) \(what.english)"
    guard done > 0 else { return text }
    let left = Self.clock(seconds * Double(total - done) / Double(done))
    return text + (language == .chinese ? "，剩余 \(left)" : ", \(left) left")
  }

  /// `0:42`, `1:02:03`.
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 3_599_999))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0
      ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }
}

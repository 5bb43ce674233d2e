import RuralValue

/// A line on standard error that says how far a long run has come and how long it will take.
///
/// It appears only where standard error is a terminal, only after half a second, and never with `--quiet`; it
/// is wiped away at the end.
final class Progress {
  private let console: any Console
  private let total: Int
  private let what: Term
  private let language: Language
  private let isShown: Bool
  private let elapsed: () -> Double
  private var lastShown = 0.0
  private var width = 0

  /// How long a run is silent, and how often the line is renewed after that, in seconds.
  private static let silence = 0.5
  private static let interval = 0.1

  /// Progress of `total` steps; `what` names them, as "replications". `elapsed` gives the seconds since the start.
  init(
    _ console: any Console, _ total: Int, _ what: Term, language: Language = .english,
    isQuiet: Bool = false, elapsed: (() -> Double)? = nil
  ) {
    self.console = console
    self.total = total
    self.what = what
    self.language = language
    isShown = !isQuiet && console.errorTerminal != nil
    let start = ContinuousClock.now
    self.elapsed = elapsed ?? { Progress.seconds(ContinuousClock.now - start) }
  }

  /// Says that this many steps are done.
  func update(_ done: Int) {
    guard isShown else { return }
    let now = elapsed()
    guard now >= Self.silence, now - lastShown >= Self.interval else { return }
    lastShown = now
    show(line(done, now))
  }

  /// Wipes the line away.
  func finish() {
    guard width > 0 else { return }
    console.writeError("\r" + String(repeating: " ", count: width) + "\r")
    width = 0
  }

  private func line(_ done: Int, _ now: Double) -> String {
    let left = done > 0 ? now * Double(total - done) / Double(done) : .infinity
    let text =
      language == .chinese ? "\(done)/\(total) \(what.chinese)" : "\(done) of \(total) \(what.english)"
    guard left.isFinite else { return text }
    let time = Self.clock(left)
    return text + (language == .chinese ? "，剩余 \(time)" : ", \(time) left")
  }

  private func show(_ line: String) {
    // A line that fills the terminal would wrap, and could not be wiped away.
    let room = (console.errorTerminal?.width ?? 80) - 1
    let shown = String(line.prefix(max(room, 1)))
    // A Chinese letter takes two columns.
    let columns = shown.reduce(0) { $0 + ($1.isASCII ? 1 : 2) }
    console.writeError("\r" + shown + String(repeating: " ", count: max(0, width - columns)))
    width = max(columns, width)
  }

  /// `0:42`, `1:02:03`.
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 359_999))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0
      ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}

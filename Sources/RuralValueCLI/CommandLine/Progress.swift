import RuralValue
import Synchronization

/// A line on standard error that says how far a long run is: only on a terminal, and only after half a second.
final class Progress: Sendable {
  private struct State {
    var last: ContinuousClock.Instant?
    var isShown = false
  }

  private let line: (any ProgressLine)?
  private let begin = ContinuousClock.now
  private let state = Mutex(State())

  /// Progress on a line of a terminal, or nowhere.
  init(_ line: (any ProgressLine)?) { self.line = line }

  /// Shows a text in the place of the one before it, at most ten times a second.
  func show(_ text: @autoclosure () -> String) {
    guard let line, begin.duration(to: .now) > .milliseconds(500) else { return }
    state.withLock { state in
      guard state.last.map({ $0.duration(to: .now) > .milliseconds(100) }) ?? true else { return }
      state.last = .now
      state.isShown = true
      line.show(VisibleText.line(text()))
    }
  }

  /// News of computations as lines of a countdown, or nil where nothing is shown.
  func report(in language: Language) -> ProgressReport? {
    guard line != nil else { return nil }
    let countdown = Mutex<(total: Int, what: Phrase, countdown: Countdown)?>(nil)
    return ProgressReport { done, total, what in
      let current = countdown.withLock { known in
        if let known, known.total == total, known.what == what { return known.countdown }
        let new = Countdown(self, total, what, language: language)
        known = (total, what, new)
        return new
      }
      current.update(done)
    }
  }

  /// Takes the line away.
  func clear() {
    state.withLock { state in
      if state.isShown { line?.show("") }
      state.isShown = false
    }
  }
}

/// The last line of a terminal, which can be written anew.
protocol ProgressLine: Sendable {
  /// Shows a text in the place of what stood there.
  func show(_ text: String)
}

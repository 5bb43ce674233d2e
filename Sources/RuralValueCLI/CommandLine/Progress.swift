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

/// How far a long computation is: whoever starts one binds what is to become of the news, and may bind nothing.
///
/// Computations report in steps that take well above a microsecond each; who listens decides what is worth showing.
public struct ProgressReport: Sendable {
  /// What listens: the steps that are done, how many there are, and what they are called, as "replications".
  private let listen: @Sendable (_ done: Int, _ total: Int, _ what: Phrase) -> Void

  /// News for a listener.
  public init(_ listen: @escaping @Sendable (_ done: Int, _ total: Int, _ what: Phrase) -> Void) {
    self.listen = listen
  }

  /// The listener in force, if there is one.
  @TaskLocal public static var current: ProgressReport?

  /// A count of steps that nobody has done yet.
  static func steps(_ total: Int, _ what: Phrase) -> Steps {
    Steps(report: current, total: total, what: what)
  }

  /// The steps of one computation.
  struct Steps: Sendable {
    fileprivate let report: ProgressReport?
    fileprivate let total: Int
    fileprivate let what: Phrase

    /// Says that so many steps are done.
    func done(_ count: Int) { report?.listen(count, total, what) }
  }
}

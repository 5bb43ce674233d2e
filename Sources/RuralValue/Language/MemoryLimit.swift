/// How much memory a computation may need before it is refused with a sentence.
///
/// Whatever an input can make large asks before it is allocated, so that nothing ends without a word where the
/// machine has no more. The limit is the task's own: whoever starts a computation binds it.
public struct MemoryLimit: Sendable, Equatable {
  /// The limit in bytes.
  public let bytes: Double

  /// Who sets it, and so who can raise it.
  public let origin: Origin

  /// Where a limit comes from.
  public enum Origin: Sendable {
    /// The call, or the program where the call says nothing.
    case call
    /// What the system leaves to the process.
    case system
    /// What the program can count.
    case program
  }

  /// A limit of so many bytes.
  public init(bytes: Double, origin: Origin = .call) {
    self.bytes = bytes
    self.origin = origin
  }

  /// A limit of so many gigabytes of 10⁹ bytes.
  public init(gigabytes: Double) { self.init(bytes: gigabytes * 1e9) }

  /// What holds where nothing else was bound: 4 GB.
  public static let standard = MemoryLimit(gigabytes: 4)

  /// The limit in force.
  @TaskLocal public static var current = MemoryLimit.standard

  /// Throws `MemoryLimitError` where `bytes` are more than the limit in force.
  ///
  /// `what` says what would be so large, with the numbers that make it so: "The weights of 20,000 units within
  /// 1,000 km: 212,000,000 links"; `remedy` what the person can do besides raising the limit.
  public static func require(
    bytes: Double, for what: @autoclosure () -> String, remedy: @autoclosure () -> String
  ) throws(MemoryLimitError) {
    // Not "bytes > limit", for what is no number is too much as well.
    guard !(bytes <= current.bytes) else { return }
    throw MemoryLimitError(what: what(), bytes: bytes, limit: current, remedy: remedy())
  }

  /// The same, with the error in the words of a folder that throws errors of its own.
  static func require<Failure: Error>(
    bytes: Double, for what: @autoclosure () -> String, remedy: @autoclosure () -> String,
    orThrow failure: (MemoryLimitError) -> Failure
  ) throws(Failure) {
    do throws(MemoryLimitError) {
      try require(bytes: bytes, for: what(), remedy: remedy())
    } catch {
      throw failure(error)
    }
  }
}

/// `20,000`, as sentences about sizes write a count.
func grouped(_ count: Int) -> String { grouped(Double(count)) }

/// `212,000,000`, also beyond the range of integers; `1e+21` where digits would say nothing.
func grouped(_ count: Double) -> String {
  guard abs(count) < 1e15 else { return "\(count)" }
  let digits = String(Int(count.magnitude.rounded()))
  let groups = digits.reversed().enumerated().map { place, digit in
    place > 0 && place.isMultiple(of: 3) ? "\(digit)," : "\(digit)"
  }
  return (count < 0 ? "-" : "") + groups.reversed().joined()
}

/// A computation that would need more memory than it may have.
public struct MemoryLimitError: Fault {
  /// What would be so large.
  public let what: String
  /// What it would take.
  public let bytes: Double
  /// What it may take.
  public let limit: MemoryLimit
  /// What the person can do besides raising the limit.
  public let remedy: String

  /// The input is too large for the limit.
  public var kind: FaultKind { .data }

  /// What would be so large, the limit, and what to do.
  public var description: String {
    let most = Self.text(limit.bytes)
    let wayOut =
      switch limit.origin {
      case .call: "the limit is \(most). \(remedy), or raise the limit with \(Setting("max-memory"))."
      case .system:
        "the system leaves \(most) to the process. \(remedy), or let the process have more, as with ulimit -v"
          + " unlimited."
      case .program: "at most \(most) are possible. \(remedy)."
      }
    return "\(what) would take \(Self.text(bytes)) of memory; \(wayOut)"
  }

  /// `9.1 GB`, `250 MB`.
  private static func text(_ bytes: Double) -> String {
    guard bytes.isFinite, bytes < 1e18 else { return "more than any machine has" }
    let (value, unit) = bytes < 1e9 ? (bytes / 1e6, "MB") : (bytes / 1e9, "GB")
    return "\(FixedDecimals.text(value, decimals: value < 100 ? 1 : 0)) \(unit)"
  }
}

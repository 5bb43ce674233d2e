/// A colour of the three-colour warning, from good to bad.
public enum WarningColour: Int, Sendable, Equatable, Comparable, CaseIterable, Codable {
  case green, yellow, red

  /// Whether one colour is better than the other.
  public static func < (one: WarningColour, other: WarningColour) -> Bool { one.rawValue < other.rawValue }

  /// The word in CSV and JSON.
  public var key: String {
    switch self {
    case .green: "green"
    case .yellow: "yellow"
    case .red: "red"
    }
  }

  /// The word for people.
  public var name: Phrase {
    switch self {
    case .green: Phrase("Green", zh: "绿")
    case .yellow: Phrase("Yellow", zh: "黄")
    case .red: Phrase("Red", zh: "红")
    }
  }

  /// The colour that a word of a table names, in English or Chinese.
  init?(asWritten text: String) {
    switch text.lowercased() {
    case "green", "绿", "绿色": self = .green
    case "yellow", "黄", "黄色": self = .yellow
    case "red", "红", "红色": self = .red
    default: return nil
    }
  }
}

/// How one indicator warns of one unit in one period, the periods before it considered.
///
/// Of the colours observed so far the worst among the last m stands, so that a warning rises at once and falls only after
/// m better observations; m = 1 is the colour of the day. A period without a colour keeps what stands and is marked stale.
///
/// Source: methods/evaluation.md, 5.5.
public struct StandingWarning: Sendable, Equatable {
  /// The colour that stands; nil before the first observation.
  public let colour: WarningColour?
  /// The place of the first period of the unbroken run of that colour.
  public let since: Int?
  /// The place of the first period of the unbroken run of yellow or red.
  public let notGreenSince: Int?
  /// Whether the period itself has no colour.
  public let isStale: Bool
  /// Whether nothing was observed before the run, so that it may be older.
  public let isFromStart: Bool

  /// What stands in each period of a unit's colours.
  public static func run(_ colours: some Collection<WarningColour?>, release: Int) -> [StandingWarning] {
    precondition(release > 0, "A warning falls after one better observation or more.")
    var last: [WarningColour] = []
    var (standing, since, notGreenSince): (WarningColour?, Int?, Int?) = (nil, nil, nil)
    var isFromStart = true
    return colours.enumerated().map { place, colour in
      if let colour {
        last.append(colour)
        if last.count > release { last.removeFirst() }
        let worst = last.max()
        if worst != standing {
          isFromStart = standing == nil
          (standing, since) = (worst, place)
        }
        notGreenSince = standing == .green ? nil : notGreenSince ?? place
      }
      return StandingWarning(
        colour: standing, since: since, notGreenSince: notGreenSince, isStale: colour == nil,
        isFromStart: isFromStart)
    }
  }
}

/// Units that come and go between the periods of a panel: observed first after the panel's first period, or last before
/// its last one. Gaps between are none of these.
public struct UnitTurnover: Sendable, Equatable {
  /// The units that begin later than the panel, each with its first period.
  public let entries: [Event]
  /// The units that end earlier than the panel, each with its last period.
  public let exits: [Event]
  private let frequency: PeriodFrequency
  private let firstPeriod: Int
  private let lastPeriod: Int

  /// A unit and the period in which it is observed first or last.
  public struct Event: Sendable, Equatable {
    /// The unit.
    public let unit: String
    /// The period.
    public let period: Int
  }

  /// Who comes and who goes in a panel.
  public init(_ panel: Panel) {
    var (entries, exits): ([Event], [Event]) = ([], [])
    for unit in panel.isBalanced ? [] : Array(panel.units.indices) {
      let places = panel.rows(ofUnit: unit).map { panel.periodOfRow[$0] }
      guard let first = places.min(), let last = places.max() else { continue }
      if first > 0 { entries.append(Event(unit: panel.units[unit], period: panel.periods[first])) }
      if last < panel.periods.count - 1 {
        exits.append(Event(unit: panel.units[unit], period: panel.periods[last]))
      }
    }
    (self.entries, self.exits, frequency) = (entries, exits, panel.frequency)
    (firstPeriod, lastPeriod) = (panel.periods.first ?? 0, panel.periods.last ?? 0)
  }

  /// That units come and go, the first few by name and period; nil where none does.
  public var note: Phrase? {
    guard !entries.isEmpty || !exits.isEmpty else { return nil }
    let (first, last) = (frequency.label(firstPeriod), frequency.label(lastPeriod))
    func names(_ events: [Event], _ language: Language) -> String {
      listed(
        events.map {
          let period = frequency.label($0.period)
          return language == .english ? "\($0.unit) (\(period))" : "\($0.unit)（\(period)）"
        }, most: 5, in: language)
    }
    var english: [String] = []
    var chinese: [String] = []
    if !entries.isEmpty {
      let verb = entries.count == 1 ? "begins" : "begin"
      english.append("\(entries.count) \(verb) after \(first), first observed: \(names(entries, .english))")
      chinese.append("\(entries.count)个晚于\(first)进入，首次观测：\(names(entries, .chinese))")
    }
    if !exits.isEmpty {
      let verb = exits.count == 1 ? "ends" : "end"
      english.append("\(exits.count) \(verb) before \(last), last observed: \(names(exits, .english))")
      chinese.append("\(exits.count)个早于\(last)退出，末次观测：\(names(exits, .chinese))")
    }
    return Phrase(
      "Units come and go: \(english.joined(separator: "; ")). What differs between periods is in part who is observed.",
      zh: "样本个体有进有出：\(chinese.joined(separator: "；"))。各期之间的差异部分源于观测个体的变化。")
  }
}

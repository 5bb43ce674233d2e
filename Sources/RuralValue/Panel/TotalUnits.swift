/// Units of a panel that look like totals of others: by their names, by their codes, or because their values are sums.
///
/// A total among the counties doubles what it sums and pulls every mean, weight and maximum towards itself.
struct TotalUnits {
  private let panel: Panel
  /// The units that look like totals, and why, in the panel's order.
  private(set) var found: [(unit: String, reason: Phrase)] = []

  /// Looks through a panel, whose sums are taken over a few of its variables.
  init(_ panel: Panel) {
    self.panel = panel
    var reasons: [Int: Phrase] = [:]
    for (position, unit) in panel.units.enumerated()
    where unit.utf8.first.map({ $0 > UInt8(ascii: "9") || $0 < UInt8(ascii: "0") }) ?? false
      && ColumnWords.isTotal(unit)
    {
      reasons[position] = Phrase("its name", zh: "名称")
    }
    for position in TotalUnits.heads(of: panel.units) where reasons[position] == nil {
      reasons[position] = Phrase("its code, the head of others'", zh: "其代码为其他代码的上级")
    }
    let members = panel.units.indices.filter { reasons[$0] == nil }
    for (position, variable) in sums(among: members) where reasons[position] == nil {
      reasons[position] = Phrase("the sum of others in \(variable)", zh: "\(variable)为其他个体之和")
    }
    found = reasons.sorted { $0.key < $1.key }.map { (panel.units[$0.key], $0.value) }
  }

  /// The note that names them; empty where there is none.
  var notes: [Phrase] {
    guard let first = found.first else { return [] }
    let list = found.map { "\"\($0.unit)\" (\($0.reason.english))" }
    let listChinese = found.map { "“\($0.unit)”（\($0.reason.chinese)）" }
    return [
      Phrase(
        "\(listed(list, most: 8)) look\(found.count == 1 ? "s" : "") like \(found.count == 1 ? "a total" : "totals")"
          + " of other units and \(found.count == 1 ? "is" : "are") kept as \(found.count == 1 ? "a unit" : "units");"
          + " \(Setting("where")) \"\(panel.unitColumn)!=\(first.unit)\" leaves such a row out.",
        zh: "\(listed(listChinese, most: 8, in: .chinese))可能为其他个体的合计，仍按个体保留；可用\(Setting("where"))"
          + " \"\(panel.unitColumn)!=\(first.unit)\"剔除。")
    ]
  }

  // MARK: - Codes

  /// Codes of six digits that end in 00, or of five in 000, and of which others have the digits before.
  private static func heads(of units: [String]) -> [Int] {
    guard let length = units.first?.utf8.count, length == 6 || length == 5,
      units.allSatisfy({ $0.utf8.count == length && $0.utf8.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 } })
    else { return [] }
    let sizes = length == 6 ? [2, 4] : [2]
    var counts: [Substring: Int] = [:]
    for unit in units { for size in sizes { counts[unit.prefix(size), default: 0] += 1 } }
    return units.indices.filter { position in
      let unit = units[position]
      return sizes.contains { size in
        unit.dropFirst(size).allSatisfy { $0 == "0" } && counts[unit.prefix(size), default: 0] > 2
      }
    }
  }

  // MARK: - Sums

  /// How many variables are looked at.
  private static let mostVariables = 2

  /// Units whose values are, in every period, the sums of all other members or of those that stand right below.
  ///
  /// One variable is enough where it takes several values; a number that stays the same, or the one period of a
  /// cross-section, must agree in two.
  private func sums(among members: [Int]) -> [Int: String] {
    guard members.count >= 3 else { return [:] }
    var (found, weak): ([Int: String], [Int: Int]) = ([:], [:])
    let names = panel.variableNames.prefix(TotalUnits.mostVariables)
    for name in names {
      guard let values = try? panel.values(of: name) else { continue }
      let table = cells(of: values, members)
      let totals = panel.periods.indices.map { period in
        table.reduce(0) { $0 + ($1[period].isNaN ? 0 : $1[period]) }
      }
      for (place, own) in table.enumerated() {
        let agreeing = max(
          agreement(own, zip(totals, own).map { $0 - $1 }), agreementBelow(place, in: table) - 1)
        if agreeing >= 2 {
          found[members[place]] = name
        } else if agreeing == 1 {
          weak[members[place], default: 0] += 1
        }
      }
    }
    for (unit, count) in weak where count >= 2 && count == names.count {
      found[unit] = names[names.startIndex]
    }
    return found
  }

  private func cells(of values: [Double], _ members: [Int]) -> [[Double]] {
    members.map { unit in
      panel.periods.indices.map { period in panel.row(unit: unit, period: period).map { values[$0] } ?? .nan }
    }
  }

  /// In how many different values of a unit its cells are sums, up to what rounding leaves; 0 where one is not.
  private func agreement(_ own: [Double], _ sums: [Double]) -> Int {
    var equal: Set<Double> = []
    for (value, sum) in zip(own, sums) where !value.isNaN && value != 0 {
      guard abs(value - sum) <= 1e-5 * abs(value) else { return 0 }
      equal.insert(value)
    }
    return equal.count
  }

  /// The same for the sums of two or more of the units that stand right below.
  private func agreementBelow(_ place: Int, in table: [[Double]]) -> Int {
    let own = table[place]
    guard let probe = own.firstIndex(where: { !$0.isNaN && $0 > 0 }) else { return 0 }
    var sums = [Double](repeating: 0, count: own.count)
    for (count, other) in zip(1..., table[(place + 1)...].prefix(300)) {
      guard !other[probe].isNaN, other[probe] >= 0 else { return 0 }
      for period in sums.indices { sums[period] += other[period] }
      if sums[probe] > own[probe] * (1 + 1e-5) { return 0 }
      if count > 1, sums[probe] >= own[probe] * (1 - 1e-5) {
        let agreeing = agreement(own, sums)
        if agreeing > 0 { return agreeing }
      }
    }
    return 0
  }
}

extension Panel {
  /// What is to be said of units that look like totals of others.
  public var totalNotes: [Phrase] { TotalUnits(self).notes }

  /// What is to be said of numbers such as −9999 and 999999 that stand again and again, far from all others.
  ///
  /// Statistical offices and survey programs write them for a missing value; that they mean one cannot be known.
  public var sentinelNotes: [Phrase] {
    var notes: [Phrase] = []
    for name in variableNames {
      guard let values = try? values(of: name) else { continue }
      var counts: [Double: Int] = [:]
      for value in values where Panel.isOfNines(value) { counts[value, default: 0] += 1 }
      let repeated = counts.filter { $0.value > 1 }
      guard !repeated.isEmpty else { continue }
      let others = values.filter { !$0.isNaN && repeated[$0] == nil }
      guard let least = others.min(), let most = others.max() else { continue }
      let far = repeated.keys.filter { value in
        value < least - (most - least) || (value < 0 && least >= 0)
          || value > most + 2 * max(most - least, abs(most))
      }.sorted()
      guard !far.isEmpty else { continue }
      let texts = far.map { RoundTripNumber.text($0) }
      let list = zip(texts, far).map { "\($0) (\(repeated[$1]!))" }
      notes.append(
        Phrase(
          "\(name): \(list.joined(separator: ", ")) \(texts.count == 1 ? "lies" : "lie") far from all other values and"
            + " may stand for missing ones; then say so: \(Setting("missing-as"))=\(texts.joined(separator: ",")).",
          zh: "\(name)：\(list.joined(separator: "、"))远离其他取值，可能表示缺失；如是，请用\(Setting("missing-as"))="
            + "\(texts.joined(separator: ","))说明。"))
    }
    return notes
  }

  /// Whether a number is −9, −99, 999, 9999 and so on.
  private static func isOfNines(_ value: Double) -> Bool {
    guard value == value.rounded(), value <= -9 || value >= 999, abs(value) < 1e12 else { return false }
    return "\(Int(abs(value)))".allSatisfy { $0 == "9" }
  }
}

extension Table {
  /// How often which marker stands for a missing value in some columns; empty where none does.
  public func markerNotes(_ columns: [String]) -> [Phrase] {
    var counts: [String: Int] = [:]
    for name in columns {
      guard let column = columnNames.firstIndex(of: name) else { continue }
      for row in 0..<rowCount where !isEmpty(row: row, column: column) {
        guard case .missing = reading(row: row, column: column) else { continue }
        counts[CellText.trimmed(text(row: row, column: column)), default: 0] += 1
      }
    }
    guard !counts.isEmpty else { return [] }
    let list = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\"\($0.key)\" (\($0.value))" }
    return [
      Phrase(
        "\(source): taken as missing: \(listed(list, most: 12)).",
        zh: "\(source)：视为缺失：\(listed(list, most: 12, in: .chinese))。")
    ]
  }
}

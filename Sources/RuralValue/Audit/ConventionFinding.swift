/// Which levels an audit takes, and why.
struct LevelChoice: Equatable {
  /// Where the levels come from.
  enum Basis: String {
    /// The call.
    case given
    /// The table's note.
    case stated
    /// They explain the rows.
    case tried
    /// Nothing tells them; they are the most usual.
    case usual
  }

  let basis: Basis
  let convention: StarConvention
  let finding: AuditFinding?

  /// The levels given, else those that the note states, else those that explain the rows.
  init(_ table: PublishedTable, given: [Double]?, _ reference: AuditReference) {
    let search = ConventionSearch(table, reference)
    if let given {
      let weak = table.rows.lazy.compactMap(\.mark).first(where: MarkText.isWeak)
      let marks = ([weak].compactMap(\.self) + (1...3).map { StarText.stars($0) }).prefix(given.count)
      basis = .given
      convention = StarConvention(marks: Array(marks), levels: given)
      let other = table.stated == convention ? nil : table.stated
      finding = other.map(Self.finding(givenInsteadOf:))
    } else if let stated = table.stated {
      basis = .stated
      convention = stated
      finding = search.map { Self.finding(stated: stated, $0, table, reference) }
    } else if let search, let best = search.trials.first {
      basis = search.tellsNothing || search.isAtChance ? .usual : .tried
      convention = best.convention
      finding = Self.finding(tried: search, best)
    } else {
      basis = .usual
      convention = .economics
      finding = nil
    }
  }

  private static func finding(givenInsteadOf stated: StarConvention) -> AuditFinding {
    AuditFinding(
      .levels, rows: [],
      Phrase(
        "The table's note states other levels than the call gives: \(stated.text).",
        zh: "表注所述的显著性水平与调用所给不同：\(stated.text)。"),
      values: [JSONMember("basis", .string(Basis.given.rawValue)), stated.levelsMember])
  }

  private static func finding(
    stated: StarConvention, _ search: ConventionSearch, _ table: PublishedTable, _ reference: AuditReference
  ) -> AuditFinding {
    let fitting = ConventionSearch.fitting(stated, table, reference)
    let count = search.judged.count
    let better = search.trials.filter { $0.convention != stated && $0.fitting.count > fitting.count }
      .max { $0.fitting.count < $1.fitting.count }
    let more =
      better.map { trial in
        Phrase(
          "; \(trial.convention.shortName) would explain \(trial.fitting.count)",
          zh: "；若为\(trial.convention.shortName)则可解释\(trial.fitting.count)行")
      } ?? Phrase("", zh: "")
    return AuditFinding(
      .levels, rows: search.judged.filter { !fitting.contains($0) },
      Phrase(
        "Levels as the table's note states them; they explain the marks of \(fitting.count) of \(count) rows"
          + more.english + ".",
        zh: "显著性水平依表注；可解释\(count)行中\(fitting.count)行的标记\(more.chinese)。"),
      values: [
        JSONMember("basis", .string(Basis.stated.rawValue)), stated.levelsMember, search.trialsMember,
      ])
  }

  private static func finding(tried search: ConventionSearch, _ best: ConventionSearch.Trial) -> AuditFinding
  {
    let count = search.judged.count
    let shown = search.trials.filter { $0.convention != best.convention && $0.share >= 0.02 }
      .sorted { $0.fitting.count > $1.fitting.count }.prefix(3)
    let counts = ([best] + shown).map { "\($0.convention.shortName) \($0.fitting.count)" }
    let list = counts.joined(separator: ", ")
    let basis: Basis
    let verdict: Phrase
    if search.tellsNothing {
      basis = .usual
      verdict = Phrase(
        " No row tells them apart; \(best.convention.shortName) is taken as the most usual.",
        zh: "没有任何一行能区分它们；取最常用的\(best.convention.shortName)。")
    } else if search.isAtChance {
      basis = .usual
      verdict = Phrase(
        " None explains more than chance would, so that the rows do not say which is meant;"
          + " \(best.convention.shortName) is taken as the most usual with these marks.",
        zh: "均不优于随机，无法由数据判断所指；取与这些标记相配的最常用者\(best.convention.shortName)。")
    } else {
      basis = .tried
      verdict = Phrase(" \(best.convention.shortName) is taken.", zh: "取\(best.convention.shortName)。")
    }
    let rivals = search.rivals(of: best)
    return AuditFinding(
      .levels, rows: search.judged.filter { !best.fitting.contains($0) },
      Phrase(
        "Levels are not stated. Of \(count) rows the usual ones explain: \(list)." + verdict.english
          + rivals.english,
        zh: "未说明显著性水平。常用水平可解释\(count)行中的行数：\(list)。\(verdict.chinese)\(rivals.chinese)"),
      values: [
        JSONMember("basis", .string(basis.rawValue)), best.convention.levelsMember, search.trialsMember,
      ])
  }
}

extension ConventionSearch {
  /// What else could be meant: the conventions that explain as many rows, and a more usual one that would make more
  /// decision errors, lest the choice hide them.
  fileprivate func rivals(of best: Trial) -> Phrase {
    guard !tellsNothing else { return Phrase("", zh: "") }
    let equal = trials.filter {
      $0.convention != best.convention && $0.fitting.count >= best.fitting.count && $0.share >= 0.02
    }
    let hidden = trials.first {
      $0.convention != best.convention && $0.fitting.count < best.fitting.count
        && 2 * $0.fitting.count > judged.count
        && !Set($0.decisionErrors).subtracting(best.decisionErrors).isEmpty
    }
    var (english, chinese) = ("", "")
    if !equal.isEmpty {
      let names = equal.map(\.convention.shortName)
      let isMore = equal.contains { $0.fitting.count > best.fitting.count }
      english += " \(names.joined(separator: "; ")) would explain as many\(isMore ? " or more" : "")."
      chinese += "\(names.joined(separator: "；"))可解释同样\(isMore ? "或更" : "")多的行。"
    }
    if let hidden {
      let rows = hidden.decisionErrors.filter { !best.decisionErrors.contains($0) }
      english +=
        " Were \(hidden.convention.shortName) meant, these would be decision errors: \(rows.joined(separator: ", "))."
      chinese += "若本意为\(hidden.convention.shortName)，则显著性判断有误的行为：\(rows.joined(separator: "、"))。"
    }
    return Phrase(english, zh: chinese)
  }

  fileprivate var trialsMember: JSONMember {
    JSONMember(
      "tried",
      .array(
        trials.map { trial in
          .object([
            JSONMember("marks", JSONValue(trial.convention.marks)), trial.convention.levelsMember,
            JSONMember("explained", .integer(trial.fitting.count)),
            JSONMember("judged", .integer(judged.count)),
          ])
        }))
  }
}

extension StarConvention {
  fileprivate var levelsMember: JSONMember { JSONMember("levels", .array(levels.map(JSONValue.number))) }
}

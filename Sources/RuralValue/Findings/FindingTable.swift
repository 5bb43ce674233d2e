/// The numbers that answer what a study asked, each with its interval, and what the variants keep of it.
public struct FindingTable: Sendable, Equatable {
  /// How many numbers answer where nobody says which.
  public static let most = 5

  /// The questions, in their order.
  public let questions: [Phrase]
  /// The numbers, those of one question together.
  public let findings: [Finding]

  /// A table from its questions and the numbers that answer them.
  public init(questions: [Phrase], findings: [Finding]) {
    self.questions = questions
    self.findings = findings
  }

  /// The names of the numbers that answer where nobody says which: of each model in turn its first, then its second, until
  /// there are five; in the order of the models.
  public static func standard(_ sources: [FindingSource]) -> [(source: Int, name: String)] {
    let lists = sources.map(\.standardNames)
    var taken: [(source: Int, name: String)] = []
    for place in 0..<most {
      for (source, list) in lists.enumerated() where place < list.count && taken.count < most {
        taken.append((source, list[place]))
      }
    }
    return taken.enumerated().sorted { ($0.element.source, $0.offset) < ($1.element.source, $1.offset) }
      .map(\.element)
  }

  /// A row a number: estimate, interval, p value, observations, and in how many variants it stays as it is.
  public var table: ResultTable {
    let levels = Set(findings.compactMap { $0.estimate == nil ? nil : $0.confidenceLevel })
    let level = levels.count == 1 ? levels.first : nil
    let intervals = findings.map { $0.estimate?.interval($0.confidenceLevel) ?? (.nan, .nan) }
    return ResultTable(
      name: "findings", title: Phrase("What answers it", zh: "作答的数值"),
      columns: [
        ResultColumn("number", Phrase("Number", zh: "数值"), .text(findings.map(\.key)))
          .shown(as: findings.map(\.words)),
        ResultColumn("model", Phrase("Model", zh: "模型"), .phrase(findings.map(\.model))),
        ResultColumn(
          "estimate", Phrase("Estimate", zh: "估计值"), .number(findings.map { $0.estimate?.value ?? .nan }),
          display: .inference(.estimate),
          significance: findings.map { $0.estimate?.significance ?? .nan }),
        .low(level, intervals.map(\.low)), .high(level, intervals.map(\.high)),
        ResultColumn(
          "p_value", Phrase("p", zh: "p值"), .number(findings.map(\.pValue)), display: .probability),
        ResultColumn(
          "observations", Phrase("N", zh: "样本量"), .integer(findings.map(\.observations)), missing: .blank),
        ResultColumn(
          "kept", Phrase("Variants\nthat agree", zh: "一致的\n变体"), .phrase(findings.map(\.agreement)),
          missing: .blank),
      ], sections: sections, notes: notes)
  }

  /// A block a question, where there are several.
  private var sections: [ResultTable.Section] {
    guard Set(findings.map(\.question)).count > 1 else { return [] }
    return findings.indices.filter { $0 == 0 || findings[$0].question != findings[$0 - 1].question }.map {
      let number = findings[$0].question + 1
      return .init(firstRow: $0, title: Phrase("Question \(number)", zh: "问题\(number)"))
    }
  }

  private var notes: [Phrase] {
    let reasons = findings.compactMap { finding -> Phrase? in
      guard case .none(let name, let reason) = finding.number else { return nil }
      return Phrase("\(name): \(reason.signedEnglish)", zh: "\(name)：\(reason.signedChinese)")
    }
    guard findings.contains(where: { $0.compared > 0 }) else { return reasons }
    return reasons + [
      Phrase(
        "A variant agrees where it has the same sign and stands on the same side of the 5% level; a test where it decides"
          + " alike.",
        zh: "变体一致：符号相同且在5%水平的同一侧；检验则为结论相同。")
    ]
  }

  /// The variants that say otherwise, number by number; of one number a sentence.
  public var disagreements: [Phrase] {
    findings.filter { !$0.differing.isEmpty }.map { finding in
      let (count, words) = (finding.differing.count, finding.words)
      return Phrase(
        "\(words.signedEnglish) (\(finding.model.signedEnglish)) has another sign or stands on the other side of 5% in"
          + " \(count) of \(finding.compared) variants: \(listed(finding.differing.map(\.signedEnglish), most: 6)).",
        zh:
          "\(words.signedChinese)（\(finding.model.signedChinese)）在\(finding.compared)个变体中的\(count)个符号不同或在5%水平的另一侧："
          + "\(finding.differing.prefix(6).map(\.signedChinese).joined(separator: "、"))。")
    }
  }
}

extension Finding {
  fileprivate var agreement: Phrase {
    guard compared > 0 else { return Phrase("none run", zh: "未运行") }
    let kept = compared - differing.count
    return Phrase("\(kept) of \(compared)", zh: "\(compared)个中\(kept)个")
  }
}

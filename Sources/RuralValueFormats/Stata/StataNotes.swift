import RuralValue

/// What a reader of Stata files found out or left out, in words.
struct StataNotes {
  private let source: String
  private(set) var notes: [Phrase] = []

  init(source: String) {
    self.source = source
  }

  mutating func add(encodingOf texts: StataTexts, release: StataRelease, isGiven: Bool) {
    if !release.isUTF8, !isGiven, let example = texts.example {
      let (name, quoted) = (texts.encoding == .gb18030 ? "GB18030 (GBK)" : texts.encoding.name, example)
      add(
        "Stata files of release \(release.number) do not say how their texts are encoded; read as \(name), as in"
          + " \"\(quoted)\"; \(Setting("encoding")) says otherwise",
        zh: "第 \(release.number) 版 Stata 文件不注明文本编码，现按 \(name) 读取，如“\(quoted)”；"
          + "可用 \(Setting("encoding")) 另行指定")
    }
    if let cut = texts.cutCells {
      add(
        "\(cut.count) text\(cut.count == 1 ? "" : "s") ended within a character, which is left out; the first is"
          + " variable \"\(cut.variable)\", observation \(cut.observation)",
        zh: "有 \(cut.count) 个文本在字符中间被截断，残缺的字符已略去；首例为变量“\(cut.variable)”第 \(cut.observation) 个观测")
    }
  }

  mutating func add(cutCode variable: String, observation: Int) {
    add(
      "variable \"\(variable)\" is a float and holds whole numbers above 16777216, of which a float has not all digits (the"
        + " first is observation \(observation)); if they are codes, store them as long, double or text",
      zh:
        "变量“\(variable)”为 float 型而含有大于 16777216 的整数（首个为第 \(observation) 个观测），float 无法保存其全部数字；如为代码，请改存为 long、double 或文本"
    )
  }

  mutating func add(unknownDecimals variable: String) {
    add(
      "numbers of variable \"\(variable)\" count as they are stored, 0.01 where 0.010 was printed; give it a format such as"
        + " %9.3f, or text",
      zh: "变量“\(variable)”的数按存储值计（印为0.010者作0.01）；请设为%9.3f等格式，或改为文本")
  }

  mutating func add(binary variable: String, observation: Int) {
    add(
      "left out variable \"\(variable)\": its strL of observation \(observation) is binary and no text",
      zh: "已略去变量“\(variable)”：其第 \(observation) 个观测的 strL 为二进制数据，不是文本")
  }

  mutating func add(valueLabelsOf variables: [String]) {
    guard !variables.isEmpty else { return }
    let names = variables.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ")
    let more = variables.count > 10 ? ", …" : ""
    add(
      "\(names)\(more) ha\(variables.count == 1 ? "s" : "ve") value labels; the numbers are taken,"
        + " \(Setting("value-labels")) takes the texts",
      zh: "\(names)\(more) 带有值标签；现取数值，\(Setting("value-labels")) 可改取标签文字")
  }

  mutating func add(missingLabels name: String, of variable: String) {
    add(
      "the value labels \"\(name)\" of variable \"\(variable)\" are not in the file; its numbers are taken",
      zh: "文件中没有变量“\(variable)”的值标签“\(name)”；现取其数值")
  }

  /// Formats of dates that are left as numbers.
  mutating func add(unreadFormat format: String, of variable: String) {
    let letters = format.drop { $0 == "%" || $0 == "-" }
    guard letters.hasPrefix("tC") || letters.hasPrefix("tb") else { return }
    add(
      "variable \"\(variable)\" has the format \(format) (\(letters.hasPrefix("tC") ? "times with leap seconds" : "a business calendar"));"
        + " its numbers are left as they are",
      zh: "变量“\(variable)”的格式为 \(format)（\(letters.hasPrefix("tC") ? "含闰秒的时间" : "工作日历")）；其数值保持不变")
  }

  mutating func add(noDate value: Double, of variable: String, format: String, observation: Int) {
    let number = RoundTripNumber.text(value)
    add(
      "variable \"\(variable)\" has the date format \(format), but \(number) in observation \(observation) is no such"
        + " date; its numbers are left as they are",
      zh: "变量“\(variable)”的格式为日期 \(format)，但第 \(observation) 个观测的 \(number) 不是这样的日期；其数值保持不变")
  }

  mutating func add(missing: [StataMissing]) {
    guard !missing.isEmpty else { return }
    var counts: [String: Int] = [:]
    for cell in missing { counts[cell.code, default: 0] += 1 }
    let codes = counts.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
    let list = codes.prefix(5).joined(separator: ", ") + (codes.count > 5 ? ", …" : "")
    add(
      "the codes of missing values \(list) are read as missing, like the plain one",
      zh: "缺失代码 \(list) 与普通缺失值同样按缺失处理")
  }

  mutating func add(notFinite count: Int, variable: String, observation: Int) {
    guard count > 0 else { return }
    add(
      "\(count) value\(count == 1 ? " is" : "s are") not finite and taken as missing; the first is variable"
        + " \"\(variable)\", observation \(observation)",
      zh: "有 \(count) 个值不是有限数，按缺失处理；首例为变量“\(variable)”第 \(observation) 个观测")
  }

  mutating func add(markers: [(marker: String, count: Int)]) {
    var words = CSVNotes(source: source)
    words.add(markers: markers)
    notes += words.terms
  }

  private mutating func add(_ english: String, zh chinese: String) {
    notes.append(Phrase("\(source): \(english).", zh: "\(source)：\(chinese)。"))
  }
}

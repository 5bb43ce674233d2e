/// The captions of maps side by side: a letter, and what tells them apart.
struct PanelTitles {
  private let titles: [Phrase?]

  init(_ panels: [(variable: String?, period: Int?)], _ labels: [String: String]) {
    guard panels.count > 1 else {
      titles = panels.map { $0.period.map { Phrase(verbatim: String($0)) } }
      return
    }
    let hasVariables = Set(panels.map(\.variable)).count > 1
    let hasPeriods = Set(panels.map(\.period)).count > 1
    titles = panels.enumerated().map { position, panel in
      let letter = Unicode.Scalar(UInt8(ascii: "a") + UInt8(position % 26))
      let variable = hasVariables ? panel.variable.map { labels[$0] ?? $0 } : nil
      let period = hasPeriods || !hasVariables ? panel.period.map(String.init) : nil
      return Phrase(
        verbatim: "(\(Character(letter))) " + [variable, period].compactMap { $0 }.joined(separator: ", "))
    }
  }

  subscript(_ position: Int) -> Phrase? { titles[position] }
}

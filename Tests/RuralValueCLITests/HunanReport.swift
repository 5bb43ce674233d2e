import Foundation
import RuralValue
import RuralValueFormats
import TestSupport

@testable import RuralValueCLI

/// The report of a study of the simulated Hunan panel, made from the verbs' own documents: as large as a real
/// one, for tests and for looking at.
struct HunanReport {
  let options: RenderOptions
  private(set) var fragments: [ReportFragment] = []
  private let folder: String

  init(language: Language) throws {
    options = RenderOptions(language: language)
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    self.folder = folder.path
    try addAll()
  }

  var page: String {
    ReportPage.render(
      title: options.language == .english
        ? "Factor flows and the rural value of Hunan's counties" : "要素流动与湖南县域乡村多元价值",
      facts: [
        (Phrase("Panel", zh: "面板"), "Fixtures/data/hunan/panel-simulated.csv"),
        (Phrase("Units and periods", zh: "个体与时期"), "121 × 2012–2022"),
        (Phrase("Seed", zh: "随机种子"), "1"), (Phrase("Program", zh: "程序"), "ruralvalue \(ToolVersion.number)"),
      ], fragments: fragments,
      notes: [Phrase("Every table is also a file of its own.", zh: "各表另存为单独文件。")], options: options)
  }

  private var data: String { ProjectFiles.fixture("data/hunan").path }

  private mutating func addAll() throws {
    let panel = "\(data)/panel-simulated.csv"
    try add(
      "describe-raw", .data, Phrase("Raw indicators", zh: "原始指标"),
      ["describe", panel, "--variables", "rural_income,grain_output,machinery_power"])
    try add(
      "entropy", .indices, Phrase("Composite scores", zh: "综合得分"),
      ["entropy", panel, "--indicators", "\(data)/indicators.csv", "--label", "name_zh"])
    let scores = "\(folder)/scores.csv"
    try add(
      "describe", .association, Phrase("Variables of the models", zh: "模型变量"),
      ["describe", scores, "--variables", "V,P,C,I,T"])
    let gmm = ["gmm", scores, "--gmm", "V,2:4;collapse", "--time-effects", "both"]
    try add(
      "gmm-products", .dynamicPanel, Phrase("Products of the four flows", zh: "四类要素流动的交互项"),
      gmm + ["--formula", "V ~ lag(V) + P*C*I*T", "--exogenous", "P*C*I*T", "--center", "--margins", "P,C"])
    try add(
      "gmm-sums", .dynamicPanel, Phrase("Sums of the four flows", zh: "四类要素流动之和"),
      gmm + ["--formula", "V ~ lag(V) + P + C + I + T", "--exogenous", "P,C,I,T", "--sums", "P,C,I,T"])
    try add(
      "moran", .space, Phrase("Moran's I of V", zh: "V 的莫兰指数"),
      ["moran", scores, "--variable", "V", "--weights", "\(data)/queen.csv", "--permutations", "99"])
    let sdm = ["sdm", scores, "--formula", "V ~ P + C + I + T"]
    let base = try add(
      "sdm-main", .spatialModel, Phrase("Two-way fixed effects, queen contiguity", zh: "时空双固定，邻接矩阵"),
      sdm + ["--weights", "\(data)/queen.csv"])
    try addRobustness(base, sdm)
    let map = ["map", "\(data)/counties.geojson", "--table", scores, "--periods", "2012,2017,2022"]
    try add(
      "map-overlay", .maps, Phrase("Rural value in three years", zh: "三个年份的乡村多元价值"),
      map + ["--fill", "V", "--circles", "P"])
    try add("map-missing", .maps, Phrase("A map that cannot be drawn", zh: "无法绘制的地图"), map + ["--fill", "Q"])
  }

  private mutating func addRobustness(_ base: ResultDocument?, _ sdm: [String]) throws {
    guard let base else { return }
    func model(_ name: Phrase, _ words: [String]) -> RobustnessTable.Model {
      do {
        return .init(name: name, document: try answer(words, writesScores: false).document)
      } catch { return .init(name: name, failure: "\(error)") }
    }
    let queen = ["--weights", "\(data)/queen.csv", "--draws", "0"]
    let table = RobustnessTable(
      base: .init(name: Phrase("Base model", zh: "基准模型"), document: base),
      variants: [
        model(Phrase("Fixed effects of units only", zh: "仅个体固定效应"), sdm + queen + ["--effects", "unit"]),
        model(Phrase("Without the Lee–Yu correction", zh: "不作Lee–Yu修正"), sdm + queen + ["--lee-yu", "none"]),
        model(Phrase("Clustered standard errors", zh: "聚类标准误"), sdm + queen + ["--se", "cluster"]),
        model(Phrase("Weights that are not there", zh: "权重文件缺失"), sdm + ["--weights", "\(data)/quen.csv"]),
      ])
    let document = table.document.markedAsSimulated
    append(
      .init(
        anchor: "robustness-main", chapter: .robustness,
        title: Phrase("Variants of the main model", zh: "主模型的各变体"),
        tables: document.parts.filter(\.isShown).map { ReportTable($0.table) },
        figures: document.figures.compactMap { ReportFigure($0, language: options.language) }))
  }

  private mutating func append(_ section: ReportSection) {
    fragments.append(ReportFragment(section, options: options))
  }

  @discardableResult
  private mutating func add(_ anchor: String, _ chapter: ReportChapter, _ title: Phrase, _ words: [String])
    throws
    -> ResultDocument?
  {
    let call = "ruralvalue " + words.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
    do {
      let answer = try answer(words, writesScores: anchor == "entropy")
      var figures = answer.document.figures.compactMap { ReportFigure($0, language: options.language) }
      if let product = answer.product {
        figures.append(.init(svg: String(decoding: product.bytes, as: UTF8.self), caption: title))
      }
      append(
        .init(
          anchor: anchor, chapter: chapter, title: title, call: call,
          tables: answer.document.parts.filter(\.isShown).map { ReportTable($0.table) }, figures: figures,
          notes: answer.document.notes))
      return answer.document
    } catch {
      append(.init(anchor: anchor, chapter: chapter, title: title, call: call, failure: "\(error)"))
      return nil
    }
  }

  private func answer(_ words: [String], writesScores: Bool) throws -> CommandAnswer {
    let command = CommandLineTool.commands.first { $0.definition.name == words[0] }!
    let inputs = InputReader(RecordingConsole())
    let answer = try Call(Array(words.dropFirst()), of: command).run(inputs)
    let document = inputs.hasSimulatedData ? answer.document.markedAsSimulated : answer.document
    if writesScores, let scores = answer.document.parts.first(where: { $0.table.name == "scores" }) {
      try Data(CSVWriter.bytes(of: scores.table)).write(to: URL(filePath: "\(folder)/scores.csv"))
    }
    return CommandAnswer(document: document, product: answer.product)
  }
}

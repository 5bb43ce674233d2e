import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// Data files of all sorts and from all places, and the study file whose paths lead to their copies.
@Suite struct PackagedNamesTests {
  @Test
  func
    `data from elsewhere, of one name, with a Chinese name and with absolute paths have places of their own`()
    throws
  {
    let box = try StudySandbox()
    for folder in ["研究", "a", "b"] {
      try FileManager.default.createDirectory(atPath: box.path(folder), withIntermediateDirectories: true)
    }
    let move = { (old: String, new: String) in
      try FileManager.default.moveItem(atPath: box.path(old), toPath: box.path(new))
    }
    try move("panel.csv", "a/数据.csv")
    try move("system.csv", "b/数据.csv")
    try move("study.json", "研究/study.json")
    try box.change("研究/study.json", "file: \"panel.csv\"", "file: '../a/数据.csv'")
    try box.change("研究/study.json", "\"system.csv\"", "\"\(box.path("b/数据.csv"))\"")
    try box.change(
      "研究/study.json", "links: \"links.csv\"", "links: \"./../links.csv\", again: { file: \"../links.csv\" }")
    let outcome = ruralvalue(["study", box.path("研究/study.json"), "--package", box.path("p")])
    #expect(outcome.code == .done, "\(outcome.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: box.path("p/data")).sorted()
    #expect(names == ["links.csv", "数据-2.csv", "数据.csv"].sorted())
    let study = try box.text("p/study.json")
    #expect(study.contains("\"data/数据.csv\"") && study.contains("\"data/数据-2.csv\""))
    #expect(study.contains("links: \"data/links.csv\", again: { file: \"data/links.csv\" }"))
    #expect(ruralvalue(["study", box.path("p")]).code == .done)
  }

  @Test func `a folder of outputs outside the package becomes one inside`() throws {
    let box = try StudySandbox()
    try box.change("study.json", "folder: \"results\"", "folder: \"\(box.path("elsewhere"))\"")
    #expect(box.run("--package", box.path("p")).code == .done)
    #expect(box.exists("p/results/report.html") && !box.exists("elsewhere"))
    #expect(try box.text("p/study.json").contains("folder: \"results\""))
  }

  @Test func `of a shapefile all parts are copied, under one name`() throws {
    let squares: [[[(Double, Double)]]] = (0..<4).map { place in
      let x = Double(place)
      return [[(x, 0.0), (x, 1), (x + 1, 1), (x + 1, 0), (x, 0)]]
    }
    let shapes = ShapefileBytes(features: squares)
    let box = try StudySandbox(
      study: """
        { panel: { file: "panel.csv" }, weights: { queen: { file: "map/county.shp", rule: "queen", id: "ID" } } }
        """)
    try FileManager.default.createDirectory(atPath: box.path("map"), withIntermediateDirectories: true)
    let parts: [(String, [UInt8])] = [
      ("county.shp", shapes.shapes), ("county.DBF", shapes.attributes), ("county.cpg", Array("UTF-8".utf8)),
      ("county.shx", [1, 2, 3]), ("county-2.dbf", [4]), ("county.txt", [5]),
    ]
    for (name, bytes) in parts { try Data(bytes).write(to: URL(filePath: box.path("map/\(name)"))) }
    let outcome = box.run("--package", box.path("p"))
    #expect(outcome.code == .done, "\(outcome.errors)")
    let data = try FileManager.default.contentsOfDirectory(atPath: box.path("p/data")).sorted()
    #expect(data == ["county.DBF", "county.cpg", "county.shp", "county.shx", "panel.csv"])
    #expect(ruralvalue(["study", box.path("p")]).code == .done)
  }

  @Test func `a sheet of a workbook, settings behind a file and lists keep what stands beside the name`()
    throws
  {
    let box = try StudySandbox()
    try box.write("code,prefecture\n0430102,长沙\n0430103,长沙\n0430104,株洲\n", to: "places.csv")
    try box.write("code,big\n0430102,1\n0430103,2\n0430104,3\n", to: "more.csv")
    let rows = (try box.text("panel.csv")).split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    try Data(WorkbookBytes.bytes(of: rows, texts: [0, 2])).write(to: URL(filePath: box.path("book.xlsx")))
    try box.change(
      "study.json", "file: \"panel.csv\"",
      "file: \"book.xlsx#Panel\", join: [\"places.csv;unit=code\", \"more.csv\"]")
    let outcome = box.run("--package", box.path("p"))
    #expect(outcome.code == .done, "\(outcome.errors)")
    let study = try box.text("p/study.json")
    #expect(study.contains("\"data/book.xlsx#Panel\""))
    #expect(study.contains("[\"data/places.csv;unit=code\", \"data/more.csv\"]"))
    #expect(ruralvalue(["study", box.path("p")]).code == .done)
  }

  @Test func `a study that would make other calls from a package is refused`() throws {
    // A file whose name is a key of the study file, too.
    let box = try StudySandbox()
    try FileManager.default.moveItem(atPath: box.path("panel.csv"), toPath: box.path("panel"))
    try box.change("study.json", "panel: { file: \"panel.csv\"", "\"panel\": { file: \"panel\"")
    let outcome = box.run("--package", box.path("p"))
    #expect(outcome.code == .usage)
    #expect(!box.exists("p"))
  }
}

import Foundation
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// Every call that reads CSV answers the same when each of its tables is a workbook.
@Suite struct WorkbookEverywhereTests {
  private static let seeds = ProjectFiles.root.appending(path: "Tests/Fuzz/seeds")

  /// The seeds of fuzzing that read tables beside them and print their answer as text.
  static let calls: [String] = {
    let lines = (try? String(contentsOf: seeds.appending(path: "calls"), encoding: .utf8))?.split(
      separator: "\n")
    let others = [
      "--json", "--out", " study ", " simulate ", "Fixtures/", "mystudy/", ".csv.gz", "--residuals",
    ]
    let found = (lines ?? []).map(String.init).filter { line in
      line.hasPrefix("ruralvalue") && line.contains(".csv") && !others.contains { line.contains($0) }
    }
    return found + [
      "ruralvalue entropy panel.csv --indicators system.csv",
      "ruralvalue efficiency panel.csv --inputs gdp --outputs income",
    ]
  }()

  /// The seeds' tables, each as CSV and as a workbook of the same cells.
  private static let folder: URL = {
    let folder = FileManager.default.temporaryDirectory.appending(path: "workbooks-\(UUID().uuidString)")
    try? FileManager.default.copyItem(at: seeds, to: folder)
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    for name in files where name.hasSuffix(".csv") {
      guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else {
        continue
      }
      let rows = text.split(separator: "\n").map { line in
        cells(of: line.trimmingCharacters(in: .whitespacesAndNewlines))
      }
      let bytes = WorkbookBytes.bytes(
        of: rows, texts: texts(in: rows, isPrinted: name.contains("table") || name.contains("printed")))
      try? Data(bytes).write(to: folder.appending(path: name.dropLast(4) + ".xlsx"))
    }
    return folder
  }()

  /// The cells of a line, some of them in quotation marks.
  private static func cells(of line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for letter in line {
      switch letter {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(letter)
      }
    }
    return cells
  }

  /// The columns that a researcher would keep as text: codes with a zero in front, words, and printed numbers.
  private static func texts(in rows: [[String]], isPrinted: Bool) -> Set<Int> {
    Set(
      rows[0].indices.filter { column in
        isPrinted
          || rows.dropFirst().contains { row in
            guard column < row.count, !row[column].isEmpty else { return false }
            let cell = row[column]
            return Double(cell) == nil || cell.count > 1 && cell.hasPrefix("0") && !cell.hasPrefix("0.")
          }
      })
  }

  /// The words of an answer, with the name of the workbook's sheet taken for that of the text.
  private static func words(_ text: String) -> [String] {
    let named = text.replacing(".xlsx, sheet \"Panel\"", with: ".csv").replacing(".xlsx", with: ".csv")
    let words = named.split { $0.isWhitespace || $0 == "," }.map(String.init)
    // A sheet holds a number and not its digits: what is passed on is 37 where a text had 37.0.
    return words.filter { word in !word.allSatisfy { "=-─".contains($0) } }.map { word in
      guard let number = Double(word) else { return word }
      return "\(number)"
    }
  }

  private static func outcome(_ call: String, ending: String) -> Outcome {
    let pattern = /([\w-]+)\.(csv|geojson|gal|gwt|topojson|dta|dbf|shp)\b/
    return shell(
      call.replacing(pattern) { match in
        "\(folder.path)/\(match.1).\(match.2 == "csv" ? ending : String(match.2))"
      })
  }

  @Test(arguments: calls)
  func `a call answers the same from workbooks as from CSV`(_ call: String) {
    let (text, book) = (Self.outcome(call, ending: "csv"), Self.outcome(call, ending: "xlsx"))
    #expect(text.code == book.code, "\(book.errors)")
    #expect(Self.words(text.output) == Self.words(book.output))
    for answer in [book.output, book.errors] {
      #expect(!answer.unicodeScalars.contains { (0xFDD0...0xFDEF).contains($0.value) }, "\(answer)")
    }
  }

  @Test func `there are such calls of every verb that reads tables`() {
    let verbs = Set(Self.calls.compactMap { $0.split(separator: " ").dropFirst().first.map(String.init) })
    let expected = [
      "prepare", "describe", "entropy", "fe", "gmm", "weights", "moran", "hotspot", "disparity", "coupling",
      "evaluate",
      "map", "sdm", "evolve", "efficiency", "audit",
    ]
    #expect(verbs.isSuperset(of: expected), "\(expected.filter { !verbs.contains($0) })")
  }
}

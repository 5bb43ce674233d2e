import Foundation
import RuralValueFormats
import Testing

@testable import RuralValueCLI

/// What a study writes for the paper: Word documents and pictures.
@Suite struct StudyPaperTests {
  /// The small study with another block `output`.
  private static func sandbox(_ output: String) throws -> StudySandbox {
    let box = try StudySandbox()
    let text = try box.text("study.json")
    let block = try #require(text.firstMatch(of: /"?output"?\s*:\s*\{[^}]*\}/))
    try box.write(
      text.replacingCharacters(in: block.range, with: "\"output\": { \(output) }"), to: "study.json")
    return box
  }

  @Test(arguments: ["en", "zh"])
  func `tables.docx holds the report's tables, and the manifest its digest`(language: String) throws {
    let box = try Self.sandbox("\"folder\": \"results\", \"formats\": [\"csv\", \"docx\"]")
    let outcome = box.run("--lang", language)
    #expect(outcome.code == .done, "\(outcome.errors)")
    let bytes = [UInt8](try Data(contentsOf: box.folder.appending(path: "results/tables.docx")))
    var archive = try ZipArchive(bytes, source: "tables.docx")
    let entry = try #require(archive["word/document.xml"])
    let text = String(decoding: try archive.unpack(entry), as: UTF8.self)
    let report = try box.text("results/report.html")
    let captions = report.split(separator: "<caption").count - 1
    #expect(captions > 5)
    #expect(text.split(separator: "w:val=\"Caption\"").count - 1 >= captions - 2)
    #expect(text.contains(language == "zh" ? " SEQ 表 " : " SEQ Table "))
    #expect(try box.text("results/manifest.json").contains(SHA256.hexadecimal(bytes)))
    let names = try box.files(in: "results").keys.filter { $0.hasSuffix(".docx") }
    #expect(names.contains { $0.hasSuffix("/tables.docx") } && names.count > 10)
    // Again, the same bytes; and without the format, none of them.
    #expect(box.run("--lang", language).code == .done)
    #expect([UInt8](try Data(contentsOf: box.folder.appending(path: "results/tables.docx"))) == bytes)
    try box.change("study.json", ", \"docx\"", "")
    #expect(box.run("--lang", language).code == .done)
    #expect(try box.files(in: "results").keys.allSatisfy { !$0.hasSuffix(".docx") })
  }

  @Test(.enabled(if: !PictureTests.programs.isEmpty))
  func `pictures stand beside the drawings that the report is made of`() throws {
    let box = try Self.sandbox("\"folder\": \"results\", \"figures\": [\"png\"], \"width\": \"85mm\"")
    let outcome = box.run()
    #expect(outcome.code == .done, "\(outcome.errors)")
    let files = try box.files(in: "results")
    let drawings = files.keys.filter { $0.hasSuffix(".svg") }
    #expect(!drawings.isEmpty)
    for name in drawings {
      let png = try #require(files[String(name.dropLast(3)) + "png"], "\(name)")
      #expect(PNGPicture([UInt8](png))?.width == 1004)
    }
    #expect(files.keys.count { $0.hasSuffix(".png") } == drawings.count)
    // A call's own words come before the file's.
    #expect(box.run("--figures", "svg").code == .done)
    #expect(try box.files(in: "results").keys.allSatisfy { !$0.hasSuffix(".png") })
  }

  @Test func `a wrong format or width is named where it stands`() throws {
    let box = try Self.sandbox("\"figures\": [\"gif\"], \"width\": \"wide\", \"formats\": [\"doc\"]")
    let outcome = box.run("--check")
    #expect(outcome.code != .done)
    for words in [
      "there is no format \"gif\"", "\"wide\"; expected a width from 10mm", "Did you mean \"docx\"",
    ] {
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  @Test func `labels of LaTeX tables differ from step to step`() throws {
    let box = try Self.sandbox("\"folder\": \"results\", \"formats\": [\"csv\", \"tex\"]")
    #expect(box.run().code == .done)
    let texts = try box.files(in: "results").filter { $0.key.hasSuffix(".tex") }.map {
      String(decoding: $0.value, as: UTF8.self)
    }
    let labels = texts.flatMap { $0.matches(of: /\\label\{([^}]*)\}/).map { String($0.1) } }
    #expect(labels.count == texts.count && Set(labels).count == labels.count)
  }
}

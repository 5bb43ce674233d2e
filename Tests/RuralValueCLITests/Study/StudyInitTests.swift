import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueCLI

/// `study --init`: what a newcomer gets, and that it works.
@Suite struct StudyInitTests {
  private static func temporary() -> String {
    FileManager.default.temporaryDirectory.appending(path: "init-\(UUID().uuidString)").path
  }

  @Test(arguments: ["hunan", "guangdong"], ["en", "zh"])
  func `a fresh template lacks its data alone, and is in order once they are there`(
    template: String, language: String
  ) throws {
    let folder = Self.temporary()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = ruralvalue(["study", "--init", folder, "--template", template, "--lang", language])
    #expect(made.code == .done)
    let study = folder + "/study.json"
    let bare = ruralvalue(["study", study, "--check"])
    #expect(bare.code == .file)
    #expect(bare.errors.contains("The panel is still to be put there"))
    #expect(bare.errors.split(separator: "\n").dropFirst().allSatisfy { $0.contains("There is no file") })

    let data = ProjectFiles.fixture("data/\(template)").path
    let manager = FileManager.default
    try manager.copyItem(atPath: data + "/panel-simulated.csv", toPath: folder + "/panel.csv")
    for name in ["counties.geojson", "counties.csv"] {
      try manager.copyItem(atPath: "\(data)/\(name)", toPath: "\(folder)/\(name)")
    }
    if template == "guangdong" {
      for name in ["accounts", "flows", "prices"] {
        try manager.copyItem(atPath: "\(data)/\(name)-simulated.csv", toPath: "\(folder)/\(name).csv")
      }
      #expect(
        try String(contentsOfFile: "\(data)/scorecard.csv", encoding: .utf8)
          == String(contentsOfFile: folder + "/scorecard.csv", encoding: .utf8))
    }
    let checked = ruralvalue(["study", study, "--check"])
    #expect(checked.code == .done, "\(checked.errors)")
    // Each column that README.txt asks for is one that the panel must have.
    let readme = try String(contentsOfFile: folder + "/README.txt", encoding: .utf8)
    let header = try String(contentsOfFile: folder + "/panel.csv", encoding: .utf8).prefix { $0 != "\n" }
    for indicator in IndicatorTemplate(rawValue: template)?.system.indicators ?? [] {
      #expect(readme.contains("\(indicator.column):"))
      #expect(header.contains(indicator.column))
    }
  }

  @Test func `nothing is overwritten`() throws {
    let folder = Self.temporary()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: folder + "/indicators.csv"))
    let outcome = ruralvalue(["study", "--init", folder])
    #expect(outcome.code == .file)
    #expect(outcome.errors.contains("already has indicators.csv; nothing was written"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["indicators.csv"])
  }
}

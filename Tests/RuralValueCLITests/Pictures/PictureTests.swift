import Foundation
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// PNG and PDF by the programs that are here, and what is said where one fails or none is.
@Suite(.serialized) struct PictureTests {
  static let data = ProjectFiles.fixture("data/hunan").path
  static let map = [
    "map", "\(data)/counties.geojson", "--table", "\(data)/panel-simulated.csv", "--fill", "rural_income",
    "--periods", "2022",
  ]
  /// The programs of this machine, each as if it were the only one.
  static let programs = PictureProgram.Kind.allCases.compactMap { kind in
    kind.names.compactMap { name in
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    }.first.map { PictureProgram(kind: kind, path: $0) }
  }
  static let svg =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"300\" viewBox=\"0 0 600 300\"><rect width=\"300\""
    + " height=\"300\" fill=\"#c00\"/><text x=\"310\" y=\"60\" font-size=\"40\">县域 V</text></svg>"

  @Test(.enabled(if: !programs.isEmpty), arguments: programs)
  func `a picture of 85 mm has 300 dots an inch, and the same bytes each time`(program: PictureProgram) throws
  {
    let maker = PictureMaker(formats: [.png, .pdf], width: PictureWidth("85mm"))
    func bytes(_ format: PictureFormat) throws -> [UInt8] {
      try maker.bytes(of: Self.svg, as: format, named: "x.\(format.rawValue)", by: program)
    }
    let png = try bytes(.png)
    let picture = try #require(PNGPicture(png))
    #expect(abs(picture.width - 1004) <= 1 && abs(picture.height - 502) <= 1)
    #expect(Array(png[37..<50]) == Array("pHYs".utf8) + [0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1])
    #expect(try bytes(.png) == png)
    let pdf = try bytes(.pdf)
    #expect(pdf.starts(with: Array("%PDF-".utf8)))
    #expect(try bytes(.pdf) == pdf)
    // 85 mm are 240.94 points, 42.5 mm 120.47; Chromium rounds to its own pixels.
    let box = try #require(
      String(decoding: pdf, as: UTF8.self).firstMatch(of: /MediaBox \[ ?0 0 ([0-9.]+) ([0-9.]+)/))
    #expect(abs(Double(box.1)! - 240.94) < 0.5 && abs(Double(box.2)! - 120.47) < 0.5)
  }

  @Test(
    .enabled(if: !programs.isEmpty),
    arguments: [["2022"], ["2012,2022"], ["2022", "--graticule", "--labels", "name_en"]])
  func `no letter of a map of 85 mm is smaller than six points`(words: [String]) throws {
    let call = try Call(
      Array(Self.map.dropFirst().dropLast()) + words + ["--circles", "pesticide_intensity", "--out", "m.png"]
        + ["--width", "85mm", "--title", "Rural income of the counties and districts of Hunan"],
      of: MapCommand.self)
    let printed = try #require(try call.run(InputReader(RecordingConsole())).product?.printed)
    let size = try #require(DrawingSize(printed))
    let letters = printed.matches(of: /font-size="([0-9.]+)"/).compactMap { Double($0.1) }
    let smallest = try #require(letters.min())
    // 85 mm are 240.94 points; SVG has tenths of pixels.
    #expect(smallest * 240.94 / size.width > 5.95, "\(smallest) of \(size.width)")
    #expect(letters.count > 10)
  }

  @Test(.enabled(if: !programs.isEmpty))
  func `a study prints its maps for the width and keeps their drawings`() throws {
    let box = try StudySandbox(
      study: """
        { output: { figures: ["png"], width: "85mm" }, panel: { file: "panel.csv" },
          maps: [{ name: "m", file: "\(Self.data)/counties.geojson", regions: "prefecture" }] }
        """)
    let outcome = box.run()
    #expect(outcome.code == .done, "\(outcome.errors)")
    let drawing = try #require(DrawingSize(try box.text("results/map-m/m.svg")))
    let bytes = try Data(contentsOf: URL(filePath: box.path("results/map-m/m.png")))
    let picture = try #require(PNGPicture(Array(bytes)))
    #expect(picture.width == 1004)
    // The legend stands elsewhere in print, so that the two are not of one shape.
    #expect(abs(Double(picture.height) / Double(picture.width) - drawing.height / drawing.width) > 0.05)
  }

  @Test func `the folder of a conversion that was killed goes with the next, and one that is held stays`()
    throws
  {
    let held = try PictureFolder()
    let killed = try PictureFolder()
    let forsaken = killed.path + "0"
    try FileManager.default.moveItem(atPath: killed.path, toPath: forsaken)
    killed.remove()
    let next = try PictureFolder()
    #expect(!FileManager.default.fileExists(atPath: forsaken))
    #expect(FileManager.default.fileExists(atPath: held.path))
    held.remove()
    next.remove()
    #expect(!FileManager.default.fileExists(atPath: next.path))
  }

  @Test(.enabled(if: !programs.isEmpty)) func `a map is what its file's name says`() throws {
    let folder = DeliveryTests.Folder()
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    for (name, first) in [
      ("m.png", [0x89, 0x50] as [UInt8]), ("m.pdf", Array("%P".utf8)), ("M.SVG", Array("<s".utf8)),
    ] {
      let outcome = ruralvalue(Self.map + ["--out", "\(folder.path)/\(name)", "--quiet"])
      #expect(outcome.code == .done, "\(outcome.errors)")
      let bytes = try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)"))
      #expect(Array(bytes.prefix(2)) == first)
    }
    // Without a width, the drawing's own: 768 pixels of 96 an inch.
    let png = try Data(contentsOf: URL(filePath: "\(folder.path)/m.png"))
    #expect(PNGPicture(Array(png))?.width == 2400)
  }

  @Test(.enabled(if: !programs.isEmpty)) func `--figures writes what it names, and call.json lists it`()
    throws
  {
    let folder = DeliveryTests.Folder()
    let call = [
      "moran", "\(Self.data)/panel-simulated.csv", "--variable", "rural_income", "--weights",
      "\(Self.data)/queen.csv",
      "--periods", "2012:2013", "--out", folder.path,
    ]
    #expect(ruralvalue(call + ["--figures", "png,pdf", "--width", "8.5cm", "--quiet"]).code == .done)
    #expect(
      folder.names.filter { $0.hasPrefix("moran_scatter") } == ["moran_scatter.pdf", "moran_scatter.png"])
    #expect(try folder.text("call.json").contains("\"path\": \"moran_scatter.png\""))
    let png = try Data(contentsOf: URL(filePath: "\(folder.path)/moran_scatter.png"))
    #expect(PNGPicture(Array(png))?.width == 1004)
    // The drawing itself again: what the earlier call wrote under other names goes.
    #expect(ruralvalue(call + ["--quiet"]).code == .done)
    #expect(folder.names.contains("moran_scatter.svg"))
  }

  @Test(arguments: [
    (["--out", "m.jpg"], "expected a file name that ends in .svg, .png or .pdf"),
    (["--out", "m.svg", "--width", "85mm"], "expected --out FILE.png or --out FILE.pdf beside it"),
    (["--out", "m.png", "--width", "85"], "expected a width from 10mm to 1000mm"),
    (["--out", "m.png", "--width", "5mm"], "expected a width from 10mm to 1000mm"),
    (["--out", "m.png", "--width", "nanmm"], "expected a width from 10mm to 1000mm"),
  ])
  func `a wrong width or name says what is expected`(words: [String], sentence: String) {
    let outcome = ruralvalue(Self.map + words)
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
  }

  @Test func `--figures and --width need something to do, and verbs without pictures have neither`() {
    let moran = [
      "moran", "\(Self.data)/panel-simulated.csv", "--variable", "rural_income", "--weights",
      "\(Self.data)/queen.csv",
    ]
    #expect(ruralvalue(moran + ["--figures", "png"]).errors.contains("expected --out DIR beside it"))
    #expect(
      ruralvalue(moran + ["--out", "x", "--width", "85mm"]).errors.contains(
        "expected --figures png or --figures pdf"))
    #expect(
      ruralvalue(moran + ["--out", "x", "--figures", "gif"]).errors.contains("expected one of svg, png, pdf"))
    #expect(ruralvalue(DeliveryTests.call + ["--figures", "png"]).errors.contains("has no option --figures"))
  }

  @Test(.enabled(if: ProcessTests.isBuilt))
  func `without any program the call ends with 4, and writes nothing`() throws {
    let folder = DeliveryTests.Folder()
    for words in [
      Self.map + ["--out", "\(folder.path)/m.png"],
      [
        "moran", "\(Self.data)/panel-simulated.csv", "--variable", "rural_income", "--weights",
        "\(Self.data)/queen.csv",
      ]
        + ["--out", "\(folder.path)/m", "--figures", "svg,pdf"],
      ["study", ProjectFiles.fixture("studies/small/study.json").path, "--check", "--figures", "png"],
    ] {
      let process = ProcessTests.process(words)
      process.environment?["PATH"] = folder.path
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 4)
      #expect(said.contains("apt install librsvg2-bin"), "\(said)")
    }
    #expect(folder.names.isEmpty)
  }

  /// A program of a shell's few lines in the place of rsvg-convert.
  private static func program(_ lines: String, in folder: DeliveryTests.Folder) throws -> PictureProgram {
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    let path = "\(folder.path)/rsvg-convert"
    try Data("#!/bin/sh\n\(lines)\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return try PictureProgram.found(in: "/nowhere:.:\(folder.path)")
  }

  @Test(arguments: [
    ("echo 'out of luck' >&2; exit 3", "it ended with code 3 and said: out of luck"),
    ("kill -9 $$", "signal 9 ended it"),
    ("exit 0", "it ended with code 0"), ("sleep 30", "it took longer than"),
    (
      "for word; do case $word in --output=*) echo no > ${word#--output=};; esac; done",
      "what it wrote is no PNG"
    ),
  ])
  func `a program that fails is quoted`(lines: String, reason: String) throws {
    let folder = DeliveryTests.Folder()
    let program = try Self.program(lines, in: folder)
    let maker = PictureMaker(formats: [.png])
    let error = #expect(throws: FileError.self) {
      try maker.bytes(of: Self.svg, as: .png, named: "m.png", by: program, limit: 0.5)
    }
    let sentence = error?.description ?? ""
    #expect(sentence.contains("did not make the picture m.png: \(reason)"), "\(sentence)")
  }

  @Test func `a program that is no program cannot be run`() throws {
    let folder = DeliveryTests.Folder()
    let program = try Self.program("exit 0", in: folder)
    try Data("no program".utf8).write(to: URL(filePath: program.path))
    #expect(throws: FileError.self) {
      try PictureMaker(formats: [.png]).bytes(of: Self.svg, as: .png, named: "m.png", by: program)
    }
  }
}

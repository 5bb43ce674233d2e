import RuralValue
import RuralValueFormats

/// A program that makes PNG and PDF of SVG, where one is on the path.
struct PictureProgram: Equatable {
  /// Which program it is, and with it how it is called; the first that is found is taken.
  enum Kind: CaseIterable {
    case librsvg, chromium, inkscape

    /// The names of its file.
    var names: [String] {
      switch self {
      case .librsvg: ["rsvg-convert"]
      case .chromium: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
      case .inkscape: ["inkscape"]
      }
    }
  }

  let kind: Kind
  /// Its file.
  let path: String

  /// The first program of the path's folders. Throws `FileError.noPictureProgram` where there is none.
  static func found(
    in path: String? = ProcessInfo.processInfo.environment["PATH"]
  ) throws(FileError) -> PictureProgram {
    // Like the shell's, but the folder of the call is none of it.
    let folders = (path ?? "").split(separator: ":").map(String.init).filter(FileName.isAbsolute)
    for kind in Kind.allCases {
      for name in kind.names {
        for folder in folders where isProgram(FileName.path(folder, name)) {
          return PictureProgram(kind: kind, path: FileName.path(folder, name))
        }
      }
    }
    throw .noPictureProgram
  }

  /// A folder's name as an address holds it.
  private static func address(of folder: String) -> String {
    FileName.bytes(folder).map { byte in
      let letter = Character(UnicodeScalar(byte))
      let isPlain = byte < 0x80 && (letter.isLetter || letter.isNumber || "/-_.".contains(letter))
      let number = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(letter) : "%" + (byte < 16 ? "0" : "") + number
    }.joined()
  }

  private static func isProgram(_ name: String) -> Bool {
    let isAllowed = unsafe FileName.give(name, to: { unsafe access($0, X_OK) == 0 }, failing: false)
    return isAllowed && FileStatus(at: name)?.kind == .file
  }

  /// The file that it is given, and the words that make it write the picture.
  func call(_ task: PictureTask) -> (input: (name: String, text: String), words: [String]) {
    let (width, height) = task.pixels
    let output = "\(task.folder)/\(task.output)"
    switch (kind, task.format) {
    case (.librsvg, .pdf):
      return (
        ("in.svg", task.resized), ["--format=pdf", "--output=\(output)", "\(task.folder)/in.svg"]
      )
    case (.librsvg, _):
      return (
        ("in.svg", task.svg),
        [
          "--format=png", "--width=\(width)", "--height=\(height)", "--background-color=white",
          "--output=\(output)", "\(task.folder)/in.svg",
        ]
      )
    case (.inkscape, let format):
      let size = format == .pdf ? [] : ["--export-width=\(width)", "--export-height=\(height)"]
      return (
        ("in.svg", task.resized),
        ["--export-type=\(format.rawValue)", "--export-background=white", "--export-filename=\(output)"]
          + size
          + ["\(task.folder)/in.svg"]
      )
    case (.chromium, let format):
      let target =
        format == .pdf
        ? ["--print-to-pdf=\(output)", "--no-pdf-header-footer"]
        : ["--screenshot=\(output)", "--window-size=\(width),\(height)", "--hide-scrollbars"]
      return (
        ("in.html", task.page),
        // The browser's own walls need rights that root in a container has not; the page is this program's.
        ["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
          + (geteuid() == 0 ? ["--no-sandbox"] : []) + ["--user-data-dir=\(task.folder)/profile"] + target
          + ["file://\(Self.address(of: task.folder))/in.html"]
      )
    }
  }
}

/// A picture that is to be made: of what, how large and where.
struct PictureTask {
  let svg: String
  let size: DrawingSize
  let format: PictureFormat
  /// The width on paper.
  let millimetres: Double
  /// The folder of the work, which nobody else has.
  let folder: String

  /// The pixels of an inch.
  static let dotsPerInch = 300

  var output: String { "out.\(format.rawValue)" }

  var pixels: (width: Int, height: Int) {
    size.pixels(ofWidth: millimetres, dotsPerInch: Self.dotsPerInch)
  }

  /// The drawing in its size on paper.
  var resized: String { size.resized(svg, width: millimetres) }

  /// A page of nothing but the drawing, as large as the drawing.
  var page: String {
    let (width, height) =
      format == .pdf
      ? ("\(millimetres)mm", "\(size.height(ofWidth: millimetres))mm")
      : ("\(pixels.width)px", "\(pixels.height)px")
    return "<!DOCTYPE html><meta charset=\"utf-8\"><style>@page{size:\(width) \(height);margin:0}"
      + "html,body{margin:0;background:#fff;overflow:hidden}svg{display:block;width:\(width);height:\(height)}"
      + "</style>\n" + svg
  }
}

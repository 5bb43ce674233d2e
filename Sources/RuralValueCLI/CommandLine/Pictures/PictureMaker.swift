import RuralValue
import RuralValueFormats

/// Makes pictures of drawings in the formats that were asked for, at 300 pixels an inch.
struct PictureMaker {
  let formats: [PictureFormat]
  /// How wide pictures are on paper; nil for the drawing's own width.
  var width: PictureWidth?

  /// Throws `FileError.noPictureProgram` where a program is needed that is not there, before anything is computed.
  func requireProgram() throws(FileError) {
    if formats.contains(where: { $0 != .svg }) { _ = try PictureProgram.found() }
  }

  /// The files of a drawing whose own file has this name.
  func files(of svg: String, named name: String) throws(FileError) -> [(name: String, bytes: [UInt8])] {
    let stem = name.hasSuffix(".svg") ? String(name.dropLast(4)) : name
    var files: [(name: String, bytes: [UInt8])] = []
    for format in formats {
      let file = "\(stem).\(format.rawValue)"
      files.append((file, try bytes(of: svg, as: format, named: file)))
    }
    return files
  }

  /// A drawing in one format. Throws `FileError`, which names the picture by `name`.
  func bytes(of svg: String, as format: PictureFormat, named name: String) throws(FileError) -> [UInt8] {
    guard format != .svg else { return Array(svg.utf8) }
    let program = try PictureProgram.found()
    return try bytes(of: svg, as: format, named: name, by: program)
  }

  func bytes(
    of svg: String, as format: PictureFormat, named name: String, by program: PictureProgram,
    limit: Double = 120
  ) throws(FileError) -> [UInt8] {
    func failed(_ reason: String) -> FileError {
      .pictureFailed(name: name, program: program.path, reason: reason)
    }
    guard let size = DrawingSize(svg) else { throw failed("the drawing states no size") }
    let work = try PictureFolder()
    defer { work.remove() }
    let folder = work.path
    let task = PictureTask(
      svg: svg, size: size, format: format, millimetres: width?.millimetres ?? size.millimetres,
      folder: folder)
    let (input, words) = program.call(task)
    try OutputFile.write(Array(input.text.utf8), to: "\(folder)/\(input.name)")
    // The date that makes the same drawing the same file.
    var child = ChildProcess(
      program: program.path, words: words, environment: ["SOURCE_DATE_EPOCH": "315532800"])
    child.limit = limit
    let end = try child.run(complaints: "\(folder)/complaints")
    let result = try? InputFile.bytes(at: "\(folder)/\(task.output)", calledBy: name)
    guard end == .code(0), let result else {
      throw failed(Self.words(for: end, complaints: "\(folder)/complaints", limit: limit))
    }
    switch format {
    case .pdf:
      guard let picture = PDFPicture.dateless(result) else { throw failed("what it wrote is no PDF") }
      return picture
    default:
      guard let picture = PNGPicture(result) else { throw failed("what it wrote is no PNG") }
      let (width, height) = task.pixels
      guard abs(picture.width - width) <= 1, abs(picture.height - height) <= 1 else {
        throw failed(
          "it made \(picture.width) × \(picture.height) pixels; expected \(width) × \(height)")
      }
      return picture.bytes(dotsPerInch: PictureTask.dotsPerInch)
    }
  }

  /// Why there is no picture: what the program says last, or how it ended.
  private static func words(for end: ChildProcess.End, complaints: String, limit: Double) -> String {
    let said = (try? InputFile.bytes(at: complaints, calledBy: complaints)) ?? []
    let last = String(decoding: said.suffix(2000), as: UTF8.self).split(separator: "\n").last.map(String.init)
    switch end {
    case .late: return "it took longer than \(Int(limit)) seconds and was ended"
    case .signal(let number): return "signal \(number) ended it"
    case .code(let code):
      return "it ended with code \(code)" + (last.map { " and said: \($0.prefix(300))" } ?? "")
    }
  }
}

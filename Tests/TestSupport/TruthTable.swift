import Foundation

/// The rows of a plain CSV file that a generator wrote as a truth: commas, quotes where they must be.
public enum TruthTable {
  /// The rows, the header among them; nil where there is no such file.
  public static func rows(_ path: String) throws -> [[String]]? {
    let url = ProjectFiles.fixture(path)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    return rows(in: Array(try Data(contentsOf: url)))
  }

  private static func rows(in bytes: [UInt8]) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var (isQuoted, place) = (false, 0)
    func text() -> String { String(decoding: cell, as: UTF8.self) }
    while place < bytes.count {
      let byte = bytes[place]
      if isQuoted, byte == UInt8(ascii: "\"") {
        if place + 1 < bytes.count, bytes[place + 1] == byte {
          cell.append(byte)
          place += 1
        } else {
          isQuoted = false
        }
      } else if isQuoted {
        cell.append(byte)
      } else if byte == UInt8(ascii: "\"") {
        isQuoted = true
      } else if byte == UInt8(ascii: ",") {
        row.append(text())
        cell = []
      } else if byte == UInt8(ascii: "\n") {
        rows.append(row + [text()])
        (row, cell) = ([], [])
      } else {
        cell.append(byte)
      }
      place += 1
    }
    return rows
  }
}

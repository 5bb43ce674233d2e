import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

@Suite struct CSVFuzzTests {
  private let options = [
    CSVOptions(), CSVOptions(skipLines: 1), CSVOptions(skipFooter: 1), CSVOptions(header: .rows(2)),
    CSVOptions(header: .absent), CSVOptions(encoding: .gb18030), CSVOptions(separator: 9),
  ]

  /// Reads bytes every way; whatever comes out must be a sound table or an error with a sentence.
  private func exercise(_ bytes: [UInt8]) {
    for option in options {
      do {
        let table = try CSVReader.read(bytes, source: "f", options: option).table
        let lineEnds = bytes.count { $0 == 0x0A || $0 == 0x0D }
        #expect(table.rowCount > 0 && Set(table.columnNames).count == table.columnCount)
        #expect(zip(table.lines, table.lines.dropFirst()).allSatisfy(<))
        #expect(table.lines.last! <= lineEnds + 1)
        for column in 0..<table.columnCount {
          _ = table.columnKinds([column])[0]
          _ = try? table.numbers(column: column)
          #expect(table.texts(column: column).count == table.rowCount)
        }
      } catch {
        #expect(error.description.count > 20)
      }
    }
  }

  @Test func `random bytes are a table or an error`() {
    var random = SplitMix64(state: 1)
    for _ in 0..<1500 {
      exercise(
        (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  @Test func `random runs of what CSV is made of are a table or an error`() {
    var random = SplitMix64(state: 2)
    let pieces = [
      ",", ",", "\n", "\n", "\"", "\r", "\r\n", "\t", ";", "1", "2.5", "a", "b", "县", "注：", " ", "\u{3000}",
      "",
      "-", "\u{FEFF}", "\0",
    ]
    for _ in 0..<4000 {
      let text = (0..<Int.random(in: 0...30, using: &random)).map { _ in pieces.randomElement(using: &random)!
      }
      exercise(Array(text.joined().utf8))
    }
  }

  @Test func `mutated files are a table or an error`() throws {
    var random = SplitMix64(state: 3)
    let folder = ProjectFiles.fixture("data/wild")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let original = [UInt8](try Data(contentsOf: folder.appending(path: name)))
      for _ in 0..<60 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0...3, using: &random) {
          case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes.remove(at: place)
          case 2: bytes.insert([0x22, 0x2C, 0x0A, 0x0D].randomElement(using: &random)!, at: place)
          default: bytes.removeSubrange(place...)
          }
        }
        exercise(bytes)
      }
    }
  }
}

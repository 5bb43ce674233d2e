import RuralValue
import RuralValueFormats
import Testing

@Suite struct LinkListScannerTests {
  /// What a list says when it is read as a table, and when it is scanned in pieces.
  private func readings(
    _ text: String, pieces: Int = .max, links: LinkDirection? = nil
  ) throws -> (table: WeightsReading, scan: WeightsReading?) {
    let bytes = Array(text.utf8)
    let options = WeightsOptions(links: links)
    let file = try WeightsTable(bytes, source: "w.csv")
    let table = try WeightsReading(file, options)
    return (
      WeightsReading(weights: table.weights, notes: file.document.notes + table.notes),
      try scan(bytes, pieces, options)
    )
  }

  private func scan(_ bytes: [UInt8], _ pieces: Int, _ options: WeightsOptions) throws -> WeightsReading? {
    var scanner = LinkListScanner(source: "w.csv", size: bytes.count)
    // The first piece shows what the file is.
    var start = 0
    while start < bytes.count {
      let end = pieces == .max ? bytes.count : min(bytes.count, start + (start == 0 ? 8000 : pieces))
      guard try scanner.take(Array(bytes[start..<end])) else { return nil }
      start = end
    }
    return try scanner.finish(options)
  }

  /// A line for each of the pairs of some units.
  private func lines(
    _ count: Int, header: String = "from,to,weight", _ line: (Int, Int) -> String?
  ) -> String {
    let rows = (0..<count).flatMap { i in (0..<count).compactMap { j in i == j ? nil : line(i, j) } }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  private func weight(_ i: Int, _ j: Int) -> String { "\(1 / Double(1 + (i - j) * (i - j)))" }

  @Test func `plain lists say what their tables say`() throws {
    let plain = lines(7) { "43010\($0),43010\($1),\(weight($0, $1))" }
    let lists = [
      plain, String(plain.dropLast()), "\u{FEFF}" + plain, plain.replacing("\n", with: "\r\n"),
      plain.replacing(",", with: ";"), plain.replacing(",", with: "\t"),
      plain + "\n\n",
      lines(6, header: "\"from\",\"to\",\"weight\"") { "\"c \($0)\",\"c \($1)\",\(weight($0, $1))" },
      lines(6, header: "weight,to,from") { "\(weight($0, $1)),b\($1),a\($0 * $1 % 5)\($0)" },
      lines(6, header: "起点,终点,权重") { "长沙县\($0),长沙县\($1),\(weight($0, $1))" },
      lines(6, header: "o_code,d_code,km") { "\($0),\($1),\(1 + abs($0 - $1))" },
      lines(8, header: "from,to") { $0 < $1 ? "u\($0),u\($1)" : nil },
      lines(8) { "u\($0),u\($1),\($0 == 3 || $1 % 4 == 0 ? "0" : "2.5")" },
      lines(8) { $0 % 3 == 0 || $0 < $1 ? "u\($0),u\($1),\($0 + 1)" : nil } + "u8,u8,0\nu1,u1,3\n",
      lines(8) { "u\($1),u\($0),\(weight($0, $1))e0" },
      lines(6, header: "from,to,netflow") { $0 < $1 ? "u\($0),u\($1),+\($0 + $1)" : nil },
    ]
    for text in lists {
      for links in [nil, LinkDirection.directed] {
        let (table, scan) = try readings(text, links: links)
        #expect(scan == table, "\(text.prefix(60))")
      }
    }
  }

  @Test func `pieces may end anywhere`() throws {
    let text = lines(25) { "43\($0),43\($1),\(weight($0, $1))" }.replacing("\n", with: "\r\n")
    #expect(text.utf8.count > 12_000)
    for size in [1, 13, 64, 1000] {
      let (table, scan) = try readings(text, pieces: size)
      #expect(scan == table)
    }
  }

  @Test func `ids that are one text in two spellings are one unit`() throws {
    let text = lines(6) { "é\($0),\($0 % 2 == 0 ? "e\u{301}" : "é")\($1),\(weight($0, $1))" }
    let (table, scan) = try readings(text)
    #expect(scan == table && scan?.weights.unitCount == 6)
  }

  @Test func `what is not plain is left to the table`() throws {
    let plain = lines(6) { "u\($0),u\($1),\(weight($0, $1))" }
    let others = [
      plain + "u0,u1,7\n", plain + "u0,u1,1.0\nu0,u1,1.0\n", plain + "u0,u9,-1\n", plain + "u0,u9,x\n",
      plain + "u0,u9,\n", plain + "u0,,1\n", plain + ",u0,1\n", plain + "u9,,0\n", plain + "u0,u9\n",
      plain + "u0,u9,1,2\n", plain + "u0, u9,1\n", plain + "u0,u9 ,1\n", plain + "\"u\"\"0\",u9,1\n",
      plain + "\"u0,u9,1\n", plain + "u0,u1|u2,1\n", plain + "数据来源：统计局\n", plain + "u0,u9,1e400\n",
      plain.replacing(",weight", with: ",year"), plain.replacing("from,to,weight\n", with: ""),
      plain.replacing("\n", with: "\r"), "Links\n" + plain, "\n" + plain,
      plain.replacing("\n", with: "\n\n"),
      lines(6) { "u\($0);u\($1);\(weight($0, $1).replacing(".", with: ","))" }.replacing(
        "from,to,weight", with: "from;to;weight"),
      lines(6) { "\($0).0,\($1).0,1" }, lines(6) { "'43\($0),43\($1),1" },
      lines(6) { "u\($0),u\($1),\(100 * ($0 + 1))%" },
      lines(6, header: "from,to,weight,note") { "u\($0),u\($1),1,x" },
      lines(6) { "u\($0),u\($1),\($0 * $1 + 1),000" }, lines(6) { _, _ in "u,u,0" },
    ]
    for text in others {
      #expect(try scan(Array(text.utf8), .max, WeightsOptions()) == nil, "\(text.suffix(40))")
    }
    let bytes =
      Array("from,to,weight\n".utf8) + (0..<12).flatMap { Array("\($0),".utf8) + [0xB3, 0x2C, 0x31, 0x0A] }
    #expect(try scan(bytes, .max, WeightsOptions()) == nil)
  }

  @Test func `many units are found again by their bytes`() throws {
    // Each has two others somewhere, in no order.
    let text =
      "from,to,weight\n"
      + (0..<6000).map { "n\($0 * 7919 % 6000),n\(($0 * 104_729 + 1) % 6000),\($0 % 9 + 1)\n" }.joined()
    let (table, scan) = try readings(text, links: .directed)
    #expect(scan == table && scan?.weights.unitCount == 6000)
  }
}

public import RuralValue

/// A Word document (.docx) of tables, built part by part; the same tables give the same bytes.
///
/// Source: ECMA-376, parts 1 and 2. The archive's entries are stored, and their dates are 1980-01-01.
public struct WordDocument: Sendable {
  private let options: RenderOptions
  private var blocks: [WordBlock] = []
  /// Headings that wait for the table below them, with which they stay.
  private var headings = ""
  /// The last number under each lead, as the letter of an appendix.
  private var counts: [String: Int] = [:]

  /// An empty document.
  public init(_ options: RenderOptions) { self.options = options }

  /// A document of one table.
  public init(_ table: ResultTable, _ options: RenderOptions) {
    self.init(options)
    append(table)
  }

  /// A document of tables, each with a caption and a number, and below them what is to be known of all.
  public init(_ tables: [ResultTable], notes: [String] = [], _ options: RenderOptions) {
    self.init(options)
    tables.forEach { append($0) }
    notes.forEach { append(note: $0) }
  }

  /// Adds a heading, of level 1 or 2.
  public mutating func append(heading: String, level: Int) {
    headings +=
      WordParagraph(
        style: level == 1 ? .heading1 : .heading2, keepsNext: true,
        content: WordText.run(heading, options.language)
      ).xml
  }

  /// Adds a table with its caption, its number and its notes: the next number, one of its own, or the next under the letter of an
  /// appendix.
  public mutating func append(_ table: ResultTable, number: Int? = nil, lead: String = "") {
    let next = (counts[lead] ?? 0) + 1
    let number = number ?? next
    counts[lead] = number
    append(
      WordRenderer().block(
        table, number: WordNumber(lead: lead, number: number, isNext: number == next), options: options))
  }

  /// Adds a table with its title and its notes, but without a number.
  public mutating func append(unnumbered table: ResultTable) {
    append(WordRenderer().block(table, number: nil, options: options))
  }

  /// Leaves out a number, as where a table is too long to be shown.
  public mutating func skipNumber(lead: String) { counts[lead, default: 0] += 1 }

  /// Adds a small paragraph.
  public mutating func append(note: String) {
    append(
      WordBlock(
        isLandscape: headings.isEmpty ? blocks.last?.isLandscape ?? false : false,
        last: WordParagraph(style: .note, content: WordText.run(note, options.language))))
  }

  private mutating func append(_ block: WordBlock) {
    var block = block
    block.content = headings + block.content
    headings = ""
    blocks.append(block)
  }

  /// The file.
  public var bytes: [UInt8] {
    ZipWriter.bytes(of: parts.map { ($0.name, Array($0.text.utf8)) })
  }

  /// The parts in their order: what the parts are, how they belong together, the text, its settings and styles.
  var parts: [(name: String, text: String)] {
    [
      ("[Content_Types].xml", WordPackage.contentTypes), ("_rels/.rels", WordPackage.relationships),
      ("word/document.xml", document), ("word/_rels/document.xml.rels", WordPackage.documentRelationships),
      ("word/styles.xml", WordPackage.styles), ("word/settings.xml", WordPackage.settings),
    ]
  }

  private var document: String {
    let namespace = WordPackage.namespace
    return WordPackage.declaration + "<w:document xmlns:w=\"\(namespace)\"><w:body>" + body
      + "</w:body></w:document>"
  }

  /// All blocks; where the next one lies the other way, a section ends.
  private var body: String {
    var text = ""
    for (place, block) in blocks.enumerated() {
      var last = block.last
      if place + 1 < blocks.count, blocks[place + 1].isLandscape != block.isLandscape {
        last.section = WordPage.section(isLandscape: block.isLandscape)
      }
      text += block.content + last.xml
    }
    return text + headings + WordPage.section(isLandscape: blocks.last?.isLandscape ?? false)
  }
}

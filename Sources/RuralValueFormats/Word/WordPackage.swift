/// The parts of a Word document that are the same whatever stands in it.
enum WordPackage {
  static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  static let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"

  static let contentTypes = [
    declaration, "<Types xmlns=\"\(package)/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>", override("document", "document.main"),
    override("settings", "settings"), override("styles", "styles"), "</Types>",
  ].joined()

  private static func override(_ part: String, _ type: String) -> String {
    "<Override PartName=\"/word/\(part).xml\" ContentType=\"\(kind).\(type)+xml\"/>"
  }

  static let relationships = relationships([("officeDocument", "word/document.xml")])

  static let documentRelationships = relationships([("styles", "styles.xml"), ("settings", "settings.xml")])

  private static func relationships(_ targets: [(type: String, target: String)]) -> String {
    declaration + "<Relationships xmlns=\"\(package)/relationships\">"
      + targets.enumerated().map { place, part in
        "<Relationship Id=\"rId\(place + 1)\" Type=\"\(office)/\(part.type)\" Target=\"\(part.target)\"/>"
      }.joined() + "</Relationships>"
  }

  /// Without its mode, Word opens a document as one of 2007.
  static let settings =
    declaration
    + "<w:settings xmlns:w=\"\(namespace)\"><w:compat><w:compatSetting w:name=\"compatibilityMode\""
    + " w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"

  /// Every style that a paragraph names. Fonts are named and not embedded: Times New Roman for Latin letters and digits,
  /// SimSun (宋体) for Chinese text, SimHei (黑体) for Chinese captions and headings.
  static let styles = [
    declaration, "<w:styles xmlns:w=\"\(namespace)\">", defaults,
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>",
    "</w:style>",
    style(
      .heading1, "heading 1", isFollowed: true,
      "<w:keepNext/>\(spacing(240, 120))<w:outlineLvl w:val=\"0\"/>", "\(blackFace)<w:b/>\(size(30))"),
    style(
      .heading2, "heading 2", isFollowed: true,
      "<w:keepNext/>\(spacing(240, 60))<w:outlineLvl w:val=\"1\"/>", "\(blackFace)<w:b/>\(size(24))"),
    style(
      .caption, "caption", isFollowed: true, "<w:keepNext/>\(spacing(240, 60))<w:jc w:val=\"center\"/>",
      "\(blackFace)\(size(21))"),
    style(.table, "Table Text", spacing(20, 20), size(18)),
    style(.smallTable, "Table Text Small", spacing(10, 10), size(15)),
    style(.note, "Table Note", spacing(20, 20), size(16)), tableStyle, "</w:styles>",
  ].joined()

  private static let defaults = [
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"SimSun\"",
    " w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>", size(21),
    "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/>",
    "</w:docDefaults>",
  ].joined()

  private static let tableStyle = [
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>",
    "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>",
    "<w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>",
    "<w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
  ].joined()

  private static let blackFace = "<w:rFonts w:eastAsia=\"SimHei\"/>"

  private static func size(_ halfPoints: Int) -> String {
    "<w:sz w:val=\"\(halfPoints)\"/><w:szCs w:val=\"\(halfPoints)\"/>"
  }

  private static func spacing(_ before: Int, _ after: Int) -> String {
    "<w:spacing w:before=\"\(before)\" w:after=\"\(after)\"/>"
  }

  private static func style(
    _ style: WordParagraph.Style, _ name: String, isFollowed: Bool = false, _ properties: String,
    _ run: String
  ) -> String {
    [
      "<w:style w:type=\"paragraph\" w:styleId=\"\(style.rawValue)\"><w:name w:val=\"\(name)\"/>",
      "<w:basedOn w:val=\"Normal\"/>", isFollowed ? "<w:next w:val=\"Normal\"/>" : "", "<w:qFormat/>",
      "<w:pPr>\(properties)</w:pPr><w:rPr>\(run)</w:rPr></w:style>",
    ].joined()
  }
}

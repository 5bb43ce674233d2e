import RuralValue

/// The UTF-8 of a file of polygons.
struct PolygonText {
  let bytes: [UInt8]
  /// Whether it was decoded against expectation.
  let notes: [Phrase]

  /// UTF-8, UTF-16 with its mark, or GB18030 where the bytes look like it: JSON is ASCII but for its texts.
  init(_ bytes: [UInt8], source: String) throws(GeoJSONError) {
    do throws(JSONCursor.ForeignBytes) {
      self.bytes = try JSONCursor.utf8(bytes)
      notes = []
    } catch {
      guard let decoded = try? DecodedText(bytes, encoding: nil, source: source), decoded.encoding == .gb18030
      else {
        throw .unexpected(
          found: error.found, expected: JSONCursor.ForeignBytes.expected, source: source,
          place: TextPlace(line: error.line, column: 1), feature: nil)
      }
      self.bytes = Array(decoded.bytes[decoded.start...])
      notes = [
        Phrase(
          "\(source): read as GB18030 (GBK), for it is not UTF-8, as JSON should be.",
          zh: "\(source)：文件不是 JSON 规定的 UTF-8 编码，按 GB18030（GBK）读取。")
      ]
    }
  }
}

/// Files that people pass for GeoJSON and that are something else, told by their first bytes.
public enum ForeignPolygons: String, Sendable, CaseIterable {
  /// A gzip archive.
  case gzip
  /// A zip archive.
  case zip
  /// A page of HTML, as a failed download leaves it.
  case html
  /// XML: KML, GML.
  case xml
  /// The stand-in that Git leaves for a large file.
  case pointer
  /// An ESRI shapefile.
  case shapefile
  /// A GeoPackage, or another database of SQLite.
  case database

  /// The kind of a file that begins with these bytes, or nil where it may be GeoJSON.
  public static func recognised(in bytes: [UInt8]) -> ForeignPolygons? {
    for (signature, kind) in signatures where bytes.starts(with: signature) { return kind }
    switch ForeignFile.recognised(in: bytes) {
    case .gzip: return .gzip
    case .zippedOffice: return .zip
    case .html: return .html
    case .xml: return .xml
    default: return nil
    }
  }

  private static let signatures: [([UInt8], ForeignPolygons)] = [
    (Array("version https://git-lfs".utf8), .pointer), ([0x00, 0x00, 0x27, 0x0A], .shapefile),
    (Array("SQLite format 3".utf8), .database),
  ]

  /// What it is and what to do.
  var advice: String {
    switch self {
    case .gzip: "this is a gzip archive. Unpack it first: gunzip -k FILE.gz"
    case .zip: "this is a zip archive. Unpack it first: unzip FILE.zip"
    case .html:
      "this is a web page (HTML), not GeoJSON: the download failed, or gave the page around the file. Open it in a"
        + " browser to see what it says, and download the file itself."
    case .xml: "this is XML, as KML and GML are, not GeoJSON. Convert it: ogr2ogr -f GeoJSON OUT.geojson FILE"
    case .pointer:
      "this is a Git LFS pointer, which stands for the file. Fetch the file itself: git lfs pull"
    case .shapefile:
      "this is a shapefile, not GeoJSON. Convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 OUT.geojson FILE.shp"
    case .database:
      "this is a GeoPackage or another database, not GeoJSON. Convert it:"
        + " ogr2ogr -f GeoJSON -t_srs EPSG:4326 OUT.geojson FILE"
    }
  }
}

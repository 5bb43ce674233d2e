public import RuralValue

/// What can keep the files of a shapefile from being polygons or points with properties, or a dBASE table from being
/// a table.
///
/// Features and records count from one.
public enum ShapefileError: Fault {
  /// The file does not begin as a `.shp` does.
  case notShapes(source: String, code: Int)
  /// Shapes that are neither polygons nor points.
  case shapeType(source: String, type: Int)
  /// The file ends within its header, or within a feature.
  case truncatedShapes(source: String, feature: Int?, announced: Int, left: Int)
  /// The file is shorter than its header says, though its features are whole.
  case shorterThanSaid(source: String, announced: Int, bytes: Int, features: Int)
  /// A feature of another type than the file's.
  case mixedShapes(source: String, feature: Int, found: Int, expected: Int)
  /// A feature announces so many of something in so many bytes.
  case counts(source: String, feature: Int, what: String, announced: Int, bytes: Int)
  /// A part of a feature does not begin behind the part before it, or begins beyond the points.
  case partStart(source: String, feature: Int, part: Int, start: Int, points: Int)
  /// A coordinate is no finite number.
  case coordinate(source: String, feature: Int, found: Double)
  /// Rings that lie in each other without end.
  case nesting(source: String, feature: Int, rings: Int)
  /// There is no feature.
  case noFeatures(source: String)
  /// The file of properties is missing.
  case noAttributes(source: String, expected: String)
  /// Shapes from a gzip archive or a pipe, beside which no other file can stand.
  case alone(source: String)
  /// A zip archive holds several shapefiles.
  case severalShapefiles(source: String, names: [String])
  /// The two files hold different numbers of features.
  case differentCounts(source: String, features: Int, attributes: String, records: Int)

  /// The bytes are no dBASE table.
  case notTable(source: String)
  /// The header of a table ends outside the file, or without fields.
  case tableHeader(source: String, length: Int, bytes: Int)
  /// A field's type is not read.
  case fieldType(source: String, field: String, position: Int, type: String)
  /// A record is shorter than its fields.
  case recordLength(source: String, length: Int, fields: Int, needed: Int)
  /// The table holds fewer records than it announces.
  case truncatedTable(source: String, announced: Int, whole: Int)
  /// A field without a name.
  case unnamedField(source: String, position: Int)
  /// Two fields of one name.
  case duplicateField(source: String, name: String, first: Int, second: Int)
  /// There is no record.
  case noRecords(source: String, fields: [String])
  /// Bytes that are no text of the encoding; no record is meant where they are the name of the field.
  case invalidText(
    source: String, record: Int?, field: String, found: [UInt8], encoding: TextEncoding)
  /// The texts can be GB18030 and Big5, which give other characters.
  case uncertainEncoding(source: String, record: Int?, field: String)
  /// The C library does not know the encoding.
  case unknownEncoding(source: String, name: String)
  /// The file is larger than 4 GB.
  case tooLarge(source: String, bytes: Int)

  /// The input is off, and in one case the call.
  public var kind: FaultKind {
    if case .unknownEncoding = self { .usage } else { .data }
  }
}

extension ShapefileError {
  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .notShapes, .shapeType, .noFeatures, .noAttributes, .alone, .severalShapefiles, .differentCounts:
      descriptionOfFile
    case .truncatedShapes, .shorterThanSaid, .mixedShapes, .counts, .partStart, .coordinate, .nesting:
      descriptionOfFeature
    case .notTable, .tableHeader, .fieldType, .recordLength, .truncatedTable, .tooLarge: descriptionOfTable
    case .unnamedField, .duplicateField, .noRecords, .invalidText, .uncertainEncoding, .unknownEncoding:
      descriptionOfField
    }
  }

  private static let again =
    "The file is damaged or was not copied whole: copy, download or export it again."

  private var descriptionOfFile: String {
    switch self {
    case .notShapes(let source, let code):
      "\(source): this is no shapefile: it begins with the file code \(code), expected 9994."
    case .shapeType(let source, let type):
      "\(source): the shapes are \(ShapeType.name(of: type)) (type \(type)); expected polygons, or points for rules of"
        + " distance. Give the file of the units' outlines."
    case .noFeatures(let source): "\(source): the file holds no feature; expected one polygon a unit."
    case .noAttributes(let source, let expected):
      "\(source): the shapes have no ids, which stand in the .dbf beside them; expected \(expected). A shapefile is"
        + " several files of one name: copy all of them (.shp, .dbf, .prj, .cpg)."
    case .alone(let source):
      "\(source): these are the shapes of a shapefile without the files beside them, which hold ids and projection."
        + " Give FILE.shp itself, beside its .dbf and .prj, or all of them in one zip archive."
    case .severalShapefiles(let source, let names):
      "\(source): the archive holds \(names.count) shapefiles: \(names.prefix(10).joined(separator: ", "))"
        + "\(names.count > 10 ? ", …" : ""). Unpack it and give one of them: unzip \(NamedFile(source).word)"
    case .differentCounts(let source, let features, let attributes, let records):
      "\(source): \(features) features, but \(attributes) holds \(records) records; expected as many. The two do not"
        + " belong together, or one was not copied whole."
    default: ""
    }
  }

  private var descriptionOfFeature: String {
    switch self {
    case .truncatedShapes(let source, let feature, let announced, let left):
      "\(source)\(feature.map { ", feature \($0)" } ?? ""): the file ends within"
        + " \(feature == nil ? "its header" : "the feature"): \(announced) bytes should follow and \(left) are left."
        + " \(ShapefileError.again)"
    case .shorterThanSaid(let source, let announced, let bytes, let features):
      "\(source): the header says \(announced) bytes and there are \(bytes), with \(features) whole features; some are"
        + " missing. \(ShapefileError.again)"
    case .mixedShapes(let source, let feature, let found, let expected):
      "\(source), feature \(feature): its shape is of type \(found) (\(ShapeType.name(of: found))); expected type"
        + " \(expected), as the header says, or 0 for none. \(ShapefileError.again)"
    case .counts(let source, let feature, let what, let announced, let bytes):
      "\(source), feature \(feature): it announces \(announced) \(what), and \(bytes) bytes hold them."
        + " \(ShapefileError.again)"
    case .partStart(let source, let feature, let part, let start, let points):
      "\(source), feature \(feature): part \(part) begins at point \(start) of \(points); expected the first part at"
        + " point 0 and each other one behind the part before it. \(ShapefileError.again)"
    case .coordinate(let source, let feature, let found):
      "\(source), feature \(feature): a coordinate is \(RoundTripNumber.text(found)); expected a finite number below"
        + " 1e12 in size. \(ShapefileError.again)"
    case .nesting(let source, let feature, let rings):
      "\(source), feature \(feature): its \(rings) rings lie in each other too often to tell outlines from holes."
        + " \(ShapefileError.again)"
    default: ""
    }
  }

  private var descriptionOfTable: String {
    switch self {
    case .notTable(let source):
      "\(source): this is no dBASE table (.dbf); expected one that begins with its version and a header of fields."
    case .tableHeader(let source, let length, let bytes):
      "\(source): the header says that it takes \(length) bytes; the file has \(bytes), and a header at least one field"
        + " of 32. \(ShapefileError.again)"
    case .fieldType(let source, let field, let position, let type):
      "\(source), field \(position) (\(field)): the type is \(type); expected C (text), N or F (number), L (yes or no)"
        + " or D (day). Leave the field out: ogr2ogr -select OTHER,FIELDS new.shp"
        + " \(NamedFile(ShapefileParts.sibling(of: source, ending: "shp")).word)"
    case .recordLength(let source, let length, let fields, let needed):
      "\(source): the header says that a record has \(length) bytes, but its \(fields) fields take \(needed)."
        + " \(ShapefileError.again)"
    case .truncatedTable(let source, let announced, let whole):
      "\(source): the header announces \(announced) records, and \(whole) are whole. \(ShapefileError.again)"
    case .tooLarge(let source, let bytes):
      "\(source): the file has \(bytes) bytes; at most 4 GB are read."
    default: ""
    }
  }

  private var descriptionOfField: String {
    switch self {
    case .unnamedField(let source, let position):
      "\(source), field \(position): it has no name; expected one for every field. \(ShapefileError.again)"
    case .duplicateField(let source, let name, let first, let second):
      "\(source): fields \(first) and \(second) are both called \"\(name)\"; expected every name once. Names of a .dbf"
        + " have at most ten bytes, so longer ones are cut: rename one before exporting."
    case .noRecords(let source, let fields):
      "\(source): the table holds no record, only the fields \(fields.joined(separator: ", "))."
    case .invalidText(let source, let record, let field, let found, let encoding):
      "\(source), \(place(record, field)): the bytes \(CSVError.hexadecimal(found)) are no \(encoding.name) text."
        + " Write the encoding's name, such as GBK, into a file \(ShapefileParts.sibling(of: source, ending: "cpg"))."
    case .uncertainEncoding(let source, let record, let field):
      "\(source), \(place(record, field)): the text is not UTF-8; its bytes can be Big5 (traditional Chinese) and"
        + " GB18030, which give different characters. Write BIG5 or GBK into a file"
        + " \(ShapefileParts.sibling(of: source, ending: "cpg"))."
    case .unknownEncoding(let source, let name):
      "\(source): the C library does not know the encoding \"\(name)\"; expected a name such as utf-8, gb18030, big5 or"
        + " windows-1252 (iconv --list shows all)."
    default: ""
    }
  }

  private func place(_ record: Int?, _ field: String) -> String {
    record.map { "record \($0), field \"\(field)\"" } ?? "the name of a field (\"\(field)\")"
  }
}

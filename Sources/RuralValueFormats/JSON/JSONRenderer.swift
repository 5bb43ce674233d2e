public import RuralValue

/// Writes results as JSON: the contract `ruralvalue.result/1` of a document, and the rows of a single table.
///
/// Numbers carry full precision and keys are English, whatever the options for people say; only notes follow
/// the language.
public struct JSONRenderer: Sendable {
  private let layout: JSONWriter.Layout

  /// A renderer in a layout.
  public init(layout: JSONWriter.Layout = .pretty) {
    self.layout = layout
  }

  /// The rows of a table as an array of objects.
  public func bytes(_ table: ResultTable) -> [UInt8] {
    var writer = JSONWriter(layout: layout)
    writer.writeRows(of: table)
    writer.finish()
    return writer.bytes
  }

  /// A whole result; `version` is the program's, and `inputs` name the data.
  public func bytes(
    _ document: ResultDocument, version: String, inputs: [InputDigest], language: Language = .english
  ) -> [UInt8] {
    var writer = JSONWriter(layout: layout)
    writer.writeObject { writer in
      writer.write(JSONMember("schema", .string("ruralvalue.result/1")))
      writer.write(JSONMember("command", .string(document.command)))
      writer.write(JSONMember("version", .string(version)))
      writer.write(JSONMember("inputs", .array(inputs.map(\.json))))
      writer.write(JSONMember("specification", .object(document.specification)))
      writer.write(JSONMember("sample", document.sample?.json ?? .null))
      for part in document.parts {
        guard let key = part.jsonKey else { continue }
        writer.writeKey(key)
        writer.writeRows(of: part.table)
      }
      for member in document.values { writer.write(member) }
      if !document.models.isEmpty {
        writer.write(JSONMember("models", .array(document.models.map(\.json))))
        if !document.labels.isEmpty {
          writer.write(JSONMember("labels", .array(document.labels.map(\.json))))
        }
      }
      let cautions = document.cautions
      if !cautions.isEmpty {
        writer.write(JSONMember("cautions", JSONValue(cautions.map { $0.text(in: language) })))
      }
      writer.write(JSONMember("notes", JSONValue(document.allNotes.map { $0.text(in: language) })))
    }
    writer.finish()
    return writer.bytes
  }
}

extension InputDigest {
  fileprivate var json: JSONValue {
    .object([JSONMember("path", .string(path)), JSONMember("sha256", .string(sha256))])
  }
}

extension VariableLabels.Label {
  /// The label as a table of labels has it.
  fileprivate var json: JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("label", JSONValue(english)),
      JSONMember("label_zh", JSONValue(chinese)), JSONMember("unit", JSONValue(unit)),
    ])
  }
}

extension ResultDocument.Sample {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("observations", .integer(observations)), JSONMember("units", .integer(units)),
      JSONMember("periods", .integer(periods)), JSONMember("dropped_rows", .integer(droppedRows)),
    ])
  }
}

extension ResultDocument {
  /// The document's notes and then those of its tables in JSON, each once.
  fileprivate var allNotes: [Phrase] {
    (notes + parts.filter { $0.jsonKey != nil }.flatMap(\.table.notes)).reduce(into: []) { notes, note in
      if !notes.contains(note) { notes.append(note) }
    }
  }
}

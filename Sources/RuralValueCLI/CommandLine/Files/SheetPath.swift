import RuralValue
import RuralValueFormats

/// The name of a workbook with one of its sheets, `book.xlsx#W`, in the place of any input.
enum SheetPath {
  /// The file and the sheet; no sheet where a file has the whole name.
  static func parts(of path: String, isThere: (String) -> Bool) -> (file: String, sheet: String?) {
    guard path != "-", let sign = path.lastIndex(of: "#"), sign > path.startIndex, !isThere(path) else {
      return (path, nil)
    }
    let (file, sheet) = (String(path[..<sign]), String(path[path.index(after: sign)...]))
    guard !sheet.isEmpty, isThere(file) || file.lowercased().hasSuffix(".xlsx") else { return (path, nil) }
    return (file, sheet)
  }
}

/// An error about a sheet that was read because none was named, with the names of the others.
struct SheetFault: Fault {
  let kind: FaultKind
  let description: String

  init(_ fault: any Fault, others: [String]) {
    (kind, description) = (fault.kind, fault.description + ExcelError.others(others))
  }
}

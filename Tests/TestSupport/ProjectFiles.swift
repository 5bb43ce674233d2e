public import Foundation

/// Where the project's files stand, found from this source file.
public enum ProjectFiles {
  /// The project's root folder.
  public static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file under `Fixtures/`.
  public static func fixture(_ path: String) -> URL {
    root.appending(path: "Fixtures").appending(path: path)
  }

  /// A file under `../shared/`, or nil where the project stands alone, as on a user's machine.
  public static func shared(_ path: String) -> URL? {
    let url = root.deletingLastPathComponent().appending(path: "shared").appending(path: path)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  /// The text of a fixture.
  public static func fixtureText(_ path: String) throws -> String {
    try String(contentsOf: fixture(path), encoding: .utf8)
  }
}

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

  /// Whether a sanitizer stands under the program, which takes an address space of terabytes and files of its own to
  /// work in, so that tests that limit these can say nothing. `.ci/sanitize` sets the variable.
  public static let isSanitized = ProcessInfo.processInfo.environment["RURALVALUE_SANITIZER"] != nil

  /// The text of a fixture.
  public static func fixtureText(_ path: String) throws -> String {
    try String(contentsOf: fixture(path), encoding: .utf8)
  }
}

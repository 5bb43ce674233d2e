/// The version that `--version` and every JSON document state.
enum ToolVersion {
  static let number = "0.1.0"
}

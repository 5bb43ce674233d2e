import RuralValue

/// The studies that `study --init` begins with.
enum StudyTemplate: String, CaseIterable {
  case hunan, guangdong

  func write(to folder: String, language: Language) throws -> CommandAnswer {
    throw UsageError.conflict("not yet")
  }
}

import RuralValue

/// The words of the report that no step brings along.
enum ReportWords {
  static let contents = Phrase("Contents", zh: "目录")
  static let notes = Phrase("Notes", zh: "说明")
  static let call = Phrase("The call", zh: "对应命令")
  static let failed = Phrase("This step has no result.", zh: "本步骤未得出结果。")
  static let othersStand = Phrase(
    "The other steps do not depend on it, or say so themselves.", zh: "其他步骤不受其影响，受影响者另有说明。")
  static let failedMark = Phrase("failed", zh: "失败")
  static let study = Phrase("The study", zh: "研究概况")
  static let simulated = Phrase(
    "Simulated data. Tables and maps with this note describe no real county; nothing in them is a finding.",
    zh: "模拟数据：注明此项的表格与地图不代表任何真实县域，其中结果均非研究发现。")
  static let nothing = Phrase("No step of the study has a result.", zh: "本研究尚无任何步骤得出结果。")

  static let variant = Phrase("Tables and plots of this variant", zh: "本变体的全部表格与图")
  static let paper = Phrase("Tables and figures", zh: "图表")
  static let appendix = Phrase("Appendix", zh: "附录")

  /// What stands in the place of a drawing that holds what no drawing of this program's does.
  static func leftOut(_ found: String) -> Phrase {
    Phrase(
      "The drawing is left out, for it holds \(found), which a report does not show.",
      zh: "此图含有报告不予显示的内容（\(found)），故略去。")
  }

  /// What stands above the list of failed steps.
  static func failures(_ count: Int, of total: Int) -> Phrase {
    Phrase(
      "\(count) of \(total) steps failed; the others stand.", zh: "共\(total)个步骤，其中\(count)个失败，其余结果有效。")
  }

  /// What stands behind the title of a long table.
  static func rows(_ count: Int, shown: Int) -> Phrase {
    shown < count
      ? Phrase(
        "(first \(shown) of \(count) rows; the table's file has all)",
        zh: "（共\(count)行，此处列前\(shown)行，全部见表格文件）")
      : Phrase("(\(count) rows)", zh: "（共\(count)行）")
  }
}

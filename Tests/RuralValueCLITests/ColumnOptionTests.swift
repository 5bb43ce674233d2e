import TestSupport
import Testing

@testable import RuralValueCLI

/// `prepare --compute`, `--rename`, `--keep` and `--drop`, and names in backticks.
@Suite struct ColumnOptionTests {
  private let raw = """
    县,年份,"城镇收入,元",农村收入,Population (10k),市
    甲县,2012,20000,8000,50,东市
    甲县,2013,22000,9000,51,东市
    乙县,2012,18000,0,30,西市
    乙县,2013,19000,8200,,西市

    """

  private func prepare(_ words: String...) -> Outcome {
    ruralvalue(["prepare", "-"] + words, input: Array(raw.utf8))
  }

  @Test func `columns are renamed before the steps, and kept and dropped after them`() {
    let outcome = prepare(
      "--rename", "`城镇收入,元`=urban,农村收入=rural", "--compute", "gap = urban / rural", "--keep", "gap,市",
      "--quiet")
    #expect(
      outcome.output == """
        县,年份,市,gap
        甲县,2012,东市,2.5
        甲县,2013,东市,2.4444444444444446
        乙县,2012,西市,
        乙县,2013,西市,2.317073170731707

        """)
    let dropped = prepare("--drop", "`城镇收入,元`,`Population (10k)`,市", "--quiet")
    #expect(dropped.output.hasPrefix("县,年份,农村收入\n甲县,2012,8000\n"))
  }

  @Test func `a name with a comma stands in backticks in every list`() {
    let outcome = prepare("--log", "`城镇收入,元`,`Population (10k)`", "--quiet")
    #expect(
      outcome.output.hasPrefix("县,年份,\"城镇收入,元\",农村收入,Population (10k),市,\"ln_城镇收入,元\",ln_Population (10k)\n"))
    let described = ruralvalue(
      ["describe", "-", "--variables", "`城镇收入,元`", "--quiet"], input: Array(raw.utf8))
    #expect(described.code == .done && described.output.contains("城镇收入,元"))
  }

  @Test func `notes name the first place, and what is absent is named with the nearest`() {
    let outcome = prepare("--compute", "gap = 农村收入 / 农村收入")
    #expect(
      outcome.errors.contains(
        "1 cell has no value, for the divisor is zero; the first is standard input, line 4"))
    for (words, text) in [
      (["--keep", "农村收人"], "Did you mean \"农村收入\"?"), (["--rename", "gdp=x"], "no column \"gdp\""),
      (["--rename", "农村收入=市"], "two columns would be called \"市\""),
      (["--rename", "农村收入"], "expected old=new"),
      (["--compute", "x = 农村收人 * 2"], "Did you mean \"农村收入\"?"),
      (["--compute", "年份 = 农村收入"], "key column"),
      (["--compute", "x = 市 * 2"], "found \"东市\", expected a number"),
    ] {
      let refused = ruralvalue(["prepare", "-"] + words, input: Array(raw.utf8))
      #expect(refused.code != .done && refused.output.isEmpty)
      #expect(refused.errors.contains(text), "\(refused.errors)")
    }
  }
}

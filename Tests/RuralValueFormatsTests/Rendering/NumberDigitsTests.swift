import RuralValue
import Testing

@testable import RuralValueFormats

@Suite struct NumberDigitsTests {
  private func cells(_ table: ResultTable, _ digits: NumberDigits = 3) -> [[String]] {
    let shown = DisplayTable(table, RenderOptions(digits: digits))
    return (0..<shown.rowCount).map { row in
      shown.columns.compactMap { if case .number(let pieces) = $0.cells[row] { pieces.text } else { nil } }
    }
  }

  private func estimates(_ rows: [(Double, Double)]) -> ResultTable {
    ResultTable(
      name: "estimates", title: Phrase(verbatim: ""),
      columns: [
        ResultColumn(
          "estimate", Phrase(verbatim: ""), .number(rows.map(\.0)), display: .inference(.estimate)),
        ResultColumn("std_error", Phrase(verbatim: ""), .number(rows.map(\.1)), display: .inference(.error)),
        ResultColumn(
          "conf_low", Phrase(verbatim: ""), .number(rows.map { $0.0 - 2 * $0.1 }), display: .inference(.end)),
      ])
  }

  private func quantity(_ value: Double, _ digits: NumberDigits = 3) -> String {
    NumberPieces(value, display: .quantity, digits: digits).text
  }

  @Test
  func
    `a quantity has fewer decimals the larger it is and more where it is small, and commas between thousands`()
  {
    #expect(quantity(266_537.214) == "266,537")
    #expect(quantity(0.005_812_3) == "0.00581")
    #expect(quantity(-0.572_8) == "-0.573")
    #expect(quantity(3.609_4) == "3.609" && quantity(14.222) == "14.22" && quantity(542.004) == "542.0")
    #expect(quantity(0.999_96) == "1.000" && quantity(9.999_96) == "10.00" && quantity(0.099_996) == "0.100")
    #expect(quantity(0.04, 0) == "0.04" && quantity(0.4, 0) == "0" && quantity(4.4, 0) == "4")
    #expect(quantity(1234.56) == "1,235")
    #expect(quantity(-98_765_432.1) == "-98,765,432")
    #expect(quantity(12) == "12")
    #expect(quantity(1000) == "1,000")
    #expect(quantity(0) == "0")
    #expect(quantity(12.345_6, .significant(3)) == "12.3")
    #expect(quantity(.infinity) == "inf")
    #expect(quantity(2.5e-21) == "2.50e-21")
  }

  @Test func `rates keep decimals of their own, and have more where those would be zeros`() {
    func column(_ name: String, _ values: [Double], _ part: InferencePart) -> ResultColumn {
      ResultColumn(
        name, Phrase(verbatim: name), .number(values), display: .finerInference(part, decimals: 4))
    }
    let table = ResultTable(
      name: "t", title: Phrase(verbatim: "T"),
      columns: [
        column("slope", [0.00058, 0.000003], .estimate), column("error", [0.00096, 0.000002], .error),
      ])
    let text = TextRenderer().render(table, options: RenderOptions())
    #expect(text.contains("0.0006") && text.contains("0.0010"), "\(text)")
    #expect(text.contains("0.0000030") && text.contains("0.0000020"), "\(text)")
    #expect(TextRenderer().render(table, options: RenderOptions(digits: 6)).contains("0.000580"))
  }

  @Test func `digits that carry make no digit too many`() {
    #expect(SignificantDigits.text(0.9996, digits: 3) == "1.00")
    #expect(SignificantDigits.text(99.96, digits: 3) == "100")
    #expect(SignificantDigits.text(9.996, digits: 3) == "10.0")
    #expect(SignificantDigits.text(-0.000_999_6, digits: 3) == "-0.00100")
    #expect(SignificantDigits.scientific(9.96e-20, digits: 2) == "1.0e-19")
  }

  @Test(arguments: -300...300)
  func `every power of ten has one digit before its zeros`(exponent: Int) throws {
    let value = try #require(Double("1e\(exponent)"))
    let text = SignificantDigits.text(value, digits: 1)
    if exponent >= 0 {
      #expect(text == "1" + String(repeating: "0", count: exponent) || exponent > 22)
    } else if exponent >= -15 {
      #expect(text == "0." + String(repeating: "0", count: -exponent - 1) + "1")
    } else {
      #expect(text == "1e\(exponent)")
    }
  }

  @Test func `a row that would say 0 and (0) has decimals until its error has two digits`() {
    #expect(
      cells(estimates([(0.123_4, 0.045_6), (0.000_123_4, 0.000_045_6), (0.000_01, 0)])) == [
        ["0.123", "0.046", "0.032"], ["0.000123", "0.000046", "0.000032"],
        ["0.000010", "0.000000", "0.000010"],
      ])
  }

  @Test func `an estimate that prints as zero beside an error that does not gets a digit of its own`() {
    #expect(cells(estimates([(0.000_31, 0.0123)])) == [["0.0003", "0.0123", "-0.0243"]])
    // Nothing beside its error, and zero itself, are zero.
    #expect(cells(estimates([(0.000_000_31, 0.0123), (0, 0.5)])).map(\.first) == ["0.000", "0.000"])
  }

  @Test func `an error of ten to the minus twenty stands in scientific notation beside its estimate`() {
    #expect(cells(estimates([(3.21e-20, 1.24e-20)]))[0].prefix(2) == ["3.2e-20", "1.2e-20"])
  }

  @Test func `a journal table's errors stand beneath with the decimals of their estimates in all columns`() {
    let estimate = Estimate(Parameter("P", .variable), 0.000_221, standardError: 0.000_113)
    let other = Estimate(Parameter("P", .variable), 0.4, standardError: 0.1)
    let table = CoefficientLayout([
      .init(name: "a", heading: Phrase(verbatim: "V"), estimates: [estimate], statistics: []),
      .init(name: "b", heading: Phrase(verbatim: "V"), estimates: [other], statistics: []),
    ]).table(name: "t", title: Phrase(verbatim: ""))
    #expect(cells(table) == [["0.00022*", "0.40000***"], ["(0.00011)", "(0.10000)"]])
  }

  @Test func `significant digits are each number's own`() {
    #expect(
      cells(estimates([(12.345_6, 0.000_123)]), .significant(3)) == [["12.3", "0.000123", "12.3"]])
  }

  @Test(arguments: ["", "s", "0s", "16", "-1", "3S", "3ss", "1.5", "16s"])
  func `what is neither decimals nor significant digits is none`(text: String) {
    #expect(NumberDigits(text) == nil)
  }

  @Test func `digits read back from their text`() {
    for digits in [NumberDigits.decimals(0), 3, 15, .significant(1), .significant(15)] {
      #expect(NumberDigits(digits.text) == digits)
    }
  }
}

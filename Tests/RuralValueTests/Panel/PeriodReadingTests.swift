import RuralValue
import Testing

@Suite struct PeriodReadingTests {
  @Test(arguments: [
    ("2012", 2012), (" 2012 ", 2012), ("2012年", 2012), ("2012年度", 2012), ("2012年末", 2012), ("２０１２年", 2012),
    ("2012.0", 2012), ("2012-12-31", 2012), ("2012/12", 2012), ("2012-12-31 00:00:00", 2012), ("-3", -3),
    ("\u{FEFF}2012\u{A0}", 2012), ("201206", 201206),
    ("2012-12-31T00:00", 2012), ("2012年12月", 2012), ("2012年12月31日", 2012), ("2012.12.31", 2012),
    ("2012/1/5", 2012),
  ])
  func `a period is read as offices write it`(text: String, period: Int) {
    #expect(PeriodReading.period(text) == period)
  }

  @Test(arguments: [
    "", "年", "长沙", "2012-13", "2012-2013", "12-2012", "2012.5", "2012-05-foo", "2012-05-40", "1e3",
    "2012-12-32", "Q1", "abc",
    "99999999999999999999", "9223372036854775807",
  ])
  func `anything else is no period`(text: String) {
    #expect(PeriodReading.period(text) == nil)
  }
}

/// The words by which statistical tables head their columns.
enum ColumnWords {
  /// Whether a header says that the column holds times.
  static func isTime(_ header: String) -> Bool {
    let word = plain(String(CellText.halfWidth(header).prefix { $0 != "(" }))
    return times.contains(word) || word.hasSuffix("年份") || word.hasSuffix("年度") || word.hasSuffix("year")
  }

  /// Whether a header says that the column holds codes of units.
  static func isCode(_ header: String) -> Bool {
    let word = plain(header)
    return codes.contains(word) || word.hasSuffix("代码") || word.hasSuffix("编码") || word.hasSuffix("code")
      || word.hasSuffix("fips")
  }

  /// Whether a header says that the column holds names of units.
  static func isName(_ header: String) -> Bool {
    let word = plain(header)
    return names.contains(word) || word.hasSuffix("名称") || word.hasSuffix("name")
  }

  /// Whether a header says that the column names indicators.
  static func isIndicator(_ header: String) -> Bool { indicators.contains(plain(header)) }

  /// Whether a header says that the column describes what a row holds.
  static func isDescription(_ header: String) -> Bool {
    ["description", "desc", "说明", "指标说明", "内容"].contains(plain(header))
  }

  /// Whether a header says that the column holds the values of indicators.
  static func isValue(_ header: String) -> Bool { values.contains(plain(header)) }

  /// Whether a header says that the column names units of measurement.
  static func isMeasure(_ header: String) -> Bool { measures.contains(plain(header)) }

  /// Whether the name of a unit says that it is a total or a mean of others.
  static func isTotal(_ name: String) -> Bool {
    let word = plain(name).trimmingSuffix { "#*：:".contains($0) }
    return totals.contains(word) || word.hasSuffix("合计") || word.hasSuffix("总计")
  }

  /// Whether a header is one that R, pandas or a spreadsheet gives to row numbers.
  static func isRowNumber(_ header: String) -> Bool { rowNumbers.contains(plain(header)) }

  /// A header in half-width small letters, without spaces and underscores.
  private static func plain(_ header: String) -> String {
    let word = CellText.halfWidth(header).lowercased()
    return String(word.unicodeScalars.filter { !CellText.isSpace($0) && $0 != "_" })
  }

  private static let times: Set<String> = [
    "年份", "年度", "年", "时间", "日期", "时期", "期间", "期", "月份", "季度", "统计年", "年月",
    "year", "years", "yr", "time", "date", "period", "t", "wave", "month", "quarter", "timeperiod",
    "yearmonth",
    "fiscalyear", "fyear", "obstime",
  ]
  private static let codes: Set<String> = [
    "code", "id", "unit", "fips", "geoid", "geofips", "geo", "adcode", "pac", "gb", "iso", "iso3", "iso3c",
    "iso2c",
    "countyid", "regionid", "cityid", "unitid", "panelid", "pid", "uid", "firm", "refarea", "代码", "编码",
    "行政区划代码",
    "区划代码", "行政代码", "县码", "地区码",
  ]
  private static let names: Set<String> = [
    "name", "county", "counties", "country", "district", "city", "area", "state", "region", "province", "名称",
    "地区", "地名", "县", "县市", "县域", "县区", "区县", "县名", "市县", "城市", "省份", "省", "市", "个体",
  ]
  private static let indicators: Set<String> = [
    "指标", "指标名称", "指标名", "项目", "项目名称", "变量", "变量名", "indicator", "indicators", "indicatorname", "variable",
    "variables", "item", "series", "seriesname", "linename",
  ]
  private static let values: Set<String> = [
    "value", "values", "obsvalue", "值", "数值", "数据", "取值", "data", "amount",
  ]
  private static let measures: Set<String> = [
    "计量单位", "计量", "单位", "量纲", "unit", "units", "measure", "unitmeasure", "unitofmeasure",
  ]
  private static let totals: Set<String> = [
    "全市", "全省", "全国", "全县", "全区", "全州", "全域", "合计", "总计", "总数", "小计", "平均", "平均值", "均值", "total",
    "totals", "all", "sum", "average", "mean", "alltotal", "grandtotal",
  ]
  private static let rowNumbers: Set<String> = [
    "", "x", "x1", "unnamed:0", "rownames", "row.names", "rownumber", "rown", "row", "index", "...1", "序号",
    "行号",
  ]
}

extension String {
  /// The text without the letters at its end for which the condition holds.
  fileprivate func trimmingSuffix(while isCut: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, isCut(last) { text.removeLast() }
    return String(text)
  }
}

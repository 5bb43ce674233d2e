extension IndicatorSystem {
  /// The 24 indicators of the Hunan study: rural multidimensional value V in four dimensions, and the flows of
  /// population P, capital C, information I and technology T.
  ///
  /// Source: the Hunan paper, Tables 1 and 2.
  public static let ruralValue: IndicatorSystem = {
    do {
      return try IndicatorSystem(ruralValueIndicators)
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  private static let ruralValueIndicators: [Indicator] = [
    Indicator(
      index: "V", dimension: "economic",
      name: Phrase("Agricultural added value", zh: "农业增加值"),
      column: "agri_value_added", direction: .positive),
    Indicator(
      index: "V", dimension: "economic",
      name: Phrase("Gross output of agriculture, forestry, animal husbandry and fishery", zh: "农林牧渔业总产值"),
      column: "agri_gross_output", direction: .positive),
    Indicator(
      index: "V", dimension: "economic",
      name: Phrase("Grain output", zh: "粮食产量"),
      column: "grain_output", direction: .positive),
    Indicator(
      index: "V", dimension: "economic",
      name: Phrase("Primary industry contribution rate", zh: "第一产业贡献率"),
      column: "primary_contribution", direction: .positive),
    Indicator(
      index: "V", dimension: "social",
      name: Phrase("Per capita disposable income", zh: "农村居民人均可支配收入"),
      column: "rural_income", direction: .positive),
    Indicator(
      index: "V", dimension: "social",
      name: Phrase(
        "Healthcare coverage (township health centres / rural population)", zh: "医疗覆盖率（乡镇卫生院数／乡村人口）"),
      column: "healthcare_coverage", direction: .positive),
    Indicator(
      index: "V", dimension: "social",
      name: Phrase("Rural electricity consumption", zh: "农村用电量"),
      column: "rural_electricity", direction: .positive),
    Indicator(
      index: "V", dimension: "social",
      name: Phrase(
        "Rural educational resources (primary and secondary schools / rural population)",
        zh: "乡村教育资源（中小学数／乡村人口）"),
      column: "school_coverage", direction: .positive),
    Indicator(
      index: "V", dimension: "cultural",
      name: Phrase("Traditional village protection rate (recognised protected villages)", zh: "传统村落保护数"),
      column: "traditional_villages", direction: .positive),
    Indicator(
      index: "V", dimension: "cultural",
      name: Phrase("Number of intangible cultural heritage items", zh: "非物质文化遗产项目数"),
      column: "heritage_items", direction: .positive),
    Indicator(
      index: "V", dimension: "cultural",
      name: Phrase("Number of model Beautiful Villages", zh: "美丽乡村示范村数"),
      column: "beautiful_villages", direction: .positive),
    Indicator(
      index: "V", dimension: "ecological",
      name: Phrase("Vegetation coverage rate", zh: "植被覆盖率"),
      column: "vegetation_coverage", direction: .positive),
    Indicator(
      index: "V", dimension: "ecological",
      name: Phrase("Area of soil erosion control", zh: "水土流失治理面积"),
      column: "erosion_control_area", direction: .positive),
    Indicator(
      index: "V", dimension: "ecological",
      name: Phrase("Pesticide application intensity (pesticide / sown area)", zh: "农药施用强度（农药施用量／播种面积）"),
      column: "pesticide_intensity", direction: .negative),
    Indicator(
      index: "V", dimension: "ecological",
      name: Phrase("Fertilizer application intensity (fertilizer / sown area)", zh: "化肥施用强度（化肥施用量／播种面积）"),
      column: "fertilizer_intensity", direction: .negative),
    Indicator(
      index: "P", dimension: "population",
      name: Phrase("Change in rural resident population", zh: "乡村常住人口变化量"),
      column: "rural_population_change", direction: .positive),
    Indicator(
      index: "P", dimension: "population",
      name: Phrase("Change in rural employment", zh: "乡村从业人员变化量"),
      column: "rural_employment_change", direction: .positive),
    Indicator(
      index: "C", dimension: "capital",
      name: Phrase("Digital financial inclusion index", zh: "数字普惠金融指数"),
      column: "digital_finance_index", direction: .positive),
    Indicator(
      index: "C", dimension: "capital",
      name: Phrase("Government expenditure on agriculture, forestry and water affairs", zh: "农林水事务支出"),
      column: "agri_expenditure", direction: .positive),
    Indicator(
      index: "I", dimension: "information",
      name: Phrase("Number of landline phones", zh: "固定电话用户数"),
      column: "landline_phones", direction: .positive),
    Indicator(
      index: "I", dimension: "information",
      name: Phrase("Number of mobile phones", zh: "移动电话用户数"),
      column: "mobile_phones", direction: .positive),
    Indicator(
      index: "I", dimension: "information",
      name: Phrase("Internet penetration rate", zh: "互联网普及率"),
      column: "internet_penetration", direction: .positive),
    Indicator(
      index: "T", dimension: "technology",
      name: Phrase("Total power of agricultural machinery", zh: "农业机械总动力"),
      column: "machinery_power", direction: .positive),
    Indicator(
      index: "T", dimension: "technology",
      name: Phrase("Number of agricultural technicians", zh: "农业技术人员数"),
      column: "agri_technicians", direction: .positive),
  ]

  /// The system as a researcher keeps it in a spreadsheet, ready for `--indicators`.
  public var table: ResultTable {
    ResultTable(
      name: "indicators", title: Phrase("Indicator system", zh: "指标体系"),
      columns: [
        ResultColumn("index", Phrase("Index", zh: "指数"), .text(indicators.map(\.index))),
        ResultColumn("dimension", Phrase("Dimension", zh: "维度"), .text(indicators.map(\.dimension))),
        ResultColumn("indicator", Phrase("Indicator", zh: "指标"), .text(indicators.map(\.name.english))),
        ResultColumn("column", Phrase("Column", zh: "列名"), .text(indicators.map(\.column))),
        ResultColumn("direction", Phrase("Direction", zh: "属性"), .text(indicators.map(\.direction.rawValue))),
        ResultColumn("label_zh", Phrase("Chinese label", zh: "中文名称"), .text(indicators.map(\.name.chinese))),
      ])
  }
}

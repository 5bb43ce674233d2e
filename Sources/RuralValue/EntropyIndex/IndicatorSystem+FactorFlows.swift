extension IndicatorSystem {
  /// Two-way flows of urban and rural factors: integration U, and labour L, land N, capital K, data D,
  /// technology T and ecology E.
  ///
  /// The six factors are those of the Guangdong paper (its section 2.1), which measures none of them; the
  /// indicators are a proposal of what county yearbooks and departments publish, to be changed to what is at
  /// hand.
  public static let factorFlows: IndicatorSystem = {
    do {
      return try IndicatorSystem(integrationIndicators + traditionalFactors + newFactors)
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  private static let integrationIndicators: [Indicator] = [
    Indicator(
      index: "U", dimension: "economic", name: Phrase("Urban to rural income ratio", zh: "城乡居民收入比"),
      column: "income_ratio", direction: .negative),
    Indicator(
      index: "U", dimension: "economic",
      name: Phrase("Agricultural value added per worker", zh: "农业劳动生产率"),
      column: "agri_output_per_worker", direction: .positive),
    Indicator(
      index: "U", dimension: "social",
      name: Phrase("Doctors per 1,000 rural residents", zh: "每千乡村人口执业医师数"),
      column: "rural_doctors", direction: .positive),
    Indicator(
      index: "U", dimension: "social", name: Phrase("Rural tap water coverage", zh: "农村自来水普及率"),
      column: "tap_water", direction: .positive),
    Indicator(
      index: "U", dimension: "spatial", name: Phrase("Road density", zh: "公路网密度"),
      column: "road_density", direction: .positive),
    Indicator(
      index: "U", dimension: "spatial",
      name: Phrase("Villages with bus service", zh: "通公交行政村比重"),
      column: "bus_villages", direction: .positive),
  ]

  private static let traditionalFactors: [Indicator] = [
    Indicator(
      index: "L", dimension: "labour",
      name: Phrase("Non-farm share of rural employment", zh: "乡村非农就业比重"),
      column: "nonfarm_share", direction: .positive),
    Indicator(
      index: "L", dimension: "labour",
      name: Phrase("People returning to the countryside to start a business", zh: "返乡入乡创业人数"),
      column: "returned_founders", direction: .positive),
    Indicator(
      index: "N", dimension: "land",
      name: Phrase("Share of contracted farmland transferred", zh: "承包地流转率"),
      column: "land_transfer_rate", direction: .positive),
    Indicator(
      index: "N", dimension: "land",
      name: Phrase("Collective construction land brought to market", zh: "集体经营性建设用地入市面积"),
      column: "construction_land_marketed", direction: .positive),
    Indicator(
      index: "K", dimension: "capital",
      name: Phrase("Loans related to agriculture, outstanding", zh: "涉农贷款余额"),
      column: "agri_loans", direction: .positive),
    Indicator(
      index: "K", dimension: "capital",
      name: Phrase("Government expenditure on agriculture, forestry and water affairs", zh: "农林水事务支出"),
      column: "agri_expenditure", direction: .positive),
  ]

  private static let newFactors: [Indicator] = [
    Indicator(
      index: "D", dimension: "data",
      name: Phrase("Households with fixed broadband", zh: "农村宽带接入户数比重"),
      column: "broadband_households", direction: .positive),
    Indicator(
      index: "D", dimension: "data",
      name: Phrase("Online sales of farm products", zh: "农产品网络零售额"),
      column: "online_farm_sales", direction: .positive),
    Indicator(
      index: "T", dimension: "technology",
      name: Phrase("Total power of agricultural machinery", zh: "农业机械总动力"),
      column: "machinery_power", direction: .positive),
    Indicator(
      index: "T", dimension: "technology",
      name: Phrase("Number of agricultural technicians", zh: "农业技术人员数"),
      column: "agri_technicians", direction: .positive),
    Indicator(
      index: "E", dimension: "ecology", name: Phrase("Forest coverage", zh: "森林覆盖率"),
      column: "forest_coverage", direction: .positive),
    Indicator(
      index: "E", dimension: "ecology",
      name: Phrase("Payments for ecological protection received", zh: "生态补偿资金"),
      column: "ecological_payments", direction: .positive),
    Indicator(
      index: "E", dimension: "ecology",
      name: Phrase("Fertilizer application intensity (fertilizer / sown area)", zh: "化肥施用强度（化肥施用量／播种面积）"),
      column: "fertilizer_intensity", direction: .negative),
  ]
}

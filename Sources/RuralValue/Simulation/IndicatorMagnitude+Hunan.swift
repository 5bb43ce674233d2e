extension IndicatorMagnitude {
  /// The 24 indicators of the Hunan study (its Tables 1 and 2) with magnitudes as county yearbooks have them.
  ///
  /// Typical values are those of 2012; over ten years they reach what is usual in 2022. They were set by
  /// hand from what is generally known about Hunan: some 30 million tonnes of grain, rural incomes of about
  /// 7,000 CNY in 2012 and 20,000 in 2022, 300 kg of fertilizer a hectare sown. The levels of digital finance,
  /// listed villages and population changes were also held against provincial totals and ranges of real data
  /// that are not in this project; no county's value entered, and nothing was estimated. Lists of villages and heritage
  /// stand at what was usual halfway and hardly grow, and indicators fluctuate by 10 to 18 % about their path: an
  /// index that trails random walks has a lag of one, which no dynamic panel can estimate. Names
  /// and order are those of `Fixtures/data/hunan/indicators.csv`, which also gives the units.
  public static let hunan: [IndicatorMagnitude] = economic + social + cultural + ecological + factorFlows

  private static let economic: [IndicatorMagnitude] = [
    .init(
      "agri_value_added", .level, typical: (230_000, 75_000), growth: (0.055, 0.045),
      loadings: (0.9, 0.1, 0.05), spread: 0.15, fluctuation: 0.1, persistence: 0.6, decimals: 0),
    .init(
      "agri_gross_output", .containing(column: "agri_value_added"), typical: (0.62, 0.62),
      loadings: (0, 0.02, 0), spread: 0.08, fluctuation: 0.03, persistence: 0.6, decimals: 0),
    .init(
      "grain_output", .level, typical: (260_000, 45_000), growth: (0.006, 0.004),
      loadings: (1, 0.3, -0.05), spread: 0.15, fluctuation: 0.15, persistence: 0.4, decimals: 0),
    .init(
      "primary_contribution", .percentage, typical: (19, 4), growth: (-0.03, -0.01),
      loadings: (0, 0.15, -0.35), spread: 0.15, fluctuation: 0.18, persistence: 0.6, decimals: 2),
  ]

  private static let social: [IndicatorMagnitude] = [
    .init(
      "rural_income", .level, typical: (7_600, 11_000), growth: (0.105, 0.075),
      loadings: (0, 0.03, 0.14), spread: 0.05, fluctuation: 0.1, persistence: 0.6, decimals: 0),
    .init(
      "healthcare_coverage", .level, typical: (0.0062, 0.0045), growth: (0.012, 0.012),
      loadings: (-0.5, -0.05, 0), spread: 0.15, fluctuation: 0.1, persistence: 0.6, decimals: 5),
    .init(
      "rural_electricity", .level, typical: (9_000, 11_000), growth: (0.06, 0.035),
      loadings: (0.8, 0.05, 0.35), spread: 0.2, fluctuation: 0.12, persistence: 0.6, decimals: 0),
    .init(
      "school_coverage", .level, typical: (0.046, 0.03), growth: (-0.015, -0.005),
      loadings: (-0.35, -0.1, 0), spread: 0.15, fluctuation: 0.1, persistence: 0.6, decimals: 4),
  ]

  private static let cultural: [IndicatorMagnitude] = [
    .init(
      "traditional_villages", .cumulativeCount, typical: (2.4, 0.3), growth: (0.012, 0.005),
      loadings: (0.2, -0.75, -0.2), spread: 0.6, fluctuation: 0.6, persistence: 0.3, decimals: 0),
    .init(
      "heritage_items", .cumulativeCount, typical: (19, 10), growth: (0.004, 0.003),
      loadings: (0.3, -0.2, 0), spread: 0.35, fluctuation: 0.4, persistence: 0.3, decimals: 0),
    .init(
      "beautiful_villages", .cumulativeCount, typical: (3, 1.5), growth: (0.025, 0.005),
      loadings: (0.3, 0, 0.35), spread: 0.4, fluctuation: 0.4, persistence: 0.3, decimals: 0),
  ]

  private static let ecological: [IndicatorMagnitude] = [
    .init(
      "vegetation_coverage", .percentage, typical: (71, 48), growth: (0.006, 0.006),
      loadings: (0, -0.45, -0.1), spread: 0.2, fluctuation: 0.1, persistence: 0.5, decimals: 2),
    .init(
      "erosion_control_area", .level, typical: (150, 35), growth: (0.05, 0.03),
      loadings: (0.3, -0.35, 0), spread: 0.3, fluctuation: 0.1, persistence: 0.6, decimals: 2),
    .init(
      "pesticide_intensity", .level, typical: (14.5, 16), growth: (-0.02, -0.06),
      loadings: (0, 0.15, 0.05), spread: 0.2, fluctuation: 0.12, persistence: 0.6, decimals: 2),
    .init(
      "fertilizer_intensity", .level, typical: (310, 290), growth: (-0.005, -0.03),
      loadings: (0, 0.12, 0), spread: 0.15, fluctuation: 0.1, persistence: 0.6, decimals: 1),
  ]

  private static let factorFlows: [IndicatorMagnitude] = [
    .init(
      "rural_population_change", .change, typical: (-5_500, -1_900),
      loadings: (1, -0.1, 0.3), spread: 0.45, fluctuation: 0.5, persistence: 0.5, decimals: 0),
    .init(
      "rural_employment_change", .change, typical: (-2_600, -900),
      loadings: (1, 0, 0.3), spread: 0.4, fluctuation: 0.6, persistence: 0.4, decimals: 0),
    .init(
      "digital_finance_index", .level, typical: (38, 44), growth: (0.22, 0.02),
      loadings: (0, 0.01, 0.05), spread: 0.03, fluctuation: 0.1, persistence: 0.6, decimals: 2),
    .init(
      "agri_expenditure", .level, typical: (32_000, 12_500), growth: (0.11, 0.05),
      loadings: (0.5, -0.05, 0.1), spread: 0.15, fluctuation: 0.18, persistence: 0.5, decimals: 0),
    .init(
      "landline_phones", .level, typical: (3.6, 3.2), growth: (-0.07, -0.1),
      loadings: (0.8, 0, 0.3), spread: 0.2, fluctuation: 0.12, persistence: 0.6, decimals: 2),
    .init(
      "mobile_phones", .level, typical: (26, 24), growth: (0.09, 0.02),
      loadings: (0.85, 0, 0.2), spread: 0.1, fluctuation: 0.1, persistence: 0.6, decimals: 2),
    .init(
      "internet_penetration", .percentage, typical: (24, 38), growth: (0.26, 0.14),
      loadings: (0, 0.03, 0.2), spread: 0.12, fluctuation: 0.18, persistence: 0.6, decimals: 2),
    .init(
      "machinery_power", .level, typical: (44, 11), growth: (0.04, 0.02),
      loadings: (0.75, 0.2, 0), spread: 0.2, fluctuation: 0.1, persistence: 0.6, decimals: 2),
    .init(
      "agri_technicians", .level, typical: (230, 70), growth: (0.01, 0.02),
      loadings: (0.6, 0.05, 0.1), spread: 0.3, fluctuation: 0.18, persistence: 0.6, decimals: 0),
  ]
}

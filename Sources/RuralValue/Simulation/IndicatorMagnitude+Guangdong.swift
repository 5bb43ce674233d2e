extension IndicatorMagnitude {
  /// The 19 indicators of `IndicatorSystem.factorFlows`, with magnitudes set by hand for the counties of
  /// Guangdong from 2014 on.
  ///
  /// They are plausible in size and nothing more: no county's value entered, and nothing was estimated.
  public static let guangdong: [IndicatorMagnitude] = integration + traditionalFactors + newFactors

  private static let integration: [IndicatorMagnitude] = [
    .init(
      "income_ratio", .level, typical: (2.3, 1.9), growth: (-0.012, -0.008),
      loadings: (0, -0.02, -0.06), spread: 0.06, fluctuation: 0.01, persistence: 0.8, decimals: 3),
    .init(
      "agri_output_per_worker", .level, typical: (24_000, 41_000), growth: (0.085, 0.06),
      loadings: (0, 0.1, 0.2), spread: 0.15, fluctuation: 0.03, persistence: 0.7, decimals: 0),
    .init(
      "rural_doctors", .level, typical: (1.4, 2.1), growth: (0.05, 0.03),
      loadings: (-0.2, 0, 0.15), spread: 0.15, fluctuation: 0.03, persistence: 0.7, decimals: 2),
    .init(
      "tap_water", .percentage, typical: (82, 96), growth: (0.16, 0.1),
      loadings: (0, 0.2, 0.25), spread: 0.25, fluctuation: 0.05, persistence: 0.6, decimals: 2),
    .init(
      "road_density", .level, typical: (110, 190), growth: (0.02, 0.01),
      loadings: (0, 0.12, 0.15), spread: 0.2, fluctuation: 0.01, persistence: 0.7, decimals: 1),
    .init(
      "bus_villages", .percentage, typical: (70, 93), growth: (0.25, 0.15),
      loadings: (0, 0.2, 0.2), spread: 0.3, fluctuation: 0.06, persistence: 0.6, decimals: 2),
  ]

  private static let traditionalFactors: [IndicatorMagnitude] = [
    .init(
      "nonfarm_share", .percentage, typical: (46, 78), growth: (0.05, 0.03),
      loadings: (0, 0.1, 0.35), spread: 0.2, fluctuation: 0.04, persistence: 0.7, decimals: 2),
    .init(
      "returned_founders", .level, typical: (420, 260), growth: (0.16, 0.09),
      loadings: (0.7, 0, 0.1), spread: 0.3, fluctuation: 0.1, persistence: 0.5, decimals: 0),
    .init(
      "land_transfer_rate", .percentage, typical: (24, 45), growth: (0.12, 0.06),
      loadings: (0, 0.3, 0.2), spread: 0.3, fluctuation: 0.05, persistence: 0.7, decimals: 2),
    .init(
      "construction_land_marketed", .level, typical: (16, 48), growth: (0.14, 0.06),
      loadings: (0.3, 0.2, 0.45), spread: 0.4, fluctuation: 0.15, persistence: 0.4, decimals: 2),
    .init(
      "agri_loans", .level, typical: (380_000, 910_000), growth: (0.12, 0.09),
      loadings: (0.7, 0.05, 0.4), spread: 0.2, fluctuation: 0.03, persistence: 0.7, decimals: 0),
    .init(
      "agri_expenditure", .level, typical: (45_000, 38_000), growth: (0.1, 0.04),
      loadings: (0.5, -0.05, 0.1), spread: 0.15, fluctuation: 0.06, persistence: 0.5, decimals: 0),
  ]

  private static let newFactors: [IndicatorMagnitude] = [
    .init(
      "broadband_households", .percentage, typical: (36, 71), growth: (0.24, 0.14),
      loadings: (0, 0.05, 0.3), spread: 0.15, fluctuation: 0.06, persistence: 0.6, decimals: 2),
    .init(
      "online_farm_sales", .level, typical: (3_100, 9_800), growth: (0.33, 0.12),
      loadings: (0.5, 0.1, 0.45), spread: 0.4, fluctuation: 0.1, persistence: 0.6, decimals: 0),
    .init(
      "machinery_power", .level, typical: (31, 14), growth: (0.02, 0.02),
      loadings: (0.75, 0.2, 0), spread: 0.2, fluctuation: 0.03, persistence: 0.7, decimals: 2),
    .init(
      "agri_technicians", .level, typical: (190, 120), growth: (0.01, 0.02),
      loadings: (0.6, 0.05, 0.1), spread: 0.3, fluctuation: 0.06, persistence: 0.7, decimals: 0),
    .init(
      "forest_coverage", .percentage, typical: (66, 34), growth: (0.01, 0.004),
      loadings: (0, -0.5, -0.1), spread: 0.2, fluctuation: 0.02, persistence: 0.5, decimals: 2),
    .init(
      "ecological_payments", .level, typical: (2_600, 700), growth: (0.12, 0.07),
      loadings: (0.4, -0.5, -0.2), spread: 0.3, fluctuation: 0.06, persistence: 0.6, decimals: 0),
    .init(
      "fertilizer_intensity", .level, typical: (480, 520), growth: (-0.01, -0.035),
      loadings: (0, 0.1, 0), spread: 0.15, fluctuation: 0.025, persistence: 0.6, decimals: 1),
  ]
}

import RuralValue

extension StudyTemplate {
  /// Urban–rural integration U and the flows of labour, land, capital, data, technology and ecology, with the
  /// four regions of Guangdong as sub-samples.
  static let guangdong = StudyTemplate(
    system: .factorFlows,
    opening: opening(
      "Two-way flows of six urban and rural factors, and four regions that are compared.",
      zh: "城乡六类要素双向流动，并比较四个区域。"),
    blocks: [
      Block(
        Phrase("The title of the report.", zh: "报告标题。"),
        Phrase(
          "title: \"Two-way factor flows and urban–rural integration\",", zh: "title: \"城乡要素双向流动与城乡融合\",")),
      .output(seed: 1), .panel, .prepare, .indicators, regions, .weights, models, space, subsamples,
      evaluation, maps,
    ],
    about: Phrase(
      """
      The Guangdong system: urban-rural integration U and the flows of labour L, land N, capital K, data D,
      technology T and ecology E. The indicators are a proposal; change them to what you have.
      Besides panel.csv and counties.geojson the study reads counties.csv: a row a county with its code and its
      region4 (PRD, East, West or North); and, for the evaluation:

      \(accounts.english)
      """,
      zh: """
        广东指标体系：城乡融合U，劳动力L、土地N、资本K、数据D、技术T、生态E六类要素。各指标为建议，可按所得数据修改。
        除panel.csv与counties.geojson外，还读取counties.csv：每县一行，含代码及区域region4（PRD、East、West、North）；评价部分还读取：

        \(accounts.chinese)
        """),
    companions: [scorecard])

  private static let regions = Block(
    Phrase(
      """
      The panel for the models: the scores, beside them the prepared panel and counties.csv, which has a row a
      county with its code and, in region4, its region: PRD (the Pearl River Delta), East, West or North, and
      accounts.csv with what the evaluation needs. log makes ln_U and so on.
      \(zeros.english)
      """,
      zh: """
        模型所用面板：综合得分、预处理后的面板数据，以及counties.csv（每县一行：代码及区域region4：
        PRD珠三角、East粤东、West粤西、North粤北）与评价所需的accounts.csv。log生成ln_U等。
        \(zeros.chinese)
        """),
    """
    analysis: { join: ["counties.csv", "accounts.csv;time=year"], prepare: [{ log: "U,L,N,K,D,T,E;add=0.01;if-zero" }] },
    describe: { variables: ["U", "L", "N", "K", "D", "T", "E"] },
    """)

  private static let models = Block(
    Phrase(
      """
      Models. Keys are the options of `ruralvalue fe`, `ruralvalue gmm` and `ruralvalue sdm` without dashes. The
      baseline has effects of counties and years, by region, with the test whether the regions differ; the products
      ask whether data strengthens what labour and capital do.
      """,
      zh: """
        模型。键为`ruralvalue fe`、`ruralvalue gmm`与`ruralvalue sdm`的选项（不带横线）。基准模型为双向固定效应，分区域估计并检验区域差异；
        交互项检验数据要素是否增强劳动力与资本的作用。
        """),
    """
    models: {
      fe: [{ name: "baseline", formula: "U ~ L + N + K + D + T + E", by: "region4" }],
      gmm: [
        { name: "factors", formula: "U ~ lag(U) + L + N + K + D + T + E" },
        { name: "data", formula: "U ~ lag(U) + L*D + K*D + N + T + E", center: true },
      ],
      sdm: [{ name: "main", formula: "ln_U ~ ln_L + ln_N + ln_K + ln_D + ln_T + ln_E", se: "cluster" }],
    },
    """)

  private static let space = Block(
    Phrase(
      "Spatial autocorrelation year by year, and hot spots of growth between two years of your panel.",
      zh: "历年空间自相关，以及两个年份之间增长率的热点。"),
    """
    moran: { variables: ["U", "D"], permutations: 999, local: true },
    hotspots: { variables: ["U", "L", "N", "K", "D", "T", "E"], growth: "2014:2023" },
    """)

  private static let subsamples = Block(
    Phrase(
      """
      Variants of a model, side by side with it: the Pearl River Delta against the rest and each other region,
      other weights, extremes cut off, regressors a year earlier.
      """,
      zh: "模型的稳健性检验与异质性分析，与原模型并列：珠三角与其他地区、各区域、更换权重矩阵、缩尾、解释变量滞后一年。"),
    Phrase(
      """
      robustness: [
        { name: "Pearl River Delta", of: "main", where: "region4=PRD" },
        { name: "The rest", of: "main", where: "region4!=PRD" },
        { name: "East", of: "factors", where: "region4=East" },
        { name: "West", of: "factors", where: "region4=West" },
        { name: "North", of: "factors", where: "region4=North" },
        { name: "Five nearest neighbours", of: "main", weights: "nearest5" },
        { name: "Winsorised at 1 %", of: "main", winsorise: 0.01 },
        { name: "Regressors a year earlier", of: "main", lag: 1 },
      ],
      """,
      zh: """
        robustness: [
          { name: "珠三角", of: "main", where: "region4=PRD" },
          { name: "其他地区", of: "main", where: "region4!=PRD" },
          { name: "粤东", of: "factors", where: "region4=East" },
          { name: "粤西", of: "factors", where: "region4=West" },
          { name: "粤北", of: "factors", where: "region4=North" },
          { name: "五个最近邻", of: "main", weights: "nearest5" },
          { name: "1%缩尾", of: "main", winsorise: 0.01 },
          { name: "解释变量滞后一年", of: "main", lag: 1 },
        ],
        """))

  private static let maps = Block(
    Phrase(
      """
      Maps: integration as colour with all flows as circles, hot spots, and, if your polygons have a property
      region4, the four regions.
      """,
      zh: "地图：城乡融合分级设色叠加要素流动圆、热点；若多边形有属性region4，可绘四个区域。"),
    """
    maps: [
      { name: "overlay", fill: "U", circles: "L+N+K+D+T+E", periods: [2014, 2019, 2023] },
      { name: "hotspots", hot: ["U", "L", "N", "K", "D", "T", "E"] },
      { name: "coordination", fill: "d_classical", periods: [2014, 2023] },
      { name: "warnings", warning: "A", periods: [2014, 2023] },
      { name: "centre", ellipses: "value-added" },
      // { name: "regions", regions: "region4" },
    ],
    """)
}

import RuralValue

extension StudyTemplate {
  /// Rural multidimensional value V and the flows of population P, capital C, information I and technology T.
  static let hunan = StudyTemplate(
    system: .ruralValue,
    opening: opening(
      "A study from a county panel to tables, maps and a report.", zh: "从县域面板数据到表、图与报告的一项研究。"),
    blocks: [
      Block(
        Phrase("The title of the report.", zh: "报告标题。"),
        Phrase("title: \"Rural value and factor flows\",", zh: "title: \"乡村多元价值与要素流动\",")),
      .output(seed: 1), labels, questions, .panel, .prepare, .indicators, analysis, .weights, models, space,
      robustness, tables, movement, maps, paper,
    ],
    about: Phrase(
      """
      The Hunan system: rural multidimensional value V (economic, social, cultural, ecological) and the flows of
      population P, capital C, information I and technology T.
      Besides panel.csv and counties.geojson the study reads counties.csv: a row a county with its code and its
      prefecture.
      """,
      zh: """
        湖南指标体系：乡村多元价值V（经济、社会、文化、生态）及人口流P、资本流C、信息流I、技术流T。
        除panel.csv与counties.geojson外，还读取counties.csv：每县一行，含代码及所属市州prefecture。
        """))

  private static let labels = Block(
    Phrase(
      """
      What tables, plots, maps and the report call columns; csv and json keep the names. A word is also
      { label: "…", label_zh: "…", unit: "…" }, and labels: "labels.csv" a file with the columns name,label,label_zh,unit.
      """,
      zh: """
        变量名称：表、图、地图与报告中的用语（csv与json仍用列名）。亦可写作{ label: "…", label_zh: "…", unit: "…" }，
        或用文件labels: "labels.csv"，其列为name,label,label_zh,unit。
        """),
    Phrase(
      """
      labels: {
        V: "Rural value", P: "Population flow", C: "Capital flow", I: "Information flow", T: "Technology flow",
      },
      """,
      zh: """
        labels: { V: "乡村多元价值", P: "人口流", C: "资本流", I: "信息流", T: "技术流" },
        """))

  private static let questions = Block(
    Phrase(
      """
      What the report's first page answers: each question with the model and its numbers, which are estimates
      (total ln_P, rho, P:C:I:T) or tests (wald_products). Without this block the program takes the first of each model.
      """,
      zh: """
        报告首页回答的问题：每个问题给出模型及其数值，可为估计值（total ln_P、rho、P:C:I:T）或检验（wald_products）。
        省略本块时，取各模型的首要数值。
        """),
    Phrase(
      """
      questions: [
        { ask: "H1: do the four flows act on rural value together?", of: "products", numbers: ["wald_products", "P:C:I:T"] },
        { ask: "H2: do neighbours matter, and do flows spill over?", of: "main", numbers: ["rho", "total ln_P", "total ln_C"] },
      ],
      """,
      zh: """
        questions: [
          { ask: "H1：四类要素流是否共同作用于乡村多元价值？", of: "products", numbers: ["wald_products", "P:C:I:T"] },
          { ask: "H2：是否存在空间依赖与溢出效应？", of: "main", numbers: ["rho", "total ln_P", "total ln_C"] },
        ],
        """))

  private static let analysis = Block(
    Phrase(
      """
      The panel for the models: the scores, beside them the prepared panel and, with join, attributes of counties:
      counties.csv, a row a county with its code and its prefecture. Then its own steps: log makes ln_V and so on.
      \(zeros.english)
      """,
      zh: """
        模型所用面板：综合得分与预处理后的面板数据，join并入县域属性（counties.csv：代码及市州prefecture）。随后为其自身的处理：log生成ln_V等。
        \(zeros.chinese)
        """),
    """
    analysis: { join: ["counties.csv"], prepare: [{ log: "V,P,C,I,T;add=0.01;if-zero" }] },
    describe: { variables: ["V", "P", "C", "I", "T"] },
    """)

  private static let models = Block(
    Phrase(
      """
      Models. Keys are the options of `ruralvalue gmm` and `ruralvalue sdm` without dashes. lag(V) is V a year
      before; P*C*I*T stands for all products of the four, and the test wald_products answers whether the four act
      together at all (hypothesis H1); sums adds every sum of two or more coefficients.
      """,
      zh: """
        模型。键为`ruralvalue gmm`与`ruralvalue sdm`的选项（不带横线）。lag(V)为V的滞后一期；
        P*C*I*T为四者的全部交互项，其检验wald_products回答四者是否存在交互作用（假设H1）；sums给出两个及以上系数的各种和。
        """),
    """
    models: {
      gmm: [
        { name: "products", formula: "V ~ lag(V) + P*C*I*T", center: true },
        { name: "sums", formula: "V ~ lag(V) + P + C + I + T", sums: ["P", "C", "I", "T"] },
      ],
      sdm: [{ name: "main", formula: "ln_V ~ ln_P + ln_C + ln_I + ln_T", se: "cluster" }],
    },
    """)

  private static let space = Block(
    Phrase(
      """
      Spatial autocorrelation year by year, and hot spots of growth between two years of your panel; overlap says how far
      the hot spots of every two variables coincide.
      """,
      zh: "历年空间自相关，以及两个年份之间增长率的热点；overlap给出每两个变量热点的空间重合度。"),
    """
    moran: { variables: ["V"], permutations: 999, local: true },
    hotspots: { variables: ["V", "P", "C", "I", "T"], growth: "2012:2022", overlap: true },
    """)

  private static let robustness = Block(
    Phrase(
      """
      Variants of a model, side by side with it: other weights, extremes cut off (winsorise), some counties only
      (where), regressors a year earlier (lag), or any option of the model.
      """,
      zh: "模型的稳健性检验，与原模型并列：更换权重矩阵、缩尾（winsorise）、部分县域（where）、解释变量滞后（lag），或模型的任何选项。"),
    Phrase(
      """
      robustness: [
        { name: "Five nearest neighbours", of: "main", weights: "nearest5" },
        { name: "Winsorised at 1 %", of: "main", winsorise: 0.01 },
        { name: "Regressors a year earlier", of: "main", lag: 1 },
        { name: "One step", of: "sums", steps: 1 },
      ],
      """,
      zh: """
        robustness: [
          { name: "五个最近邻", of: "main", weights: "nearest5" },
          { name: "1%缩尾", of: "main", winsorise: 0.01 },
          { name: "解释变量滞后一年", of: "main", lag: 1 },
          { name: "一步法", of: "sums", steps: 1 },
        ],
        """))

  private static let tables = Block(
    Phrase(
      """
      Tables of models side by side, variants among them. Keys are the options of `ruralvalue table`: group sets headings
      above columns, keep, drop and order choose terms, effects (panels, rows, wide, none) and brackets (se, t, p) how they
      stand. Without this block models of one outcome stand side by side; tables: false makes none.
      """,
      zh: """
        多个模型并列的表，亦可含稳健性变体。键为`ruralvalue table`的选项：group为列上的分组标题，keep、drop、order选择变量及顺序，
        effects（panels、rows、wide、none）与brackets（se、t、p）为效应与括号的形式。省略本块时，被解释变量相同的模型自动并列；tables: false则不作表。
        """),
    Phrase(
      """
      tables: [
        { name: "gmm", models: ["products", "sums"], group: "System GMM:1-2", title: "Factor flows and rural value" },
        { name: "effects", models: ["main", "Five nearest neighbours"], effects: "wide", title: "Effects under two weights" },
      ],
      """,
      zh: """
        tables: [
          { name: "gmm", models: ["products", "sums"], group: "系统GMM:1-2", title: "要素流动与乡村多元价值" },
          { name: "effects", models: ["main", "五个最近邻"], effects: "wide", title: "两种权重矩阵下的效应" },
        ],
        """))

  private static let movement = Block(
    Phrase(
      """
      Evaluation. disparity: how far counties lie apart, within and between prefectures. coupling: do value and the four
      flows go together. evolve: densities, transitions between classes, convergence, the centre and its ellipse (of scores
      the centre only says where high ones lie; of people or output it says where these are).
      """,
      zh: """
        评价。disparity：市州内与市州间的差异；coupling：多元价值与四类要素流的耦合协调；evolve：核密度、等级转移、收敛、重心与标准差椭圆
        （得分的重心仅表示高值的位置；人口或产出的重心才表示其分布）。
        """),
    """
    disparity: { variables: ["V"], group: "prefecture" },
    coupling: { systems: ["V", "P", "C", "I", "T"], group: "prefecture" },
    evolve: { variables: ["V"], weights: "queen", places: "counties.geojson" },
    """)

  private static let maps = Block(
    Phrase(
      """
      Maps: colours (fill), circles over them, hot spots (hot), clusters (lisa), or the study area (regions: a property of the
      polygons). outline: "prefecture" draws thicker lines around groups, if your polygons have that property;
      caption is what the report calls the map. fdr: true colours of hot and lisa what stays significant under false
      discovery control; approval and source are the map's number and source, locator a file of the wider area.
      """,
      zh: """
        地图：分级设色（fill）、叠加圆（circles）、热点（hot）、集聚类型（lisa）或研究区（regions：多边形的属性）。
        若多边形有相应属性，outline: "prefecture"为其加粗边界；caption为报告中的图名。
        hot与lisa加fdr: true只显示经FDR校正后仍显著的单元；approval、source为审图号与来源，locator为更大区域的边界文件（位置示意图）。
        """),
    """
    maps: [
      { name: "overlay", fill: "V", circles: "P+C+I+T", periods: [2012, 2017, 2022] },
      { name: "hotspots", hot: ["V", "P", "C", "I", "T"] },
      { name: "clusters", lisa: "V", periods: [2012, 2022] },
      { name: "coordination", fill: "d_classical", periods: [2012, 2022] },
      { name: "centre", fill: "V", periods: [2012, 2022], ellipses: true },
    ],
    """)

  private static let paper = Block(
    Phrase(
      """
      The tables and figures of the paper, in its order and with its numbers; all others go to the report's appendix. of names
      a step, as `ruralvalue study` lists them, and behind a slash one of its tables. Without this block the program
      chooses; paper: false makes no such part.
      """,
      zh: """
        论文中的表与图，按论文的次序与编号；其余列入报告附录。of为步骤名（见`ruralvalue study`的列表），斜线后可指明其中的某个表。
        省略本块时由程序选取；paper: false则无此部分。
        """),
    Phrase(
      """
      paper: [
        { table: 1, of: "entropy/weight_summary", rows: { index: "V" }, title: "Indicator system of rural value" },
        { table: 2, of: "entropy/weight_summary", rows: { index: ["P", "C", "I", "T"] }, title: "Indicator system of factor flows" },
        { table: 3, of: "variables" },
        { table: 4, of: "gmm-products", rows: { kind: ["lag", "variable", "product"] } },
        { figure: 3, of: "map-overlay", title: "Rural value and factor flow, 2012, 2017 and 2022" },
        { figure: 4, of: "map-hotspots", title: "Hot and cold spots of growth, 2012–2022" },
        { table: 5, of: "sdm-main" },
        { table: 6, of: "sdm-main/effects_wide" },
      ],
      """,
      zh: """
        paper: [
          { table: 1, of: "entropy/weight_summary", rows: { index: "V" }, title: "乡村多元价值指标体系" },
          { table: 2, of: "entropy/weight_summary", rows: { index: ["P", "C", "I", "T"] }, title: "要素流动指标体系" },
          { table: 3, of: "variables" },
          { table: 4, of: "gmm-products", rows: { kind: ["lag", "variable", "product"] } },
          { figure: 3, of: "map-overlay", title: "2012、2017与2022年乡村多元价值与要素流强度" },
          { figure: 4, of: "map-hotspots", title: "2012–2022年变化率的冷热点" },
          { table: 5, of: "sdm-main" },
          { table: 6, of: "sdm-main/effects_wide" },
        ],
        """))
}

import RuralValue

extension StudyTemplate {
  /// What stands at the head of a study file: what it is about, and how to go on.
  static func opening(_ english: String, zh chinese: String) -> Phrase {
    Phrase(
      """
      \(english)
      Change what you like; a block that you delete is not run. See README.txt, then:
        ruralvalue study study.json --check
        ruralvalue study study.json
      """,
      zh: """
        \(chinese)
        可任意修改；删去的部分不运行。先看README.txt，然后：
          ruralvalue study study.json --check
          ruralvalue study study.json
        """)
  }
}

extension StudyTemplate {
  /// What becomes of scores that have no logarithm.
  static let zeros = Phrase(
    """
    A score is 0 for who is worst in all of its indicators, and 0 has no logarithm. add=0.01 adds a hundredth of the
    scale's length; if-zero only to an index that has such a score, and then every table of it says so. Other ways:
    log: "V,P" without both, which stops the steps that need a logarithm of 0 and no others, or floor: 0.01 in indicators.
    """,
    zh: """
      某县各项指标均居末位时得分为0，没有对数。add=0.01加上量表长度的百分之一；if-zero仅用于含零的指数，此时相关各表均予注明。
      另法：log: "V,P"不加常数（仅停用需要该对数的步骤），或在indicators中设floor: 0.01。
      """)
}

extension StudyTemplate.Block {
  /// How the outputs look.
  static func output(seed: Int) -> StudyTemplate.Block {
    StudyTemplate.Block(
      Phrase(
        """
        Where and how results are written. Formats: csv, md, tex, html, docx, json; with docx all tables also
        stand in tables.docx. figures: ["png", "pdf"], width: "85mm" make pictures of the drawings. Everything random
        comes from the seed, so that the same study gives the same files.
        """,
        zh: """
          结果的位置与格式。格式可为csv、md、tex、html、docx、json；选docx时全部表格另存于tables.docx。
          figures: ["png", "pdf"], width: "85mm"把图另存为PNG、PDF。随机数均由种子seed决定，同一研究总得到相同的文件。
          """),
      Phrase(
        """
        language: "en",  // or "zh": headings and notes in Chinese
        seed: \(seed),
        output: { folder: "results", formats: ["csv", "tex", "docx"], digits: 3, stars: [0.1, 0.05, 0.01] },
        """,
        zh: """
          language: "zh",  // 或 "en"：标题与注释用英文
          seed: \(seed),
          output: { folder: "results", formats: ["csv", "tex", "docx"], digits: 3, stars: [0.1, 0.05, 0.01] },
          """))
  }

  /// The panel and its preparation.
  static let panel = StudyTemplate.Block(
    Phrase(
      """
      The panel: a row a county and year. unit and time are its key columns. Other keys: periods ("2012:2022"),
      where ("prefecture!=…"), encoding ("gb18030"), join (files whose columns are set beside the panel's).
      sources says where data come from, for the README of a replication package (study --package); also as
      { source: "…", url: "…", license: "…", accessed: "…", citation: "…" }.
      """,
      zh: """
        面板数据：每行为一个县域的一个年份。unit与time为标识列。其他键：periods（"2012:2022"）、
        where（"prefecture!=…"）、encoding（"gb18030"）、join（并入其他文件的列）。
        sources为数据来源，写入复现材料（study --package）的README；亦可写作
        { source: "…", url: "…", license: "…", accessed: "…", citation: "…" }。
        """),
    """
    panel: { file: "panel.csv", unit: "code", time: "year" },
    sources: { "panel.csv": "" },
    """)

  /// Steps of preparation.
  static let prepare = StudyTemplate.Block(
    Phrase(
      """
      Preparation, step by step in this order: interpolate, smooth, log, log1p, standardise, minmax, winsorise,
      change, growth, lag. "all" is every numeric column; settings follow after semicolons.
      """,
      zh: """
        预处理，按此顺序逐步进行：interpolate、smooth、log、log1p、standardise、minmax、winsorise、change、growth、lag。
        "all"为全部数值列；设置写在分号之后。
        """),
    Phrase(
      """
      prepare: [
        { interpolate: "all" },  // gaps inside a county, linearly; "all;extend" also holds the ends
        // { smooth: "agri_technicians;window=3;in-place" },
      ],
      """,
      zh: """
        prepare: [
          { interpolate: "all" },  // 县域内线性插值；"all;extend"同时延长两端
          // { smooth: "agri_technicians;window=3;in-place" },
        ],
        """))

  /// The indices.
  static let indicators = StudyTemplate.Block(
    Phrase(
      """
      The indicator system and its entropy weights: "annual-mean" averages each year's weights, "pooled" takes all
      years together. sensitivity compares the variants.
      """,
      zh: "指标体系与熵值法权重：\"annual-mean\"为各年权重的均值，\"pooled\"为各年合并计算。sensitivity比较各种做法。"),
    """
    indicators: { file: "indicators.csv", weights: "annual-mean", sensitivity: true },
    """)

  /// Spatial weights.
  static let weights = StudyTemplate.Block(
    Phrase(
      """
      Spatial weights by name; the first is the main one. Rules: queen, rook, knn:5, distance:80,
      inverse-distance:1, or a weights file. exclude takes counties out that are not in the panel.
      """,
      zh: """
        空间权重矩阵及其名称，第一个为基准。规则：queen、rook、knn:5、distance:80、inverse-distance:1，或权重文件。
        exclude用于排除不在面板中的县域。
        """),
    """
    weights: {
      queen: { file: "counties.geojson", rule: "queen" },
      nearest5: { file: "counties.geojson", rule: "knn:5" },
    },
    """)
}

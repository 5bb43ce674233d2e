public import RuralValue

extension ReportChapter {
  /// The chapter's name.
  public var title: Phrase {
    switch self {
    case .data: Phrase("Data and preparation", zh: "数据与预处理")
    case .indices: Phrase("Indices by entropy weights", zh: "熵值法综合指数")
    case .association: Phrase("Variables and their association", zh: "变量描述与相关分析")
    case .linearPanel: Phrase("Fixed effects, instruments and groups", zh: "固定效应、工具变量与异质性")
    case .dynamicPanel: Phrase("Dynamic panel models", zh: "动态面板模型")
    case .space: Phrase("Spatial pattern", zh: "空间格局")
    case .spatialModel: Phrase("Spatial Durbin Model", zh: "空间杜宾模型")
    case .comparison: Phrase("Models side by side", zh: "模型对比")
    case .robustness: Phrase("Robustness checks", zh: "稳健性检验")
    case .evaluation: Phrase("Evaluation", zh: "评价与问责")
    case .maps: Phrase("Maps", zh: "地图")
    }
  }

  /// How to read the chapter, for a researcher who meets the method for the first time in a while.
  public var guide: Phrase {
    switch self {
    case .data:
      Phrase(
        "These tables say what was done to the data before any model saw them. Count the cells that were filled:"
          + " what rests on many of them rests on an assumption about the gaps.",
        zh: "以下各表说明数据在进入模型之前经过的处理。请留意插补的单元格数量：插补越多，结论越依赖于对缺失值的假定。")
    case .indices:
      Phrase(
        "An entropy weight tells how unevenly an indicator is spread over the counties, not how much it matters."
          + " Where a weight moves much between years or variants of the method, rankings that rest on it do, too.",
        zh: "熵权反映指标在各县域间的离散程度，而非其重要性。若某一权重随年份或方法设定变动较大，以其为基础的排序亦不稳定。")
    case .association:
      Phrase(
        "A correlation is of a pair and holds nothing else constant; it is no effect. A variance inflation factor"
          + " above 10 says that the data hardly tell a variable from the others, so that its coefficient moves with"
          + " the specification.",
        zh: "相关系数仅涉及两个变量，未控制其他因素，不能解释为效应。方差膨胀因子（VIF）大于10，说明该变量难以与其他变量区分，其系数对模型设定较为敏感。")
    case .linearPanel:
      Phrase(
        "Effects of units take out what does not change in a county, effects of periods what all counties share; what is"
          + " left must not move with the errors. An instrument below F = 10 is weak: read the Anderson–Rubin set. A group"
          + " with stars beside one without is no difference: the test of the difference is. A square with stars is no U:"
          + " the turning point must lie within the data.",
        zh: "个体效应剔除县域内不变的因素，时期效应剔除各县域共有的因素，余下的变动不得与误差相关。工具变量F值小于10为弱工具变量，应看Anderson–Rubin置信集。"
          + "一组显著而另一组不显著并不等于存在差异，应看差异检验；二次项显著并不等于U型，拐点须位于数据范围之内。")
    case .dynamicPanel:
      Phrase(
        "AR(1) should reject and AR(2) should not. Hansen's J should be neither low nor near one, for with many"
          + " instruments it cannot reject; fewer instruments than units is the least one asks. A product such as P:C"
          + " is an interaction; a sum such as P+C adds two coefficients and is none.",
        zh: "AR(1)检验应拒绝原假设，AR(2)检验不应拒绝。Hansen J检验的p值不宜过低，也不宜接近1：工具变量过多时该检验难以拒绝，"
          + "工具变量数至少应少于个体数。P:C等乘积项为交互项；P+C等为两个系数之和，并非交互项。")
    case .space:
      Phrase(
        "Moran's I is compared with its expectation where neighbours are unrelated, which is a little below zero."
          + " Local statistics test every county by itself: at 5 %, one in twenty is marked by chance alone.",
        zh: "莫兰指数应与无空间关联时的期望值（略小于零）比较。局部统计量对每个县域分别检验：在5%水平上，约有二十分之一的县域仅因偶然而显著。")
    case .spatialModel:
      Phrase(
        "Where the outcome depends on the neighbours' outcome, a coefficient is not an effect: read the direct,"
          + " indirect and total effects. They hold for the weights that the model was given; the tests say whether a"
          + " smaller model would do.",
        zh: "被解释变量存在空间滞后时，系数本身并非效应，应以直接效应、间接效应与总效应为准。效应依赖于所设定的空间权重矩阵；模型选择检验说明能否简化为更小的模型。")
    case .comparison:
      Phrase(
        "Estimators answer different questions: a coefficient of a model with a lagged outcome is of the short run, and one of"
          + " a model with the neighbours' outcome is no effect. Compare signs and sizes across columns only where these are the"
          + " same, and the foot says what each column takes out.",
        zh: "各估计方法回答的问题不同：含滞后被解释变量的系数为短期效应，含空间滞后被解释变量时系数本身并非效应。"
          + "仅当含义相同时方可在各列之间比较符号与大小；各列控制的效应见表尾。")
    case .robustness:
      Phrase(
        "Each column repeats the base model with one thing changed. Look at signs and sizes before stars: a smaller"
          + " sample loses stars without refuting anything, and a coefficient that keeps them is not thereby causal.",
        zh: "每一列仅改变基准模型的一处设定。应先看符号与大小，再看显著性：样本变小会使显著性下降，但不构成否定；保持显著也不等于因果关系。")
    case .evaluation:
      Phrase(
        "These are measurements, not causes: how far counties lie apart, how their systems go together, how they move,"
          + " how much they make of what they use, and where they stand against targets. Each rests on conventions"
          + " (weights, classes, bandwidths, frontiers, thresholds), which stand below its table; another convention gives"
          + " other numbers. Neighbouring counties are no independent draws, so that p values here are too small.",
        zh: "本章为测度而非因果：县域差异、系统耦合、分布演进、投入产出效率以及相对目标的达成情况。"
          + "各项结果均依赖于表下注明的约定（权重、分级、带宽、前沿、阈值），约定不同则数值不同。相邻县域并非独立样本，故此处p值偏小。")
    case .maps:
      Phrase(
        "Colours of two maps mean the same values only where they share a legend. Hatched counties have no data.",
        zh: "仅当两图共用图例时，相同颜色才表示相同数值。斜线填充的县域无数据。")
    }
  }
}

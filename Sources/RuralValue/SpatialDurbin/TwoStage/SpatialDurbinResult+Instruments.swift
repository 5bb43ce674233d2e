extension SpatialDurbinResult {
  /// How the errors of an estimate without a likelihood are made.
  public var coefficientNotes: [Phrase] {
    specification.resolvedEstimator == .likelihood ? [] : errors.notes
  }

  /// What an estimate without a likelihood does not have.
  static let withoutLikelihoodNote = Phrase(
    "There is no likelihood: LM and LR tests, AIC and the choice between models are those of \(Setting("estimator")) ml.",
    zh: "该估计没有似然函数：LM、LR检验、AIC及模型选择请见\(Setting("estimator")) ml。")

  /// The first stage, and the Anderson–Rubin set where there is one endogenous regressor.
  var instrumentTables: [ResultDocument.Part] {
    guard let instruments else { return [] }
    return [.init(firstStageTable(instruments, f: \.classicalF), jsonKey: "first_stage")]
      + (andersonRubinTable(instruments).map { [.init($0, jsonKey: "anderson_rubin")] } ?? [])
  }

  /// Which test of the instruments finds something where nothing is.
  var instrumentTestNotes: [Phrase] {
    guard instruments != nil, !tests.isEmpty else { return [] }
    let stage = Phrase(
      "first_stage is the partial F for independent errors of one variance, which the rule of thumb of 10 is about; the rank"
        + " statistics are by the rule of the standard errors.",
      zh: "first_stage为误差独立同方差下的偏F统计量（经验临界值10即就此而言）；秩统计量按标准误的设定计算。")
    guard test("sargan") != nil, specification.effects != .none else { return [stage] }
    return [
      stage,
      Phrase(
        "Sargan's test counts fixed effects as observations, as other programs do: at 8 periods it rejects 8 to 9 of 100 true"
          + " nulls, the corrected one 4 to 6. Read that one.",
        zh: "Sargan检验（同其他程序）未扣除固定效应的自由度：8期时对真原假设的拒绝率为8%–9%，修正后为4%–6%，应以后者为准。"),
    ]
  }

  /// Why instruments may not carry a conclusion.
  var instrumentCautions: [Phrase] {
    guard let instruments else { return [] }
    let sargan = test("sargan_corrected").flatMap { test in
      test.rejects == true ? ProbabilityText.clause(test.pValue ?? .nan) : nil
    }
    return [
      weakCaution(instruments), underidentifiedCaution, hansenCaution,
      sargan.map {
        Phrase(
          "Sargan's test rejects (\($0)): not all instruments are valid.",
          zh: "Sargan检验拒绝原假设（\($0)）：并非全部工具变量有效。")
      }, setCaution(instruments),
      specification.instruments.flatMap { $0.productCaution(specification.formula) },
    ].compactMap(\.self)
  }

  private func weakCaution(_ instruments: InstrumentSummary) -> Phrase? {
    let limit = InstrumentSummary.weak
    func isWeak(_ stage: InstrumentSummary.Stage) -> Bool {
      stage.classicalF.value < limit || stage.conditionalF.map { $0.value < limit } == true
    }
    let weak = instruments.stages.filter(isWeak)
    guard !weak.isEmpty else { return rankCaution(instruments) }
    let shown = weak.map { stage in
      let (plain, beside) = (stage.classicalF.value, stage.conditionalF?.value)
      let f = FixedDecimals.text(plain < limit ? plain : beside ?? plain, decimals: 1)
      return plain < limit
        ? Phrase(verbatim: "\(stage.name) \(f)")
        : Phrase("\(stage.name) \(f) beside the others", zh: "\(stage.name) \(f)（控制其他内生变量后）")
    }
    // Wy is the last of the columns.
    let isLagWeak = specification.model.hasLag && instruments.stages.last.map(isWeak) == true
    let set = instruments.set.map {
      Phrase(
        " Take the Anderson–Rubin set, which holds all the same: \($0.words.english).",
        zh: "请采用不受其影响的Anderson–Rubin置信集：\($0.words.chinese)。")
    }
    let remedy = isLagWeak ? lagRemedy : Phrase(verbatim: "")
    return Phrase(
      "Weak instruments (partial F below 10: \(listed(shown.map(\.english)))): the estimates lean towards least squares, and errors"
        + " and p values, those of effects among them, are not to be believed.\(set?.english ?? "")\(remedy.english)",
      zh: "弱工具变量（偏F小于10：\(listed(shown.map(\.chinese), in: .chinese))）：估计值偏向最小二乘，标准误与p值（含效应）不可信。"
        + "\(set?.chinese ?? "")\(remedy.chinese)")
  }

  /// What to do where lags of the regressors tell Wy badly.
  private var lagRemedy: Phrase {
    let isExogenous = specification.instruments == nil
    guard specification.durbin?.isEmpty == false else {
      return isExogenous
        ? Phrase(" Or take \(Setting("estimator")) ml.", zh: "或使用\(Setting("estimator")) ml。")
        : Phrase(verbatim: "")
    }
    return Phrase(
      " Beside WX, W²X tells Wy badly: leave spatial lags out (\(Setting("durbin")), \(Setting("model")) sar)"
        + (isExogenous ? ", or take \(Setting("estimator")) ml." : "."),
      zh: "控制WX后，W²X难以识别Wy：请减少空间滞后项（\(Setting("durbin"))、\(Setting("model")) sar）"
        + (isExogenous ? "，或使用\(Setting("estimator")) ml。" : "。"))
  }

  /// Instruments may tell each endogenous regressor and still not one from the other.
  private func rankCaution(_ instruments: InstrumentSummary) -> Phrase? {
    guard instruments.stages.count > 1, instruments.rankF < InstrumentSummary.weak else { return nil }
    let shown = FixedDecimals.text(instruments.rankF, decimals: 1)
    return Phrase(
      "The instruments do not tell the endogenous regressors well from each other (rank F = \(shown), below 10): their estimates,"
        + " errors and p values are not to be believed one by one.",
      zh: "工具变量难以区分各内生变量（秩F = \(shown)，小于10）：其各自的估计值、标准误与p值不可信。")
  }
}

/// The most rows and panels of one figure, so that it fits on a printed page.
private let mostRows = 36
private let mostPanels = 6

extension FittedModel {
  /// Coefficients without the constant, the dummies of periods and variances, in the order of the table.
  var coefficientFigures: [ResultFigure] {
    let kept = estimates.filter { $0.parameter.isComparable }
    let far = farEstimate(kept)
    let left =
      kept.count < estimates.count
      ? Phrase(
        " Constants, dummies of periods and variances are left out.", zh: "未列常数项、时间虚拟变量与方差参数。")
      : Phrase(verbatim: "")
    return figures(
      kept.filter { $0.parameter != far?.parameter }, title: Phrase("Coefficients", zh: "系数估计"), of: title,
      note: Phrase(
        left.english + (far?.note.signedEnglish ?? ""), zh: left.chinese + (far?.note.signedChinese ?? "")))
  }

  /// The one estimate so far out that beside it the others would all seem zero, and what the caption says of it.
  private func farEstimate(_ estimates: [Estimate]) -> (parameter: Parameter, note: Phrase)? {
    let sizes = estimates.map { estimate in
      let interval = estimate.interval(confidenceLevel)
      return [estimate.value, interval.low, interval.high].filter(\.isFinite).map(abs).max() ?? 0
    }
    guard let most = sizes.max(), let place = sizes.firstIndex(of: most), estimates.count > 2,
      let second = sizes.indices.filter({ $0 != place }).map({ sizes[$0] }).max(), second > 0,
      most > 5 * second
    else { return nil }
    let (name, value) = (
      WordedName(estimates[place].parameter, typeset: true).signed,
      FixedDecimals.text(estimates[place].value, decimals: 3)
    )
    return (
      estimates[place].parameter,
      Phrase(
        " \(name) = \(value) lies far outside and is left out, so that the others can be seen.",
        zh: "\(name)的估计值为\(value)，远在其余系数之外，为便于比较未予列示。")
    )
  }

  /// Estimates in one panel, on as many figures as they need.
  func figures(_ estimates: [Estimate], title: Phrase, of table: Phrase, note: Phrase) -> [ResultFigure] {
    let words = IntervalWords(confidenceLevel).phrase
    return estimates.chunks(of: mostRows).map { part in
      .intervals(
        IntervalFigure(
          title: title,
          caption: Phrase(
            "\(title.english) with \(words.english): \(table.signedEnglish).\(note.signedEnglish)",
            zh: "\(title.chinese)及其\(words.chinese)：\(table.signedChinese)。\(note.signedChinese)"),
          labels: part.map { Phrase(WordedName($0.parameter, typeset: true)) },
          panels: [
            .init(
              heading: Phrase(verbatim: ""), intervals: part.map { .init($0, level: confidenceLevel) })
          ], confidenceLevel: confidenceLevel))
    }
  }
}

extension DynamicPanelResult {
  /// Sums and other combinations of coefficients.
  var combinationFigures: [ResultFigure] {
    figures(
      combinations, title: Phrase("Sums and combinations of coefficients", zh: "系数之和与线性组合"),
      of: combinationTable.title,
      note: Phrase(" A sum adds coefficients and is no interaction.", zh: "系数之和并非交互项。"))
  }

  /// Marginal effects over the quantiles of moderators, a panel a variable.
  var marginalEffectFigures: [ResultFigure] {
    // All moderators together stand last, though each variable's rows end with them.
    let ordered =
      marginalEffects.filter { $0.moderator != nil } + marginalEffects.filter { $0.moderator == nil }
    let labels = ordered.map(\.figureLabel).firstAppearances
    let panels = marginalEffects.map(\.variable).firstAppearances.map { variable in
      IntervalFigure.Panel(
        heading: Phrase(WordedName(variable, .term, typeset: true)),
        intervals: labels.map { label in
          marginalEffects.first { $0.variable == variable && $0.figureLabel == label }
            .map { .init($0.effect, level: confidenceLevel) }
        })
    }
    let words = IntervalWords(confidenceLevel).phrase
    return panels.chunks(of: mostPanels).map { part in
      .intervals(
        IntervalFigure(
          title: Phrase("Marginal effects", zh: "边际效应"),
          caption: Phrase(
            "Marginal effects of the variable above each panel where the moderator in the row stands at a quantile or value"
              + " and the others at their medians, with \(words.english).",
            zh: "各面板上方变量的边际效应：行中调节变量取该分位数或值、其余取中位数，附\(words.chinese)。"),
          labels: labels, panels: part, confidenceLevel: confidenceLevel))
    }
  }
}

extension MarginalEffect {
  /// What its row is called in a figure.
  fileprivate var figureLabel: Phrase {
    let name = moderatorLabel
    if let place { return Phrase(verbatim: ([place] + levels).joined(separator: ", ")) }
    guard quantile.isFinite else { return name }
    let quantile = FixedDecimals.text(quantile, decimals: 2)
    return Phrase("\(name.signedEnglish) at \(quantile)", zh: "\(name.signedChinese)，\(quantile)分位")
  }
}

extension SpatialDurbinResult {
  /// Direct, indirect and total effects beside each other on one axis, a figure for each horizon.
  var effectFigures: [ResultFigure] {
    let words = IntervalWords(confidenceLevel).phrase
    return effects.map(\.horizon).firstAppearances.flatMap { horizon -> [ResultFigure] in
      let own = effects.filter { $0.horizon == horizon }
      let run = Self.run(horizon)
      return own.map(\.estimate.name).firstAppearances.chunks(of: mostRows).map { names in
        let panels = own.map(\.kind).firstAppearances.map { kind in
          IntervalFigure.Panel(
            heading: kind.label,
            intervals: names.map { name in
              own.first { $0.kind == kind && $0.estimate.name == name }
                .map { .init($0.estimate, level: confidenceLevel) }
            })
        }
        return .intervals(
          IntervalFigure(
            title: Phrase("Effects\(run.english)", zh: "效应\(run.chinese)"),
            caption: Phrase(
              "Direct, indirect (spillover) and total effects\(run.english) with \(words.english), on one axis.",
              zh: "直接效应、间接效应（空间溢出效应）与总效应\(run.chinese)及其\(words.chinese)，横轴相同。"),
            labels: names.map { Phrase(WordedName($0, .term, typeset: true)) }, panels: panels,
            confidenceLevel: confidenceLevel))
      }
    }
  }

  private static func run(_ horizon: EffectHorizon?) -> Phrase {
    switch horizon {
    case .short: Phrase(" in the short run", zh: "（短期）")
    case .long: Phrase(" in the long run", zh: "（长期）")
    case nil: Phrase(verbatim: "")
    }
  }
}

extension RobustnessTable {
  /// Each coefficient over the base model and its variants, a panel a coefficient with its own axis.
  var figures: [ResultFigure] {
    let wanted = base.estimates.filter { $0.parameter.isComparable && !$0.significance.isNaN }
    let panels = wanted.map(\.parameter).firstAppearances.map { parameter in
      IntervalFigure.Panel(
        heading: Phrase(WordedName(parameter, typeset: true)),
        intervals: models.map { model in
          model.estimates.first { $0.parameter == parameter }
            .map { .init($0, level: model.confidenceLevel) }
        })
    }
    let words = IntervalWords(confidenceLevel).phrase
    return panels.chunks(of: mostPanels).map { part in
      var figure = IntervalFigure(
        title: Phrase("Coefficients over the variants", zh: "各变体的系数"),
        caption: Phrase(
          "Each coefficient of the base model over its variants with \(words.english); every panel has its"
            + " own axis.",
          zh: "基准模型各系数在不同变体下的估计值及其\(words.chinese)；各面板横轴不同。"),
        labels: models.map(\.name), panels: part, confidenceLevel: confidenceLevel)
      (figure.panelsAcross, figure.sharesScale, figure.marksEmptyRows) = (2, false, true)
      return .intervals(figure)
    }
  }
}

extension Parameter {
  /// Whether anybody compares it with coefficients: no constant, dummy of a period, variance or weight.
  fileprivate var isComparable: Bool {
    switch role {
    case .period, .constant, .variance, .randomEffectsWeight: false
    default: true
    }
  }
}

extension MoranResult {
  /// Moran's I over the years.
  public var figures: [ResultFigure] {
    let years = global.compactMap { one in
      one.period.map {
        MoranFigure.Year(
          period: $0, value: one.i, expected: one.expected, deviation: one.variance.squareRoot(),
          pValue: one.pValue)
      }
    }
    return [.moran(MoranFigure(title: globalTable.title, years: years))]
  }
}

extension EntropyResult {
  /// Indicator weights, a figure an index, for weights add to one within an index.
  public var figures: [ResultFigure] {
    gathered.flatMap { own in
      own.chunks(of: mostRows).map { part in
        let shown = part.map(\.indicator.index).firstAppearances
        return .weights(
          WeightFigure(
            title: Phrase(
              "Indicator weights: \(shown.map(\.asVariable).joined(separator: ", "))",
              zh: "指标权重：\(shown.map(\.asVariable).joined(separator: "、"))"),
            bars: part.map { result in
              let indicator = result.indicator
              func label(_ name: String) -> String { name.isEmpty ? indicator.column : name }
              return .init(
                group: Phrase(
                  verbatim: shown.count > 1
                    ? "\(indicator.index.asVariable) · \(indicator.dimension)" : indicator.dimension),
                label: Phrase(label(indicator.name.english), zh: label(indicator.name.chinese)),
                weight: result.weight, lowest: result.weightByPeriod.min() ?? .nan,
                highest: result.weightByPeriod.max() ?? .nan)
            }))
      }
    }
  }

  /// The indicators of each figure: an index of many has one of its own, and those of a few share one.
  private var gathered: [[IndicatorResult]] {
    var figures: [[IndicatorResult]] = []
    var isOpen = false
    for index in indicators.map(\.indicator.index).firstAppearances {
      let own = indicators.filter { $0.indicator.index == index }
      let isSmall = own.count <= 6
      if isSmall, isOpen, let last = figures.popLast() {
        figures.append(last + own)
      } else {
        figures.append(own)
      }
      isOpen = isSmall
    }
    return figures
  }
}

extension Array {
  /// The elements in runs of at most a number of them, of nearly one length.
  fileprivate func chunks(of most: Int) -> [[Element]] {
    guard count > most else { return isEmpty ? [] : [self] }
    let parts = (count + most - 1) / most
    return (0..<parts).map { part in
      Array(self[(count * part / parts)..<(count * (part + 1) / parts)])
    }
  }
}

internal import RuralValueNumerics

/// Posterior probabilities of models, and of weights where there are several.
///
/// All candidates have the same probability beforehand, so that afterwards it is in proportion to the marginal likelihood.
/// Source: LeSage (2014), Review of Regional Studies 44; methods/spatial-corrections.md, 4.2.
public struct ModelProbabilities: Sendable, Equatable {
  /// A candidate with its probabilities; nil stands where two candidates are not comparable.
  public struct Row: Sendable, Equatable {
    /// The weights' name; nil for OLS beside several weights, for it has none.
    public let weights: String?
    /// The candidate.
    public let model: CandidateModels.Model
    /// Among all candidates.
    public let probability: Double?
    /// Among those with the same regressors.
    public let amongSameRegressors: Double?
    /// Among the models under the same weights.
    public let amongModels: Double?
    /// Among the same model's weights.
    public let amongWeights: Double?
  }

  /// What is believed of the coefficients.
  public let prior: CoefficientPrior
  /// The candidates.
  public let rows: [Row]
  private let contrasts: Int
  private let hasSeveralWeights: Bool
  private let dense: [String]

  /// The probabilities of the candidates under each of the weights, of one sample and one prior.
  public init(_ candidates: [(weights: String, candidates: CandidateModels)]) {
    precondition(!candidates.isEmpty, "There are no candidates.")
    prior = candidates[0].candidates.prior
    contrasts = candidates[0].candidates.contrasts
    let hasSeveral = candidates.count > 1
    hasSeveralWeights = hasSeveral
    dense = candidates.filter(\.candidates.canImitatePeriods).map(\.weights)
    // OLS has no weights: it is one candidate, under whatever weights.
    let entries = candidates.enumerated().flatMap { place, entry in
      entry.candidates.models.filter { place == 0 || $0.kind != .ols }.map {
        Entry(weights: hasSeveral && $0.kind == .ols ? nil : place, name: entry.weights, model: $0)
      }
    }
    let isFlat = prior == .flat
    /// The probabilities within groups, where all of a group may be compared.
    func probabilities(_ areTogether: (Entry, Entry) -> Bool) -> [Double?] {
      entries.map { entry in
        let group = entries.filter { areTogether(entry, $0) && $0.model.logMarginal != nil }
        guard let own = entry.model.logMarginal,
          !isFlat || group.allSatisfy({ $0.regressors == entry.regressors })
        else { return nil }
        let values = group.compactMap(\.model.logMarginal)
        let highest = values.max() ?? 0
        return exp(own - highest) / values.map { exp($0 - highest) }.compensatedSum
      }
    }
    let all = probabilities { _, _ in true }
    let same = probabilities { $0.regressors == $1.regressors }
    let models = probabilities { $1.weights == nil || $0.weights == $1.weights }
    let weights = probabilities { $0.model.kind == $1.model.kind }
    rows = entries.indices.map { place in
      let entry = entries[place]
      let isAlone = entry.weights == nil
      return Row(
        weights: isAlone ? nil : entry.name, model: entry.model, probability: all[place],
        amongSameRegressors: same[place], amongModels: isAlone ? nil : models[place],
        amongWeights: isAlone ? nil : weights[place])
    }
  }

  private struct Entry {
    let weights: Int?
    let name: String
    let model: CandidateModels.Model

    /// What tells Z: the names, and of lags the weights behind them.
    var regressors: [String] { model.regressors + (model.kind.hasDurbinTerms ? ["\(weights ?? 0)"] : []) }
  }

  /// A row for each candidate.
  public var table: ResultTable {
    func numbers(_ value: (Row) -> Double?) -> ResultValues { .number(rows.map { value($0) ?? .nan }) }
    func probability(_ name: String, _ heading: Phrase, _ value: (Row) -> Double?) -> ResultColumn {
      ResultColumn(name, heading, numbers(value), display: .probability, missing: .blank)
    }
    var columns = [
      ResultColumn("weights", Phrase("Weights", zh: "权重"), .text(rows.map(\.weights)), missing: .blank),
      ResultColumn("model", Phrase("Model", zh: "模型"), .text(rows.map(\.model.kind.title))),
      ResultColumn("prior", Phrase("Prior", zh: "先验"), .text(rows.map { _ in prior.rawValue })),
      ResultColumn(
        "log_marginal", Phrase("Log marginal", zh: "对数边际似然"), numbers { $0.model.logMarginal }),
      probability("probability", Phrase("Probability", zh: "后验概率"), \.probability),
    ]
    if prior == .flat {
      columns.append(
        probability(
          "probability_same_regressors", Phrase("Same regressors", zh: "同回归元模型中"), \.amongSameRegressors))
    }
    if hasSeveralWeights {
      columns += [
        probability("probability_of_model", Phrase("Given weights", zh: "给定权重"), \.amongModels),
        probability("probability_of_weights", Phrase("Given model", zh: "给定模型"), \.amongWeights),
      ]
    }
    columns += [
      ResultColumn(
        "log_likelihood", Phrase("Log-likelihood", zh: "对数似然值"), numbers { $0.model.maximum?.logLikelihood }),
      ResultColumn("aic", Phrase(verbatim: "AIC"), numbers { $0.model.maximum?.aic }),
      ResultColumn("bic", Phrase(verbatim: "BIC"), numbers { $0.model.maximum?.bic }),
      ResultColumn(
        "log_likelihood_kind", Phrase("Likelihood", zh: "似然类型"),
        .text(rows.map { $0.model.maximum?.kind.rawValue })),
    ]
    return ResultTable(
      name: "posterior",
      title: hasSeveralWeights
        ? Phrase("Posterior probabilities of models and weights", zh: "模型与权重矩阵的后验概率")
        : Phrase("Posterior probabilities of models", zh: "模型的后验概率"),
      columns: columns, keyColumns: 2, notes: notes
    ).adding(cautions: cautions)
  }
}

extension ModelProbabilities {
  private var notes: [Phrase] {
    [
      Phrase(
        "All \(rows.count) candidates have the same probability beforehand; ρ and λ may lie anywhere between their bounds,"
          + " σ has the prior 1/σ. A probability near one says that a model is better than the other candidates, not that it"
          + " is right. SAC, with two spatial parameters, is no candidate.",
        zh: "\(rows.count)个备选模型先验概率相等；ρ与λ在参数范围内服从均匀分布，σ的先验为1/σ。"
          + "后验概率接近1仅说明该模型优于其他备选模型，不说明模型正确。SAC含两个空间参数，不在备选之列。"),
      priorNote,
    ] + kindNotes + maximumNotes + failureNotes
  }

  private var priorNote: Phrase {
    switch prior {
    case .g:
      Phrase(
        "Coefficients have a g prior with g = 1/max(m, k²), m = \(contrasts) contrasts free of the effects, k regressors"
          + " (Fernández, Ley and Steel 2001): units of measurement do not matter.",
        zh: "系数采用g先验，g = 1/max(m, k²)，m = \(contrasts)个不含固定效应的对比，k为回归元个数（Fernández–Ley–Steel 2001）；"
          + "结果不受变量量纲影响。")
    case .flat:
      Phrase(
        "A flat prior compares only models with the same regressors: between others the ratio of probabilities changes with"
          + " the units in which a regressor is measured, so that these cells are empty. \(Setting("prior")) g compares all.",
        zh: "平坦先验只能比较回归元相同的模型：回归元不同时，概率之比随变量量纲而变，故相应单元格留空。\(Setting("prior")) g可比较全部模型。")
    }
  }

  /// AIC and BIC compare likelihoods of one kind.
  private var kindNotes: [Phrase] {
    let kinds = rows.compactMap { $0.model.maximum?.kind }.firstAppearances
    guard kinds.count > 1 else { return [] }
    return [
      Phrase(
        "Log-likelihood, AIC and BIC of different weights are of different kinds (\(listed(kinds.map(\.rawValue)))): compare"
          + " them under the same weights only. The marginal likelihoods are all of the same contrasts.",
        zh: "不同权重下的对数似然值、AIC与BIC类型不同，仅可在同一权重内比较；边际似然均基于相同的对比。")
    ]
  }

  /// Candidates whose likelihood rises up to a bound have a marginal likelihood nevertheless.
  private var maximumNotes: [Phrase] {
    let names = rows.filter { $0.model.maximum == nil && $0.model.logMarginal != nil }.map(name)
    guard !names.isEmpty else { return [] }
    return [
      Phrase(
        "No maximum inside the bounds, and so no AIC: \(listed(names)).",
        zh: "似然函数在参数范围内无极大值，故无AIC：\(listed(names, in: .chinese))。")
    ]
  }

  private func name(_ row: Row) -> String {
    row.model.kind.title + (row.weights.map { " (\($0))" } ?? "")
  }

  private var failureNotes: [Phrase] {
    rows.compactMap { row in
      row.model.failure.map { reason in
        Phrase(
          "\(name(row)): no marginal likelihood; it is no candidate. \(reason)",
          zh: "\(name(row))：无法计算边际似然，不参与比较。")
      }
    }
  }

  private var cautions: [Phrase] {
    guard !dense.isEmpty else { return [] }
    let names = listed(dense)
    return [
      Phrase(
        "Without effects of periods dense weights win by imitating them: a mean over nearly all units is nearly an effect of"
          + " the period (\(names)). Take \(Setting("effects")) twoways before choosing between models or weights.",
        zh: "模型不含时间效应时，稠密权重矩阵会因近似时间效应而胜出（\(listed(dense, in: .chinese))）；选择模型或权重前，"
          + "请先使用\(Setting("effects")) twoways。")
    ]
  }
}

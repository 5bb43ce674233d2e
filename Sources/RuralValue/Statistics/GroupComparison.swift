internal import RuralValueNumerics

/// One model in several groups of units, and whether its coefficients differ.
public struct GroupComparison: Sendable, Equatable {
  /// The column of the groups.
  public let column: String
  /// The groups in their order.
  public let groups: [Group]
  /// What differs, a row a parameter that all groups have.
  public let differences: [Difference]
  /// The test of all differences together, and where it was asked for by permutation.
  public let tests: [TestResult]
  /// How the difference was tested.
  public let notes: [Phrase]

  /// The model in one group.
  public struct Group: Sendable, Equatable {
    /// The group.
    public let label: String
    /// Its estimates, those of further quantities such as effects behind the coefficients.
    public let estimates: [Estimate]
    /// The size of its sample.
    public let sample: ResultDocument.Sample
    /// What stands below the rule of a journal table.
    public let statistics: [FitStatistic]
    /// Why its numbers may not carry a conclusion.
    public let cautions: [Phrase]
    /// The clusters on which its errors rest, where they do.
    public let clusters: Int?
    /// The model as a column of a table of models.
    public let column: ModelColumn

    /// A group from its model; of `cautions`, where they are given, the comparison says what they say of several groups.
    public init(
      label: String, _ model: any FittedModel, further: [Estimate] = [], cautions: [Phrase]? = nil,
      clusters: Int? = nil
    ) {
      self.label = label
      estimates = model.estimates.filter { $0.parameter.role != .period } + further
      sample = model.sample
      statistics = model.statistics.selected(model.statistics.journal)
      self.cautions = cautions ?? model.cautions
      self.clusters = clusters
      column = model.column
    }
  }

  /// How one coefficient differs between groups.
  public struct Difference: Sendable, Equatable {
    /// The parameter.
    public let parameter: Parameter
    /// The second group's coefficient less the first's, of two groups; else nil.
    public let estimate: Estimate?
    /// The test that it is the same in all groups.
    public let test: TestResult.Statistic?
    /// The share of assignments of units to groups at random whose largest difference is no smaller; nil where there
    /// were none.
    public let permutationP: Double?
  }

  /// A comparison from its parts.
  init(
    column: String, groups: [Group], differences: [Difference], tests: [TestResult], notes: [Phrase]
  ) {
    self.column = column
    self.groups = groups
    self.differences = differences
    self.tests = tests
    self.notes = notes
  }

  /// The groups' models as columns of a table of models.
  public var columns: [ModelColumn] {
    groups.map { group in
      var model = group.column
      // `1` or `yes` alone says nothing above a column.
      model.name = Phrase(
        "\(column.asVariable) = \(group.label)", zh: "\(column.asVariable)＝\(group.label)")
      return model
    }
  }

  /// Cautions of the groups, each once with the names of its groups.
  var cautions: [Phrase] {
    let all = groups.flatMap(\.cautions).firstAppearances
    let own = all.map { caution in
      let names = groups.filter { $0.cautions.contains(caution) }.map(\.label).joined(separator: ", ")
      return caution.said(of: Phrase("\(column) = \(names)", zh: "\(column)＝\(names)"))
    }
    return own + [testCaution, fewCaution].compactMap(\.self)
  }

  /// The F tests lean on the clusters of the smallest group.
  ///
  /// Four groups of 18 to 50 units, six regressors, ten periods, nothing different: the joint F rejects at 5 % in 40 % of
  /// draws, one coefficient's in 11 %; permutation in 5 %.
  private var testCaution: Phrase? {
    let smallest = groups.map { $0.clusters ?? $0.sample.units }.min() ?? 0
    let restrictions = differences.count * max(groups.count - 1, 0)
    guard smallest <= LinearErrorSummary.fewClusters || 10 * restrictions > 2 * smallest else { return nil }
    let isPermuted = tests.contains { $0.key.hasPrefix("difference_permutation") && $0.pValue != nil }
    return Phrase(
      "The F or χ² tests of differences reject true nulls too often where a group has few clusters: with four groups of 18 to 50"
        + " units and six regressors the joint one does in 40 % of draws, one coefficient's in 11 %."
        + (isPermuted ? " Go by the permutation p." : ""),
      zh: "当某组聚类较少时，差异的F（χ²）检验过度拒绝原假设：四组（18至50个个体）、六个解释变量时，联合检验约有40%、单个系数约有11%的误拒率。"
        + (isPermuted ? "请以置换检验p值为准。" : ""))
  }

  private var fewCaution: Phrase? {
    let few = groups.filter { ($0.clusters ?? .max) < LinearErrorSummary.fewClusters }
    guard !few.isEmpty else { return nil }
    let names = few.map { "\($0.label) (\($0.clusters ?? 0))" }.joined(separator: ", ")
    return Phrase(
      "Errors rest on fewer than \(LinearErrorSummary.fewClusters) clusters in \(names): there they tend to be too small, and"
        + " true nulls are rejected too often.",
      zh: "\(names)的标准误基于少于\(LinearErrorSummary.fewClusters)个聚类，往往偏小，易过度拒绝原假设。")
  }
}

extension GroupComparison {
  static func hypothesis(_ column: String) -> Phrase {
    Phrase(
      "All coefficients are the same in every group of \(column.asVariable)", zh: "各\(column.asVariable)组系数相同"
    )
  }

  /// The test of all differences and of each, from coefficients with a covariance: `coefficients[p][g]` is parameter p's
  /// in group g, its place in the covariance `places[p][g]`.
  ///
  /// W = d′V_d⁻¹d over differences from the first group; with `degrees`, F = W/k on these, else χ²(k).
  static func differences(
    column: String, parameters: [Parameter], coefficients: [[Double]], places: [[Int]], covariance: Matrix,
    degrees: Int?, permutationP: [Double]? = nil
  ) -> (differences: [Difference], joint: TestResult) {
    let groupCount = coefficients.first?.count ?? 0
    func contrast(_ terms: [Int]) -> (values: [Double], variance: Matrix) {
      var values: [Double] = []
      var rows: [[Double]] = []
      for term in terms {
        for group in stride(from: 1, to: groupCount, by: 1) {
          values.append(coefficients[term][group] - coefficients[term][0])
          var row = [Double](repeating: 0, count: covariance.rowCount)
          row[places[term][group]] = 1
          row[places[term][0]] = -1
          rows.append(row)
        }
      }
      guard !rows.isEmpty else { return ([], Matrix(rowCount: 0, columnCount: 0)) }
      let matrix = Matrix(rows: rows)
      return (values, (matrix * covariance).timesTransposed(matrix).symmetrised)
    }
    func statistic(_ terms: [Int]) -> TestResult.Statistic? {
      let (values, variance) = contrast(terms)
      guard !values.isEmpty else { return nil }
      let form = WaldForm(values, variance)
      return form.isSingular ? nil : form.statistic(degreesOfFreedom: degrees)
    }
    let reference = degrees.map { ReferenceDistribution.t(degreesOfFreedom: $0) } ?? .normal
    let differences = parameters.indices.map { term in
      let (values, variance) = contrast([term])
      let single =
        groupCount == 2
        ? Estimate(
          parameters[term], values[0], standardError: variance[0, 0].squareRoot(), reference: reference) : nil
      return Difference(
        parameter: parameters[term], estimate: single, test: statistic([term]),
        permutationP: permutationP?[term])
    }
    let key = "difference:\(column)"
    guard let all = statistic(Array(parameters.indices)) else {
      return (
        differences,
        TestResult(
          key, hypothesis(column),
          notComputed: parameters.isEmpty
            ? Phrase("the groups have no coefficient in common", zh: "各组没有共同的系数")
            : Phrase(
              "there are fewer clusters than differences, or a group without errors", zh: "聚类数少于差异个数，或某组缺少标准误"
            ))
      )
    }
    return (differences, TestResult(key, hypothesis(column), all.value, all.distribution))
  }

  /// Models of groups that were estimated apart, whose estimates are independent: units of one are none of another.
  ///
  /// The coefficients compared are slopes and spatial parameters that all groups have.
  public init(
    column: String, independent models: [(label: String, model: any FittedModel, further: [Estimate])],
    notes: [Phrase] = []
  ) {
    let estimates = models.map(\.model.estimates)
    let shared = (estimates.first ?? []).map(\.parameter).filter { parameter in
      (parameter.isSlope || parameter == .rho || parameter == .lambda)
        && estimates.allSatisfy { own in
          own.contains { $0.parameter == parameter && $0.standardError.isFinite }
        }
    }
    let sizes = estimates.map(\.count)
    let starts = sizes.indices.map { sizes[..<$0].reduce(0, +) }
    let size = sizes.reduce(0, +)
    var covariance = Matrix(rowCount: size, columnCount: size)
    for (group, model) in models.enumerated() {
      for (i, row) in model.model.covariance.enumerated() {
        for (j, value) in row.enumerated() where i < sizes[group] && j < sizes[group] {
          covariance[starts[group] + i, starts[group] + j] = value.isFinite ? value : 0
        }
      }
    }
    let within = shared.map { parameter in
      estimates.map { own in own.firstIndex { $0.parameter == parameter }! }
    }
    let (differences, joint) = Self.differences(
      column: column, parameters: shared,
      coefficients: within.map { places in places.indices.map { estimates[$0][places[$0]].value } },
      places: within.map { places in places.indices.map { starts[$0] + places[$0] } },
      covariance: covariance, degrees: nil)
    self.init(
      column: column,
      groups: models.map { model in
        Group(label: model.label, model.model, further: model.further)
      }, differences: differences, tests: [joint],
      notes: [
        Phrase(
          "Each group is estimated by itself, on its own units; the test takes the groups' estimates as independent.",
          zh: "各组分别以本组个体估计；差异检验假定各组估计相互独立。")
      ] + notes)
  }
}

extension GroupComparison {
  /// The groups side by side as journals print them.
  public var table: ResultTable {
    CoefficientLayout(
      groups.enumerated().map { number, group in
        CoefficientLayout.Model(
          name: "group_\(number + 1)", heading: Phrase(verbatim: group.label), estimates: group.estimates,
          statistics: group.statistics)
      }
    ).table(
      name: "groups", title: Phrase("The model by \(column.asVariable)", zh: "按\(column.asVariable)分组的估计结果"),
      notes: tests.reversed().map(Self.sentence) + notes
    ).adding(cautions: cautions)
  }

  /// The differences, a row a coefficient.
  public var differenceTable: ResultTable {
    let estimates = differences.map(\.estimate)
    let isPair = groups.count == 2
    let second = groups.count > 1 ? groups[1].label : ""
    var columns: [ResultColumn] = [
      .names("term", Phrase("Term", zh: "变量"), differences.map { WordedName($0.parameter) })
    ]
    if isPair {
      columns += [
        ResultColumn(
          "difference", Phrase("\(second) less \(groups[0].label)", zh: "\(second)减\(groups[0].label)"),
          .number(estimates.map { $0?.value ?? .nan }), display: .inference(.estimate),
          significance: estimates.map { $0?.significance ?? .nan }),
        ResultColumn(
          "std_error", Phrase("Std. error", zh: "标准误"), .number(estimates.map { $0?.standardError ?? .nan }),
          display: .inference(.error)),
      ]
    }
    columns += [
      ResultColumn(
        "statistic", Phrase("F or χ²", zh: "F或χ²"), .number(differences.map { $0.test?.value ?? .nan })),
      ResultColumn("df", Phrase("df", zh: "自由度"), .integer(differences.map { $0.test?.degreesOfFreedom })),
      ResultColumn(
        "p_value", Phrase("p", zh: "p值"), .number(differences.map { $0.test?.pValue ?? .nan }),
        display: .probability),
    ]
    if differences.contains(where: { $0.permutationP != nil }) {
      columns.append(
        ResultColumn(
          "p_permutation", Phrase("p by permutation", zh: "置换检验p值"),
          .number(differences.map { $0.permutationP ?? .nan }), display: .probability))
    }
    return ResultTable(
      name: "group_differences",
      title: Phrase(
        "Differences between groups of \(column.asVariable)", zh: "\(column.asVariable)各组之间的系数差异"),
      columns: columns,
      notes: tests.reversed().map(Self.sentence) + notes
    ).adding(cautions: cautions)
  }

  private static func sentence(_ test: TestResult) -> Phrase {
    let words = test.hypothesis
    guard let value = test.statistic, let p = test.pValue else {
      return Phrase(
        "\(words.english): not computed, for \(test.reason?.english ?? "").",
        zh: "\(words.chinese)：未计算（\(test.reason?.chinese ?? "")）。")
    }
    guard p.isFinite else { return words }
    let shown = FixedDecimals.text(value, decimals: 2)
    let clause = ProbabilityText.clause(p)
    if case .statistic(let s) = test.outcome, case .permutations = s.distribution {
      return Phrase("\(words.english): \(clause).", zh: "\(words.chinese)：\(clause)。")
    }
    let letter = if case .statistic(let s) = test.outcome, case .f = s.distribution { "F" } else { "χ²" }
    return Phrase(
      "\(words.english): \(letter) = \(shown), \(clause).",
      zh: "\(words.chinese)：\(letter)＝\(shown)，\(clause)。")
  }

  /// The tables of a document.
  public var parts: [ResultDocument.Part] {
    [.init(table, jsonKey: nil), .init(differenceTable, jsonKey: "group_differences")]
  }

  /// The member `groups` of a document.
  public func member(confidenceLevel: Double) -> JSONMember {
    JSONMember(
      "groups",
      .array(
        groups.map { group in
          .object([
            JSONMember("group", .string(group.label)),
            JSONMember(
              "coefficients",
              .array(
                group.estimates.map { estimate in
                  let interval = estimate.interval(confidenceLevel)
                  return .object([
                    JSONMember("term", .string(estimate.parameter.fullName)),
                    JSONMember("estimate", .number(estimate.value)),
                    JSONMember("std_error", .number(estimate.standardError)),
                    JSONMember("statistic", .number(estimate.statistic)),
                    JSONMember("p_value", .number(estimate.pValue)),
                    JSONMember("conf_low", .number(interval.low)),
                    JSONMember("conf_high", .number(interval.high)),
                  ])
                })),
            JSONMember(
              "sample",
              .object([
                JSONMember("observations", .integer(group.sample.observations)),
                JSONMember("units", .integer(group.sample.units)),
                JSONMember("periods", .integer(group.sample.periods)),
                JSONMember("dropped_rows", .integer(group.sample.droppedRows)),
              ])),
          ])
        }))
  }

  /// Each coefficient over the groups, a panel a coefficient.
  func figures(confidenceLevel: Double) -> [ResultFigure] {
    let parameters = differences.map(\.parameter)
    let words = IntervalWords(confidenceLevel).phrase
    return stride(from: 0, to: parameters.count, by: 6).map { start in
      let panels = parameters[start..<min(start + 6, parameters.count)].map { parameter in
        IntervalFigure.Panel(
          heading: Phrase(verbatim: parameter.name),
          intervals: groups.map { group in
            group.estimates.first { $0.parameter == parameter }.map { .init($0, level: confidenceLevel) }
          })
      }
      var figure = IntervalFigure(
        title: Phrase("Coefficients by \(column)", zh: "按\(column)分组的系数"),
        caption: Phrase(
          "Each coefficient in every group of \(column) with \(words.english); every panel has its own axis.",
          zh: "各系数在不同\(column)组中的估计值及其\(words.chinese)；各面板横轴不同。"),
        labels: groups.map { Phrase(verbatim: $0.label) }, panels: panels, confidenceLevel: confidenceLevel)
      (figure.panelsAcross, figure.sharesScale, figure.marksEmptyRows) = (2, false, true)
      return .intervals(figure)
    }
  }
}

internal import RuralValueNumerics

/// The model in each group of units, and the test that all slopes are the same.
///
/// The difference is that of one regression in which every slope, and every effect whose groups lie across the groups of
/// units, stands once a group: only then is it the difference of separate regressions. F = W/k with the rule of the
/// standard errors. Besides, units are assigned to groups anew.
///
/// Source: methods/fixed-effects.md, section 5.
struct GroupedModels {
  let comparison: GroupComparison

  init(_ panel: Panel, _ specification: FixedEffectsSpecification, column: String) throws {
    let codes = try panel.groups(of: column)
    let whole = try LinearSample(panel, specification)
    let units = try UnitGroups(
      panel, codes, rows: whole.rows, column: column, labels: specification.groupLabels)
    let (groupOfUnit, present) = (units.groupOfUnit, units.present)
    var own = specification
    own.groupColumn = nil
    own.ranges = []
    var models: [(label: String, model: FixedEffectsResult)] = []
    for group in present {
      do {
        let sample = try LinearSample(panel, specification) { codes[$0] == group }
        models.append(
          (
            units.label(group),
            try FixedEffectsReport(try LinearModel(sample, own), panel, own).result()
          ))
      } catch let error as any Fault {
        throw GroupComparisonError.group(column: column, label: units.label(group), reason: error.description)
      } catch let error as FactorizationError {
        throw GroupComparisonError.group(column: column, label: units.label(group), reason: "\(error)")
      }
    }
    let groups = models.map { label, model in
      GroupComparison.Group(
        label: label, model, cautions: model.groupCautions, clusters: model.errors.clusters.min())
    }
    guard specification.effects.isWithin || specification.effects == .difference else {
      comparison = GroupComparison(
        column: column, independent: models.map { ($0.label, $0.model, []) })
      return
    }
    let number = present.positions
    let ordinals = groupOfUnit.map { $0.flatMap { number[$0] } ?? 0 }
    let permuted = try Self.permutations(whole, own, ordinals, present.count, specification)
    comparison = try Self.comparison(
      whole, own, ordinals, present.count, groups, column: column, permuted)
  }

  private static func comparison(
    _ whole: LinearSample, _ specification: FixedEffectsSpecification, _ groupOfUnit: [Int], _ count: Int,
    _ groups: [GroupComparison.Group], column: String, _ permuted: Permuted
  ) throws -> GroupComparison {
    let interacted = whole.interacted(
      with: whole.units.groupOfRow.map { groupOfUnit[$0] }, groupCount: count)
    let sample = specification.keepsSingletons ? interacted : interacted.withoutSingletons
    let model = try LinearModel(sample, specification.withoutBootstrap)
    // Regressor r of group g stands at r · count + g, where it was kept.
    var place = [Int](repeating: -1, count: sample.regressors.count)
    for (position, kept) in model.fit.kept.enumerated() where kept < place.count { place[kept] = position }
    let shared = whole.regressors.indices.filter { r in (0..<count).allSatisfy { place[r * count + $0] >= 0 }
    }
    let (differences, joint) = GroupComparison.differences(
      column: column, parameters: shared.map { whole.regressors[$0].parameter },
      coefficients: shared.map { r in (0..<count).map { model.fit.coefficients[place[r * count + $0]] } },
      places: shared.map { r in (0..<count).map { place[r * count + $0] } },
      covariance: model.covariance.matrix, degrees: model.covariance.summary.degreesOfFreedom,
      permutationP: permuted.result.map { result in shared.map { result.pValues[$0] } })
    return GroupComparison(
      column: column, groups: groups, differences: differences,
      tests: [joint] + (permuted.result.map { [$0.test(column)] } ?? []),
      notes: [
        Phrase(
          "Slopes and effects are the groups' own; the difference is tested in one regression with all of them.",
          zh: "斜率与效应均按组估计；系数差异在含全部交互项的同一回归中检验。"), permuted.note,
      ])
  }

  private struct Permuted {
    let result: GroupPermutations?
    let note: Phrase
  }

  private static func permutations(
    _ whole: LinearSample, _ own: FixedEffectsSpecification, _ groupOfUnit: [Int], _ count: Int,
    _ specification: FixedEffectsSpecification
  ) throws -> Permuted {
    func absent(_ reason: Phrase) -> Permuted {
      Permuted(
        result: nil,
        note: Phrase("No permutation test: \(reason.english).", zh: "未作置换检验：\(reason.chinese)。"))
    }
    guard specification.permutations > 0 else {
      return absent(Phrase("none was asked for", zh: "未要求"))
    }
    guard specification.absorbedColumns.isEmpty, specification.effects.isWithin else {
      return absent(
        Phrase("it is for effects of units and periods alone", zh: "仅适用于个体与时期效应模型"))
    }
    guard specification.instrumentalEstimator == .twoStage else {
      return absent(Phrase("it is for two-stage least squares", zh: "仅适用于两阶段最小二乘"))
    }
    guard let products = UnitCrossProducts(whole, own) else {
      return absent(Phrase("it would take too much memory", zh: "所需内存过大"))
    }
    let assignment = products.units.map { groupOfUnit[$0] }
    let result = GroupPermutations(
      groupOfUnit: assignment, groupCount: count, permutations: specification.permutations,
      seed: specification.seed
    ) {
      products.coefficients($0, groupCount: count, hasInstruments: specification.instruments != nil)
    }
    guard let result else { return absent(Phrase("no assignment has an estimate", zh: "没有可估计的分组")) }
    let how =
      result.isExact
      ? Phrase("all \(result.count) assignments", zh: "全部\(result.count)种分组")
      : Phrase("\(result.count) random assignments", zh: "\(result.count)次随机分组")
    let seed = result.isExact ? "" : ", seed \(specification.seed)"
    let chineseSeed = result.isExact ? "" : "，种子\(specification.seed)"
    return Permuted(
      result: result,
      note: Phrase(
        "p by permutation: \(how.english) of units to groups of the same sizes\(seed); the null is that units are exchangeable, not"
          + " only that slopes are equal.",
        zh: "置换检验p值：按相同组规模重新分配个体，\(how.chinese)\(chineseSeed)；原假设为个体可交换，而不仅是斜率相等。"))
  }
}

extension FixedEffectsSpecification {
  /// The same with clusters in the place of a bootstrap.
  var withoutBootstrap: FixedEffectsSpecification {
    guard case .bootstrap = standardError else { return self }
    var other = self
    other.standardError = .cluster
    return other
  }
}

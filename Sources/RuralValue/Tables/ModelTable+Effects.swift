extension ModelTable {
  /// What stands above the effects of a model: its group, its number, its outcome and its name.
  func wideHeading(_ place: Int) -> Phrase {
    let model = models[place].model
    let group = specification.groups.first { $0.columns.contains(place + 1) }?.heading
    let number = models.count == 1 ? nil : "(\(place + 1))"
    let start = ([group.map { "\($0):" }, number, outcome(of: model)] as [String?]).compactMap(\.self)
      .joined(separator: " ")
    guard !model.name.english.isEmpty else { return Phrase(verbatim: start) }
    return Phrase("\(start), \(model.name.signedEnglish)", zh: "\(start)，\(model.name.signedChinese)")
  }

  /// A column for each kind of effect of each model that has effects.
  func wideModels(_ parameters: [Parameter]) -> [CoefficientLayout.Model] {
    shownModels.flatMap { place in
      let source = models[place]
      return EffectKind.allCases.map { kind in
        CoefficientLayout.Model(
          name: "(\(place + 1))_\(kind.rawValue)", heading: kind.label,
          estimates: parameters.compactMap { parameter in
            guard case .effect(kind, _) = parameter.role else { return nil }
            return source.model.effects.first { $0.parameter == parameter }.map {
              Estimate(
                Self.shared(parameter), $0.value, standardError: $0.standardError, reference: $0.reference)
            }
          }, statistics: kind == .direct ? source.model.footer : [])
      }
    }
  }

  /// The row that the kinds of one effect share: `P`, `short run P`.
  private static func shared(_ effect: Parameter) -> Parameter {
    guard case .effect(_, let horizon?) = effect.role else { return Parameter(effect.name, .variable) }
    return Parameter("\(horizon.rawValue) run \(effect.name)", .variable)
  }

  /// What people read for shared rows of effects with a horizon.
  static func sharedLabels(_ effects: [Parameter]) -> [Parameter: Phrase] {
    var labels: [Parameter: Phrase] = [:]
    for effect in effects {
      guard case .effect(_, let horizon?) = effect.role else { continue }
      let term = WordedName(effect.name, .term, typeset: true).signed
      labels[shared(effect)] = Phrase(
        "\(term), \(horizon.label.english) run", zh: "\(term)（\(horizon.label.chinese)）")
    }
    return labels
  }
}

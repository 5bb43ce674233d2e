/// Puts the words of variables together to those of terms: `P × C`, `W × ln P`, `V (t−1)`, `Constant`.
///
/// A term is read by the parser of formulas, for results name it as formulas write it; what it is put together from are the
/// factors, never pieces of its text. A factor or term that has a label of its own is called so.
struct TermWording {
  let labels: VariableLabels
  let language: Language

  /// The words for a name.
  func words(_ name: WordedName) -> String {
    if let own = labels.label(of: name.name, in: language) {
      switch name.kind {
      case .quantity: return withUnit(own, of: name.name)
      case .effect(let kind, let horizon): return effect(own, kind, horizon)
      default: return own
      }
    }
    switch name.kind {
    case .variable: return variable(name.name)
    case .quantity: return withUnit(variable(name.name), of: name.name)
    case .term: return term(named: name.name)
    case .spatialLag: return spatialLag(name.name)
    case .combination: return combination(name.name)
    case .period:
      return name.name.firstIndex(of: "=").map { String(name.name[name.name.index(after: $0)...]) }
        ?? name.name
    case .sign(let sign): return words(sign)
    case .effect(let kind, let horizon): return effect(term(named: name.name), kind, horizon)
    case .words: return name.name
    }
  }

  private func words(_ sign: WordedName.Sign) -> String {
    switch sign {
    case .rho: "ρ"
    case .lambda: "λ"
    case .variance: "σ²"
    case .weight: "θ"
    case .constant: Phrase("Constant", zh: "常数项").text(in: language)
    }
  }

  private func effect(_ term: String, _ kind: EffectKind, _ horizon: EffectHorizon?) -> String {
    let run =
      switch horizon {
      case .short: Phrase("short-run ", zh: "短期")
      case .long: Phrase("long-run ", zh: "长期")
      case nil: Phrase(verbatim: "")
      }
    return VariableLabels.bracketed(
      term, run.text(in: language) + kind.label.text(in: language), language)
  }

  private func withUnit(_ words: String, of name: String) -> String {
    labels.unit(of: name).map { VariableLabels.bracketed(words, $0, language) } ?? words
  }

  /// A column's words: its label, or that of the column whose logarithm its name says that it is.
  private func variable(_ name: String) -> String {
    if let own = labels.label(of: name, in: language) { return own }
    guard name.hasPrefix("ln") else { return level(name) ?? name }
    let isMarked = name.hasPrefix("ln_")
    let inner = String(name.dropFirst(isMarked ? 3 : 2))
    if let own = labels.label(of: inner, in: language) { return "ln \(own)" }
    let isLogarithm = isMarked ? !inner.isEmpty : inner.first.map { $0.isUppercase || !$0.isASCII } ?? false
    return isLogarithm ? "ln \(inner)" : name
  }

  /// A neighbours' mean: what stands before the W is a region's dummy, what stands behind it the term.
  private func spatialLag(_ name: String) -> String {
    guard let sign = name.firstRange(of: "W*") else { return term(named: name) }
    let before = name[..<sign.lowerBound].split(separator: ":").map { variable(String($0)) }
    return (before + ["W", term(named: String(name[sign.upperBound...]))]).joined(separator: " × ")
  }

  /// Coefficients added up, `P + C` or `2 P − 0.5 P × C`; what is no combination stays as it is.
  private func combination(_ name: String) -> String {
    guard let parts = (try? LinearCombination(name))?.parts else { return name }
    return parts.enumerated().map { place, part in
      let sign = part.factor < 0 ? (place == 0 ? "−" : " − ") : place == 0 ? "" : " + "
      let size = abs(part.factor)
      return sign + (size == 1 ? "" : "\(RoundTripNumber.text(size)) ") + term(named: part.name)
    }.joined()
  }

  private func term(named name: String) -> String {
    if let own = labels.label(of: name, in: language) { return own }
    if let terms = try? FormulaSpecification.terms(name), terms.count == 1 { return words(terms[0]) }
    return levels(name) ?? variable(name)
  }

  private func words(_ term: FormulaTerm) -> String {
    if let own = labels.label(of: term.name, in: language) { return own }
    return term.factors.firstAppearances.map { factor in
      let power = term.exponent(of: factor)
      let words = words(factor)
      guard power > 1 else { return words }
      let isPlain = if case .variable = factor { words != "ln" && !words.hasPrefix("ln ") } else { false }
      return (isPlain ? words : "(\(words))") + Self.raised(power)
    }.joined(separator: " × ")
  }

  private func words(_ factor: FormulaFactor) -> String {
    if let own = labels.label(of: factor.name, in: language) { return own }
    switch factor {
    case .variable(let name): return variable(name)
    case .lag(let inner, let steps):
      guard steps != 0 else { return words(inner) }
      return VariableLabels.bracketed(words(inner), "t\(steps < 0 ? "+" : "−")\(abs(steps))", language)
    case .difference(let inner, let steps):
      return "Δ" + (steps == 1 ? "" : Self.lowered(steps)) + single(inner)
    case .logarithm(let inner): return "ln \(single(inner))"
    case .centred(let inner):
      return VariableLabels.bracketed(
        words(inner), Phrase("centred", zh: "中心化").text(in: language), language)
    case .scaled(let inner):
      return VariableLabels.bracketed(
        words(inner), Phrase("standardised", zh: "标准化").text(in: language), language)
    case .ratio(let dividend, let divisor):
      let isNested = if case .ratio = divisor { true } else { false }
      return "\(words(dividend)) / \(isNested ? "(\(words(divisor)))" : words(divisor))"
    case .levels(let column): return variable(column)
    case .level(let column, let level): return "\(variable(column)) = \(level)"
    }
  }

  /// A factor's words as one: a ratio in brackets.
  private func single(_ factor: FormulaFactor) -> String {
    if case .ratio = factor { "(\(words(factor)))" } else { words(factor) }
  }

  /// Dummies of levels in a product, which no formula writes: `factor(region)East:P`.
  private func levels(_ name: String) -> String? {
    guard name.hasPrefix("factor(") || name.contains(":factor(") else { return nil }
    return name.split(separator: ":").map { part in
      part.hasPrefix("factor(") ? variable(String(part)) : term(named: String(part))
    }.joined(separator: " × ")
  }

  /// The dummy of a level under the name that a panel's column has for it: `factor(region)East`.
  private func level(_ name: String) -> String? {
    guard name.hasPrefix("factor("), let end = name.firstIndex(of: ")") else { return nil }
    let column = String(name[..<end].dropFirst("factor(".count))
    return words(.level(of: column, String(name[name.index(after: end)...])))
  }

  private static func raised(_ power: Int) -> String {
    String(String(power).map { Array("⁰¹²³⁴⁵⁶⁷⁸⁹")[$0.wholeNumberValue ?? 0] })
  }

  private static func lowered(_ steps: Int) -> String {
    String(String(steps).map { Array("₀₁₂₃₄₅₆₇₈₉")[$0.wholeNumberValue ?? 0] })
  }
}

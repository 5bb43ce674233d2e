/// What efficiency is to be: who makes what of what, by which model.
public struct EfficiencySpecification: Sendable, Equatable {
  /// The columns of inputs, x.
  public var inputs: [String]
  /// The columns of good outputs, y.
  public var outputs: [String]
  /// The columns of bad outputs, b: less is better.
  public var undesirable: [String]
  /// The model.
  public var model: Model
  /// Returns to scale of the models by slacks; CCR and BCC say theirs by their names.
  public var returns: Returns
  /// What radial models bring down or up.
  public var orientation: Orientation
  /// The frontier against which changes over time are measured; nil for no changes.
  public var change: Frontier?
  /// The column of groups whose means are wanted.
  public var group: String?

  /// The models.
  public enum Model: String, Sendable, CaseIterable {
    /// The slacks-based measure of Tone (2001).
    case slacks = "sbm"
    /// The same, and super-efficiency of Tone (2002) for efficient units.
    case superSlacks = "super-sbm"
    /// The radial model of Charnes, Cooper and Rhodes (1978): constant returns.
    case constantRadial = "ccr"
    /// The radial model of Banker, Charnes and Cooper (1984): variable returns.
    case variableRadial = "bcc"

    /// Whether all inputs, or all outputs, change by one factor.
    public var isRadial: Bool { self == .constantRadial || self == .variableRadial }
  }

  /// Returns to scale of the frontier.
  public enum Returns: String, Sendable, CaseIterable {
    /// Any multiple of what is possible is possible.
    case constant
    /// Only mixtures of what was observed are possible: Σλ = 1.
    case variable
  }

  /// What radial models bring down or up.
  public enum Orientation: String, Sendable, CaseIterable {
    /// Inputs, by θ ≤ 1.
    case input
    /// Outputs, by φ ≥ 1; the score is 1/φ.
    case output
  }

  /// The frontier of changes over time.
  public enum Frontier: String, Sendable, CaseIterable {
    /// One of all periods together: Pastor and Lovell (2005), with bad outputs Oh (2010).
    case global
    /// The two of the periods compared: Färe et al. (1994), with bad outputs Chung, Färe and Grosskopf (1997).
    case contemporaneous
  }

  /// A specification from its parts.
  ///
  /// Throws `EfficiencyError.twoRoles` for a column that is more than one thing, and
  /// `EfficiencyError.undesirableInRadial` for bad outputs in a model that has none.
  public init(
    inputs: [String], outputs: [String], undesirable: [String] = [], model: Model = .slacks,
    returns: Returns = .constant, orientation: Orientation = .input, change: Frontier? = nil,
    group: String? = nil
  ) throws(EfficiencyError) {
    self.inputs = inputs.firstAppearances
    self.outputs = outputs.firstAppearances
    self.undesirable = undesirable.firstAppearances
    self.model = model
    self.returns =
      switch model {
      case .constantRadial: .constant
      case .variableRadial: .variable
      case .slacks, .superSlacks: returns
      }
    self.orientation = orientation
    self.change = change
    self.group = group
    var roles: [String: ProductionRole] = [:]
    for (column, role) in columns {
      if let other = roles[column] { throw .twoRoles(column: column, other, role) }
      roles[column] = role
    }
    guard undesirable.isEmpty || !model.isRadial else { throw .undesirableInRadial(model) }
  }

  /// The columns in their order, each with what it is.
  var columns: [(name: String, role: ProductionRole)] {
    inputs.map { ($0, .input) } + outputs.map { ($0, .output) } + undesirable.map { ($0, .undesirable) }
  }

  /// How many units a period should have: max(ms, 3(m + s)), bad outputs among the s.
  var advisableUnits: Int {
    let (m, s) = (inputs.count, outputs.count + undesirable.count)
    return max(m * s, 3 * (m + s))
  }
}

/// What a column is to production.
public enum ProductionRole: String, Sendable, Equatable {
  case input
  case output
  case undesirable

  /// The role in words.
  var phrase: Phrase {
    switch self {
    case .input: Phrase("input", zh: "投入")
    case .output: Phrase("output", zh: "期望产出")
    case .undesirable: Phrase("undesirable output", zh: "非期望产出")
    }
  }
}

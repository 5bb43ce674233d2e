/// What `prepare` is to do: join re-coded units first, then the steps in their order, then balance the panel.
public struct PreparationPlan: Sendable, Equatable {
  /// The unit column; nil to find it.
  public let unitColumn: String?
  /// The time column; nil to find it.
  public let timeColumn: String?
  /// The distance of one calendar step, where it is not what all distances share.
  public var timeStep: Int?
  /// The map from old to new units, if there is one.
  public let codeChanges: CodeChanges?
  /// What becomes of the numbers where the map makes several units of one period one; nil where that is an error.
  public let mergeRules: MergeRules?
  /// The column of names beside a column of codes whose old names become the newest ones too.
  public let nameColumn: String?
  /// The steps, applied in order; each sees what the earlier ones made.
  public let steps: [PreparationStep]
  /// How the panel is balanced after all steps; nil where it is not.
  public let balance: PanelBalance?
  /// The columns of the result, beside its keys; nil for all.
  public let keptColumns: [String]?
  /// The columns that the result is without.
  public let droppedColumns: [String]
  /// Whether a new column that the data do not allow, such as the logarithm of a zero, is left out and reported,
  /// instead of ending the preparation.
  public var leavesOutImpossibleColumns = false

  /// A plan from its parts.
  public init(
    unitColumn: String? = nil, timeColumn: String? = nil, codeChanges: CodeChanges? = nil,
    mergeRules: MergeRules? = nil, nameColumn: String? = nil, steps: [PreparationStep],
    balance: PanelBalance? = nil, keptColumns: [String]? = nil,
    droppedColumns: [String] = []
  ) {
    self.unitColumn = unitColumn
    self.timeColumn = timeColumn
    self.codeChanges = codeChanges
    self.mergeRules = mergeRules
    self.nameColumn = nameColumn
    self.steps = steps
    self.balance = balance
    self.keptColumns = keptColumns
    self.droppedColumns = droppedColumns
  }
}

extension PreparationStep {
  /// The step as a result document states it.
  public var members: [JSONMember] {
    [
      JSONMember("operation", .string(operation.key)), JSONMember("variables", JSONValue(variables)),
      JSONMember("outputs", JSONValue((try? outputs()) ?? [])),
    ] + operation.settings
  }
}

/// One operation on some variables, and what the results are called.
public struct PreparationStep: Sendable, Equatable {
  /// The operation.
  public let operation: PreparationOperation
  /// The variables, each treated alone.
  public let variables: [String]
  /// How the results are named.
  public let naming: OutputNaming

  /// A step from its parts.
  public init(_ operation: PreparationOperation, _ variables: [String], naming: OutputNaming = .conventional)
  {
    self.operation = operation
    self.variables = variables
    self.naming = naming
  }

  /// The step that computes a column from others.
  public init(_ expression: ColumnExpression) {
    self.init(.compute(expression), expression.columns)
  }

  /// The outputs' names, in the order of the variables; one where a column is computed.
  ///
  /// Throws `PreparationError.namesDoNotMatch` where the names given are more or fewer than the variables.
  public func outputs() throws(PreparationError) -> [String] {
    if case .compute(let expression) = operation { return [expression.output] }
    switch naming {
    case .conventional: return variables.map { (operation.conventionalPrefix ?? "") + $0 }
    case .inPlace: return variables
    case .prefix(let prefix): return variables.map { prefix + $0 }
    case .suffix(let suffix): return variables.map { $0 + suffix }
    case .names(let names):
      guard names.count == variables.count else {
        throw .namesDoNotMatch(operation: operation.key, names: names, variables: variables)
      }
      return names
    }
  }
}

/// How the outputs of a step are named.
public enum OutputNaming: Sendable, Equatable {
  /// One rule: a step that only fills empty cells writes into the column itself, for known values stay; a step that
  /// makes other values writes a column of its own, named as papers do: `ln_gdp`, `d_gdp` (`d2_gdp` over two steps),
  /// `g_gdp`, `l_gdp`, `z_gdp`, `mm_gdp`, `w_gdp`, `ma_gdp`.
  case conventional
  /// The results take the variable's place.
  case inPlace
  /// A new column with this before the variable's name.
  case prefix(String)
  /// A new column with this after the variable's name.
  case suffix(String)
  /// New columns of these names, one a variable.
  case names([String])
}

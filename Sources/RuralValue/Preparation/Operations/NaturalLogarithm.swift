#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// ln x, or ln(1 + x), which keeps its digits near zero.
struct NaturalLogarithm {
  let plusOne: Bool

  func outcome(_ variable: PreparedVariable) throws(PreparationError) -> ColumnOutcome {
    let bound = plusOne ? -1.0 : 0.0
    let outside = variable.values.indices.filter { variable.values[$0] <= bound }
    if let first = outside.first {
      throw .noLogarithm(
        place: variable.place(first), value: variable.values[first], plusOne: plusOne,
        others: outside.count - 1)
    }
    return ColumnOutcome(values: variable.values.map { $0.isNaN ? .nan : plusOne ? log1p($0) : log($0) })
  }
}

import RuralValueNumerics
import TestSupport

/// A linear regression of NIST's Statistical Reference Datasets, read from its own file.
struct NISTDataset {
  let outcome: [Double]
  let regressors: Matrix
  let hasIntercept: Bool
  let coefficients: [Double]
  let standardErrors: [Double]
  let residualStandardDeviation: Double
  let rSquared: Double

  init(_ name: String) throws {
    let lines = try ProjectFiles.fixtureText("reference/nist/\(name).dat")
      .split(whereSeparator: \.isNewline).map(NISTDataset.fields)
    let parameters = lines.filter { $0.first?.wholeMatch(of: /B\d+/) != nil && $0.count == 3 }
    coefficients = parameters.map { NISTDataset.number($0[1]) }
    standardErrors = parameters.map { NISTDataset.number($0[2]) }
    residualStandardDeviation = NISTDataset.number(after: ["Standard", "Deviation"], in: lines)
    rSquared = NISTDataset.number(after: ["R-Squared"], in: lines)
    hasIntercept = parameters[0][0] == "B0"

    let start = (lines.lastIndex { $0.first == "Data:" } ?? 0) + 1
    let rows = lines[start...].filter { !$0.isEmpty }.map { $0.map(NISTDataset.number) }
    outcome = rows.map { $0[0] }
    let predictors = (1..<rows[0].count).map { j in rows.map { $0[j] } }
    let ones = [Double](repeating: 1, count: rows.count)
    let slopes =
      predictors.count > 1
      ? predictors : NISTDataset.powers(of: predictors[0], upTo: coefficients.count - (hasIntercept ? 1 : 0))
    regressors = Matrix(columns: (hasIntercept ? [ones] : []) + slopes)
  }

  /// x, x², … by repeated multiplication, which is exact while the powers fit 53 bits.
  private static func powers(of x: [Double], upTo degree: Int) -> [[Double]] {
    var result = [x]
    while result.count < degree { result.append(zip(result[result.count - 1], x).map { $0 * $1 }) }
    return result
  }

  private static func fields(_ line: Substring) -> [String] {
    line.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static func number(_ text: String) -> Double { Double(text) ?? .nan }

  /// The number of the first line that reads these words and one number.
  private static func number(after words: [String], in lines: [[String]]) -> Double {
    lines.first { $0.count == words.count + 1 && Array($0.prefix(words.count)) == words }
      .map { number($0[words.count]) } ?? .nan
  }
}

internal import RuralValueNumerics

/// The coupling of several systems at one place and time: degrees C, the level T and the coordination D.
///
/// Of n systems U in [0, 1]:
///
/// - classical C = n (∏U)^(1/n)/ΣU, the geometric over the arithmetic mean: 1 where all are equal, whatever their level;
/// - corrected C = √{[1 − Σ_{i>j}|U_i − U_j|/(n(n − 1)/2)] · [∏ U_i/max U]^(1/(n−1))}, not free of scale;
/// - T = Σ a_iU_i with weights that add up to one, D = √(C T).
///
/// Where all systems are zero, C is undefined and D zero; where one is, C is zero.
///
/// Source: Wang, Kong and others (2021), Journal of Natural Resources 36(3), 793–810; methods/evaluation.md, 2.1 to 2.3.
struct CouplingDegree: Sendable, Equatable {
  /// T.
  let level: Double
  /// C; nil where all systems are zero.
  let classical: Double?
  let corrected: Double?

  /// Systems in [0, 1] with their weights, which add up to one.
  init(_ systems: [Double], weights: [Double]) {
    level = min(zip(systems, weights).map { $0 * $1 }.compensatedSum, 1)
    let largest = systems.max() ?? 0
    guard largest > 0 else {
      classical = nil
      corrected = nil
      return
    }
    // Ratios to the largest, so that no product of small numbers vanishes.
    let ratios = systems.map { $0 / largest }
    guard ratios.allSatisfy({ $0 > 0 }) else {
      classical = 0
      corrected = 0
      return
    }
    let count = Double(systems.count)
    let logarithm = ratios.map { $0 == 1 ? 0 : portableLogarithm($0) }.compensatedSum
    classical = min(portableExponential(logarithm / count) * count / ratios.compensatedSum, 1)
    let product = portableExponential(logarithm / (count - 1))
    corrected = min(max((1 - Self.meanGap(systems)) * product, 0).squareRoot(), 1)
  }

  /// Σ_{i>j}|U_i − U_j|/(n(n − 1)/2).
  static func meanGap(_ systems: [Double]) -> Double {
    let count = systems.count
    let ordered = systems.sorted()
    let sum = ordered.enumerated().map { Double(2 * $0 - count + 1) * $1 }.compensatedSum
    return max(sum, 0) / Double(count * (count - 1) / 2)
  }

  /// C of one form; nil where all systems are zero.
  func coupling(_ form: CouplingForm) -> Double? { form == .classical ? classical : corrected }

  /// D of one form: √(C T), zero where all systems are zero.
  func coordination(_ form: CouplingForm) -> Double {
    coupling(form).map { min(($0 * level).squareRoot(), level.squareRoot()) } ?? 0
  }
}

/// Which ends of a grade's interval belong to it.
public enum GradeBounds: String, Sendable, CaseIterable {
  /// 0.4 ≤ D < 0.5; the last grade has both ends.
  case left
  /// 0.4 < D ≤ 0.5; the first grade has both ends.
  case right
}

/// One of the ten grades of coordination.
///
/// Ten intervals of a tenth each. 10·D is rounded to nine decimals first, so that a D of 0.7 that comes from a root is not
/// taken for one below it.
///
/// Source: Liao (1999), Tropical Geography 19(2); methods/evaluation.md, 2.4.
public struct CoordinationGrade: Sendable, Equatable, Hashable {
  /// From 1, extreme imbalance, to 10, superior coordination.
  public let number: Int

  /// The grade of a degree of coordination in [0, 1].
  init(_ coordination: Double, bounds: GradeBounds) {
    let tenths = (coordination * 1e10).rounded() / 1e9
    number =
      switch bounds {
      case .left: min(Int(tenths.rounded(.down)) + 1, 10)
      case .right: max(Int(tenths.rounded(.up)), 1)
      }
  }

  private init(number: Int) { self.number = number }

  /// All ten, from the lowest.
  static let all = (1...10).map { CoordinationGrade(number: $0) }

  /// Its name.
  public var name: Phrase { Self.names[number - 1] }

  /// Its interval: `[0.4, 0.5)`.
  func interval(_ bounds: GradeBounds) -> String {
    let ends = [number - 1, number].map { $0 == 10 ? "1" : $0 == 0 ? "0" : "0.\($0)" }.joined(separator: ", ")
    return switch bounds {
    case .left: "[\(ends)\(number == 10 ? "]" : ")")"
    case .right: "\(number == 1 ? "[" : "(")\(ends)]"
    }
  }

  private static let names = [
    Phrase("extreme imbalance", zh: "极度失调"), Phrase("severe imbalance", zh: "严重失调"),
    Phrase("moderate imbalance", zh: "中度失调"), Phrase("mild imbalance", zh: "轻度失调"),
    Phrase("near imbalance", zh: "濒临失调"), Phrase("barely coordinated", zh: "勉强协调"),
    Phrase("primary coordination", zh: "初级协调"), Phrase("intermediate coordination", zh: "中级协调"),
    Phrase("good coordination", zh: "良好协调"), Phrase("superior coordination", zh: "优质协调"),
  ]
}

internal import RuralValueNumerics

/// How the axes of a standard deviational ellipse are scaled.
public enum EllipseConvention: String, Sendable, CaseIterable {
  /// Standard deviations along the axes, divided by Σw.
  case yuill
  /// The same × √2.
  case arcgis
  /// The same × √(2n/(n − 2)).
  case crimestat
  /// Divided by Σw² and weighted by w², as many Chinese papers have it.
  case squared

  /// The convention in a sentence.
  var phrase: Phrase {
    switch self {
    case .yuill: Phrase("standard deviations along the axes (Yuill)", zh: "沿轴标准差（Yuill）")
    case .arcgis: Phrase("standard deviations along the axes × √2 (ArcGIS)", zh: "沿轴标准差×√2（ArcGIS）")
    case .crimestat:
      Phrase(
        "standard deviations along the axes × √(2n/(n − 2)) (CrimeStat)", zh: "沿轴标准差×√(2n/(n−2))（CrimeStat）")
    case .squared: Phrase("standard deviations along the axes, weighted by w²", zh: "以w²加权的沿轴标准差")
    }
  }
}

/// The weighted mean centre of places in a plane, and their standard deviational ellipse.
///
/// x̄ = Σwx/Σw, ȳ likewise; with the second moments a, b and c about it the long axis points tan 2θ = 2c/(a − b)
/// counter-clockwise from east, and the squared axes are (a + b)/2 ± √(((a − b)/2)² + c²).
///
/// Sources: Lefever (1926); Yuill (1971); methods/evaluation.md, 3.6.
public struct WeightedEllipse: Sendable, Equatable {
  /// The places that have a weight above zero.
  public let count: Int
  /// The centre.
  public let x: Double
  /// The centre.
  public let y: Double
  /// Half of the long axis.
  public let longAxis: Double
  /// Half of the short axis.
  public let shortAxis: Double
  /// Degrees clockwise from north to the long axis, from 0 to below 180; nil where no direction is longer.
  public let rotation: Double?
  /// The share of the weights inside the ellipse or on it; nil where it has no width.
  public let shareInside: Double?

  /// πab.
  public var area: Double { Double.pi * longAxis * shortAxis }
  /// The short axis over the long one; nil of a point.
  public var ratio: Double? { longAxis > 0 ? shortAxis / longAxis : nil }

  /// The ellipse of places with weights that are not negative and not all zero.
  init(x: [Double], y: [Double], weights: [Double], _ convention: EllipseConvention) {
    let kept = weights.indices.filter { weights[$0] > 0 }
    let total = kept.map { weights[$0] }.compensatedSum
    count = kept.count
    let centre = (
      kept.map { weights[$0] / total * x[$0] }.compensatedSum,
      kept.map { weights[$0] / total * y[$0] }.compensatedSum
    )
    self.x = centre.0
    self.y = centre.1
    // Squares of shares neither overflow nor vanish.
    let largest = kept.map { weights[$0] }.max() ?? 1
    let own = kept.map { place in
      let weight = weights[place] / largest
      return convention == .squared ? weight * weight : weight
    }
    let sum = own.compensatedSum
    let (dx, dy) = (kept.map { x[$0] - centre.0 }, kept.map { y[$0] - centre.1 })
    func moment(_ one: [Double], _ other: [Double]) -> Double {
      own.indices.map { own[$0] * one[$0] * other[$0] }.compensatedSum / sum
    }
    let (a, b, c) = (moment(dx, dx), moment(dy, dy), moment(dx, dy))
    let (half, reach) = ((a + b) / 2, (((a - b) / 2) * ((a - b) / 2) + c * c).squareRoot())
    let hasDirection = reach > 1e-13 * half
    let angle = hasDirection ? 0.5 * atan2(2 * c, a - b) : 0
    let (u, v) = (
      dx.indices.map { dx[$0] * cos(angle) + dy[$0] * sin(angle) },
      dx.indices.map { dy[$0] * cos(angle) - dx[$0] * sin(angle) }
    )
    let scale =
      switch convention {
      case .yuill, .squared: 1.0
      case .arcgis: 2.0.squareRoot()
      case .crimestat:
        kept.count > 2 ? (2 * Double(kept.count) / Double(kept.count - 2)).squareRoot() : Double.nan
      }
    let long = scale * moment(u, u).squareRoot()
    let across = moment(v, v).squareRoot()
    // What rounding leaves of places on one line has no width.
    let short = across > 1e-13 * moment(u, u).squareRoot() ? scale * across : (scale.isNaN ? .nan : 0)
    longAxis = long
    shortAxis = short
    if hasDirection {
      let turned = (90 - angle * 180 / .pi).truncatingRemainder(dividingBy: 180)
      rotation = turned < 0 ? turned + 180 : turned
    } else {
      rotation = nil
    }
    if long > 0, short > 0 {
      shareInside =
        kept.indices.filter { place in
          let (p, q) = (u[place] / long, v[place] / short)
          return p * p + q * q <= 1
        }.map { weights[kept[$0]] / total }.compensatedSum
    } else {
      shareInside = nil
    }
  }

  /// So many points around the ellipse, from the end of the long axis on.
  func outline(_ points: Int) -> [PolygonLayer.Point] {
    guard longAxis.isFinite, shortAxis.isFinite else { return [] }
    let angle = (90 - (rotation ?? 90)) * .pi / 180
    return (0..<points).map { number in
      let turn = 2 * Double.pi * Double(number) / Double(points)
      let (u, v) = (longAxis * cos(turn), shortAxis * sin(turn))
      return PolygonLayer.Point(
        x: x + u * cos(angle) - v * sin(angle), y: y + u * sin(angle) + v * cos(angle))
    }
  }
}

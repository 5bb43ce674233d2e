internal import RuralValueNumerics

/// Numbers that a test does not reject: an interval, rays, the line, several pieces, or none.
public struct ConfidenceSet: Sendable, Equatable {
  /// What the set looks like.
  public enum Kind: String, Sendable {
    /// One interval between two numbers.
    case interval
    /// Everything outside an interval.
    case rays
    /// One ray.
    case ray
    /// Every number.
    case line
    /// Nothing.
    case empty
    /// Several pieces.
    case pieces
  }

  /// The level.
  public let level: Double
  /// The pieces from left to right; an end that is infinite is none.
  public let pieces: [Piece]

  /// An interval, whose ends may be infinite.
  public struct Piece: Sendable, Equatable {
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double
  }

  /// What the set looks like.
  public var kind: Kind {
    guard let first = pieces.first, let last = pieces.last else { return .empty }
    switch (pieces.count, first.low.isFinite, last.high.isFinite) {
    case (1, true, true): return .interval
    case (1, false, false): return .line
    case (1, _, _): return .ray
    case (2, false, false): return .rays
    default: return .pieces
    }
  }

  /// A set from its pieces.
  init(level: Double, pieces: [Piece]) {
    self.level = level
    self.pieces = pieces
  }

  /// Searches outwards from a number on a grid that grows with the distance, and halves every step that crosses a bound.
  init(
    level: Double, from start: Double, scale: Double, isInsideFarOut: Bool, isInside: (Double) -> Bool
  ) {
    var grid: [Double] = []
    var step = 1e-4 * scale
    while step < 1e9 * scale {
      grid.append(step)
      step *= 1.03
    }
    let points = grid.reversed().map { start - $0 } + [start] + grid.map { start + $0 }
    let marks = points.map(isInside)
    var pieces: [Piece] = []
    var low: Double? = marks[0] ? (isInsideFarOut ? -.infinity : points[0]) : nil
    if !marks[0], isInsideFarOut { low = nil }
    for place in points.indices.dropFirst() where marks[place] != marks[place - 1] {
      var (a, b) = (points[place - 1], points[place])
      for _ in 0..<200 {
        let middle = a + 0.5 * (b - a)
        guard middle > a, middle < b else { break }
        if isInside(middle) == marks[place - 1] { a = middle } else { b = middle }
      }
      let bound = a + 0.5 * (b - a)
      if marks[place] {
        low = bound
      } else if let begin = low {
        pieces.append(Piece(low: begin, high: bound))
        low = nil
      }
    }
    if let begin = low {
      pieces.append(Piece(low: begin, high: isInsideFarOut ? .infinity : points[points.count - 1]))
    }
    self.level = level
    self.pieces = pieces
  }

  /// The set as people write it.
  var words: Phrase {
    func shown(_ x: Double) -> String { FixedDecimals.text(x, decimals: 3) }
    switch kind {
    case .empty: return Phrase("empty", zh: "空集")
    case .line: return Phrase("the whole line", zh: "全实数轴")
    default:
      let text = pieces.map { piece in
        piece.low == -.infinity
          ? "(−∞, \(shown(piece.high))]"
          : piece.high == .infinity
            ? "[\(shown(piece.low)), ∞)" : "[\(shown(piece.low)), \(shown(piece.high))]"
      }.joined(separator: " ∪ ")
      return Phrase(verbatim: text)
    }
  }
}

extension ConfidenceSet {
  /// Fieller's set of a ratio n/d of two normal numbers: all x with (n − xd)² ≤ t²(V_nn − 2xV_nd + x²V_dd).
  ///
  /// `shift` is added to every bound. Source: Fieller (1954).
  init(
    ratioOf n: Double, to d: Double, variance v: (Double, Double, Double), shift: Double = 0,
    reference: ReferenceDistribution, level: Double
  ) {
    let t: Double =
      reference.degreesOfFreedom.map {
        StudentT(degreesOfFreedom: Double($0)).criticalValue(level: level)
      } ?? Normal().criticalValue(level: level)
    let t2 = t * t
    let (a2, a1, a0) = (d * d - t2 * v.2, -2 * (n * d - t2 * v.1), n * n - t2 * v.0)
    let discriminant = a1 * a1 - 4 * a2 * a0
    guard discriminant > 0, a2 != 0 else {
      self.init(level: level, pieces: a2 < 0 ? [Piece(low: -.infinity, high: .infinity)] : [])
      return
    }
    // The larger root in size first, the other from their product, so that nothing cancels.
    let q = -0.5 * (a1 + (a1 < 0 ? -1 : 1) * discriminant.squareRoot())
    let roots = [q / a2, q == 0 ? 0 : a0 / q].sorted().map { $0 + shift }
    self.init(
      level: level,
      pieces: a2 > 0
        ? [Piece(low: roots[0], high: roots[1])]
        : [Piece(low: -.infinity, high: roots[0]), Piece(low: roots[1], high: .infinity)])
  }
}

extension ConfidenceSet.Kind {
  var label: Phrase {
    switch self {
    case .interval: Phrase("interval", zh: "区间")
    case .rays: Phrase("two rays", zh: "两条射线")
    case .ray: Phrase("ray", zh: "射线")
    case .line: Phrase("the whole line", zh: "全实数轴")
    case .empty: Phrase("empty", zh: "空集")
    case .pieces: Phrase("several pieces", zh: "多段")
    }
  }
}

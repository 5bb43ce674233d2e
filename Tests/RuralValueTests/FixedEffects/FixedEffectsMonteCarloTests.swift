import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// How often intervals hold the truth, and tests reject it, at the size of Hunan's panel: 121 units, 11 periods.
///
/// With RURALVALUE_SLOW_TESTS=1.
@Suite(.tags(.monteCarlo), .enabled(if: ProcessInfo.processInfo.environment["RURALVALUE_SLOW_TESTS"] == "1"))
struct FixedEffectsMonteCarloTests {
  /// Errors and regressors that are autoregressions within units, with effects of units and periods.
  private static func draw(
    _ seed: Int, units: Int = 121, periods: Int = 11, persistence: Double = 0.8, strength: Double = 1,
    endogeneity: Double = 0, spread: Bool = false
  ) throws -> Panel {
    var random = CounterBasedGenerator(seed: 977, stream: UInt64(seed))
    let shocks = random.normals(periods)
    var (y, x, z) = ([Double](), [Double](), [Double]())
    let keep = (1 - persistence * persistence).squareRoot()
    for _ in 0..<units {
      let effect = random.normal()
      var (e, own) = (random.normal(), random.normal())
      let size = spread ? exp(0.4 * random.normal()) : 1
      for period in 0..<periods {
        e = persistence * e + keep * random.normal()
        let instrument = random.normal()
        own = persistence * own + keep * (0.8 * random.normal() + 0.6 * random.normal())
        let regressor =
          endogeneity == 0
          ? own : strength * instrument + endogeneity * e + (1 - endogeneity * endogeneity).squareRoot() * own
        x.append(regressor + 0.5 * effect + shocks[period])
        z.append(instrument)
        y.append(0.5 * regressor + 0.5 * (0.5 * effect + shocks[period]) + effect + shocks[period] + size * e)
      }
    }
    return try Panel(
      source: "drawn", unitOfRow: (0..<units * periods).map { "\($0 / periods)" },
      timeOfRow: (0..<units * periods).map { $0 % periods },
      variables: [
        ("y", y), ("x", x), ("z", z), ("half", (0..<units * periods).map { Double($0 / periods % 2) }),
      ])
  }

  private static func share(_ hits: [Bool]) -> Double {
    Double(hits.count(where: \.self)) / Double(hits.count)
  }

  @Test func `clustered intervals hold the truth in 94 to 96 % of 5,000 draws, robust ones in far fewer`()
    throws
  {
    var cluster: [Bool] = []
    var robust: [Bool] = []
    var specification = FixedEffectsSpecification(
      formula: try FormulaSpecification("y ~ x"), isTested: false)
    for draw in 0..<5000 {
      let panel = try Self.draw(draw, spread: true)
      specification.standardError = nil
      let interval = try FixedEffectsEstimator.fit(panel, specification).estimates[0].interval(0.95)
      cluster.append(interval.low <= 0.5 && 0.5 <= interval.high)
      if draw < 1000 {
        specification.standardError = .robust
        let other = try FixedEffectsEstimator.fit(panel, specification).estimates[0].interval(0.95)
        robust.append(other.low <= 0.5 && 0.5 <= other.high)
      }
    }
    let covered = Self.share(cluster)
    print("cluster \(covered), robust \(Self.share(robust))")
    #expect(covered > 0.94 && covered < 0.96, "covered \(covered)")
    #expect(Self.share(robust) < 0.9)
  }

  /// 500 draws: three standard errors of a share of .05 are .03. Random effects hold, errors are independent and of one variance,
  /// and no regressor matters.
  @Test func `tests hold their size where nothing is, and the one that cannot has no p value`() throws {
    var rejected: [String: Int] = [:]
    let specification = {
      var own = FixedEffectsSpecification(formula: try FormulaSpecification("y ~ x + z"), isTested: true)
      own.effects = .random
      return own
    }
    for draw in 0..<500 {
      var random = CounterBasedGenerator(seed: 978, stream: UInt64(draw))
      let effects = random.normals(121)
      let columns = ["y", "x", "z"].map { name in
        (name, random.normals(121 * 11).enumerated().map { name == "y" ? $1 + effects[$0 / 11] : $1 })
      }
      let panel = try Panel(
        source: "drawn", unitOfRow: (0..<121 * 11).map { "\($0 / 11)" },
        timeOfRow: (0..<121 * 11).map { $0 % 11 }, variables: columns)
      for test in try FixedEffectsEstimator.fit(panel, specification()).tests {
        if test.key == "heteroskedasticity" {
          #expect(test.statistic != nil && test.pValue?.isNaN == true)
        } else if test.rejects == true {
          rejected[test.key, default: 0] += 1
        }
      }
    }
    let shares = rejected.mapValues { Double($0) / 500 }
    print("sizes \(shares.sorted { $0.key < $1.key })")
    for key in ["f", "serial_correlation", "pesaran_cd"] {
      #expect((0.02...0.08).contains(shares[key] ?? 0), "\(key)")
    }
    // The note below the tests says what these two do.
    #expect((shares["mundlak"] ?? 0) < 0.11)
    #expect((shares["hausman"] ?? 0) < 0.18)
  }

  @Test func `Anderson and Rubin's set holds the truth whatever the instrument, the usual interval does not`()
    throws
  {
    for strength in [0.02, 0.08, 1.0] {
      var sets: [Bool] = []
      var usual: [Bool] = []
      var first: [Double] = []
      let specification = FixedEffectsSpecification(
        formula: try FormulaSpecification("y ~ x"), instruments: try InstrumentedRegressors("x ~ z"),
        isTested: false)
      for draw in 0..<2000 {
        let panel = try Self.draw(draw, strength: strength, endogeneity: 0.8)
        let result = try FixedEffectsEstimator.fit(panel, specification)
        let summary = try #require(result.instruments)
        let set = try #require(summary.set)
        sets.append(set.pieces.contains { $0.low <= 0.5 && 0.5 <= $0.high })
        let interval = result.estimates[0].interval(0.95)
        usual.append(interval.low <= 0.5 && 0.5 <= interval.high)
        first.append(summary.rankF)
      }
      let covered = Self.share(sets)
      print("strength \(strength): F \(first.mean), AR \(covered), 2SLS \(Self.share(usual))")
      // Three standard errors of a share of .95 among 2,000 are .015.
      #expect(abs(covered - 0.95) < 0.015, "strength \(strength): \(covered)")
      if strength == 1 { #expect(abs(Self.share(usual) - 0.95) < 0.015) }
    }
  }

  @Test func `a difference of groups that is none is found in one draw of twenty`() throws {
    var f: [Bool] = []
    var permuted: [Bool] = []
    let specification = FixedEffectsSpecification(
      formula: try FormulaSpecification("y ~ x"), groupColumn: "half", permutations: 99, isTested: false)
    for draw in 0..<2000 {
      let result = try FixedEffectsEstimator.fit(Self.draw(draw, periods: 6), specification)
      let groups = try #require(result.groups)
      f.append(try #require(groups.differences[0].test?.pValue) < 0.05)
      permuted.append(try #require(groups.differences[0].permutationP) <= 0.05)
    }
    print("difference F \(Self.share(f)), permutation \(Self.share(permuted))")
    #expect(abs(Self.share(f) - 0.05) < 0.02)
    #expect(abs(Self.share(permuted) - 0.05) < 0.016)
  }

  /// Six regressors, ten years; four regions as Guangdong has them, two of them of 18 counties, and two halves.
  @Test(arguments: [([18, 37, 50, 18], true), ([61, 62], false), ([30, 93], true)])
  func
    `groups that do not differ are told apart in one draw of twenty by permutation, of small groups more often by F`(
      sizes: [Int], isCautioned: Bool
    ) throws
  {
    let groups = sizes.indices.flatMap { [Int](repeating: $0, count: sizes[$0]) }
    var (f, joint, single, one) = ([Bool](), [Bool](), [Bool](), [Bool]())
    let names = (1...6).map { "x\($0)" }
    let specification = FixedEffectsSpecification(
      formula: try FormulaSpecification("y ~ \(names.joined(separator: " + "))"), groupColumn: "region",
      permutations: 399, isTested: false)
    for draw in 0..<400 {
      var random = CounterBasedGenerator(seed: 31, stream: UInt64(draw))
      var columns = [[Double]](repeating: [], count: 7)
      for _ in groups {
        let effect = random.normal()
        var states = random.normals(7)
        for _ in 0..<10 {
          let shocks = random.normals(7)
          for k in 0..<7 { states[k] = 0.7 * states[k] + 0.51.squareRoot() * shocks[k] }
          columns[0].append(states[1...].reduce(0, +) * 0.2 + effect + states[0])
          for k in 1..<7 { columns[k].append(states[k] + 0.3 * effect) }
        }
      }
      let panel = try Panel(
        source: "drawn", unitOfRow: columns[0].indices.map { "\($0 / 10)" },
        timeOfRow: columns[0].indices.map { $0 % 10 },
        variables: [("y", columns[0]), ("region", columns[0].indices.map { Double(groups[$0 / 10]) })]
          + names.indices.map { (names[$0], columns[$0 + 1]) })
      let result = try FixedEffectsEstimator.fit(panel, specification)
      let comparison = try #require(result.groups)
      f.append(try #require(result.test("difference:region")?.pValue) < 0.05)
      joint.append(try #require(result.test("difference_permutation:region")?.pValue) <= 0.05)
      single.append(try #require(comparison.differences[0].test?.pValue) < 0.05)
      one.append(try #require(comparison.differences[0].permutationP) <= 0.05)
      #expect(comparison.cautions.contains { $0.english.contains("tests of differences") } == isCautioned)
    }
    print(
      "\(sizes): joint F \(Self.share(f)), joint permutation \(Self.share(joint)), one term's F \(Self.share(single)),"
        + " its permutation \(Self.share(one))")
    // Three standard errors of a share of .05 among 400 are .033.
    #expect(abs(Self.share(joint) - 0.05) < 0.033)
    #expect(abs(Self.share(one) - 0.05) < 0.033)
    #expect(isCautioned || Self.share(f) < 0.12)
  }
}

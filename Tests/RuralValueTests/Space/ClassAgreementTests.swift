import RuralValue
import TestSupport
import Testing

@Suite struct ClassAgreementTests {
  static func check(_ agreement: ClassAgreement, _ expected: [String: Any], _ what: String) {
    func close(_ value: Double?, _ key: String) {
      guard let number = expected[key] as? Double else {
        #expect(value == nil, "\(what) \(key)")
        return
      }
      expectClose(value ?? .nan, number, relative: 1e-14, absolute: 1e-15, from: "two ways", "\(what) \(key)")
    }
    #expect(agreement.classes == expected["classes"] as? [Int])
    #expect(agreement.counts == expected["table"] as? [[Int]])
    #expect(agreement.unitCount == expected["n"] as? Int)
    close(agreement.observed, "observed")
    close(agreement.expected, "expected")
    close(agreement.kappa, "kappa")
    close(agreement.chiSquared, "chi2")
    close(agreement.cramersV, "cramers_v")
    for (level, jaccard) in expected["jaccard"] as! [String: Any] {
      expectClose(
        agreement.jaccard(of: Int(level)!) ?? .nan, jaccard as! Double, relative: 1e-14, from: "two ways",
        "\(what) Jaccard of \(level)")
    }
  }

  @Test(arguments: ["panel", "small", "constant"])
  func `agreement of class maps is the reference's`(name: String) throws {
    let expected = try OverlapReference().part("agreement", name)
    let maps = ["first", "second"].map { expected[$0] as! [Int] }
    Self.check(ClassAgreement(maps[0], maps[1]), expected, name)
  }

  @Test func `agreement of the hot spots of V and P is the reference's in seven and in three classes`() throws
  {
    let reference = try OverlapReference()
    let expected = reference.part("hot_spots")
    let maps = ["first", "second"].map { expected[$0] as! [Int] }
    Self.check(ClassAgreement(maps[0], maps[1]), reference.part("hot_spots", "seven"), "seven classes")
    let three = maps.map { $0.map { $0.signum() } }
    Self.check(ClassAgreement(three[0], three[1]), reference.part("hot_spots", "three"), "three classes")
  }

  @Test func `Cohen's example of 1960 has kappa 0.49`() {
    // Two judges of 200 cases, with the p_o and p_e of his example.
    let counts = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    let pairs = (0..<3).flatMap { a in (0..<3).flatMap { b in Array(repeating: (a, b), count: counts[a][b]) }
    }
    let agreement = ClassAgreement(pairs.map(\.0), pairs.map(\.1))
    expectClose(agreement.observed!, 0.70, relative: 1e-15, from: "Cohen (1960)")
    expectClose(agreement.expected!, 0.41, relative: 1e-15, from: "Cohen (1960)")
    expectClose(agreement.kappa!, 0.492, absolute: 5e-4, from: "Cohen (1960)")
  }

  @Test func `a map agrees with itself, and no units agree with nothing`() {
    let agreement = ClassAgreement([-1, 0, 0, 1], [-1, 0, 0, 1])
    #expect(agreement.kappa == 1 && agreement.cramersV == 1 && agreement.jaccard(of: 1) == 1)
    #expect(agreement.jaccard(of: 3) == nil)
    let none = ClassAgreement([], [])
    #expect(none.kappa == nil && none.observed == nil && none.cramersV == nil)
  }
}

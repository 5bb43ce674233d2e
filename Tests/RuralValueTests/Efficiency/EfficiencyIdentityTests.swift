import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// What must hold of every panel: no oracle is asked.
@Suite struct EfficiencyIdentityTests {
  typealias Specification = EfficiencySpecification

  private struct Draw {
    var inputs: [[Double]]
    var outputs: [[Double]]
    var undesirable: [[Double]]
    var names: [String] { inputs.indices.map { "u\($0)" } }

    init(_ count: Int, seed: UInt64) {
      var generator = CounterBasedGenerator(seed: seed)
      func level() -> Double { portableExponential(generator.normal()) }
      inputs = (0..<count).map { _ in [level(), 50 * level()] }
      outputs = (0..<count).map { _ in [1000 * level(), level()] }
      undesirable = (0..<count).map { _ in [level()] }
    }

    func scores(_ model: Specification.Model, _ returns: Specification.Returns = .constant) throws
      -> [UnitEfficiency]
    {
      try EfficiencyReference.scores(
        EfficiencyReference.crossSection(
          names, inputs: inputs, outputs: outputs, undesirable: model.isRadial ? [] : undesirable), model,
        returns)
    }
  }

  /// The models, each with returns.
  private static let models: [(Specification.Model, Specification.Returns)] = [
    (.superSlacks, .constant), (.superSlacks, .variable), (.constantRadial, .constant),
    (.variableRadial, .variable),
  ]

  private func expectSame(
    _ one: [UnitEfficiency], _ other: [UnitEfficiency], _ what: String, superToo: Bool = true
  ) {
    for (a, b) in zip(one, other) {
      expectClose(a.score, b.score, absolute: 1e-11, from: what, a.unit)
      expectClose(a.scaleEfficiency, b.scaleEfficiency, absolute: 1e-11, from: what, a.unit)
      #expect(a.returns == b.returns)
      if superToo {
        #expect((a.superScore == nil) == (b.superScore == nil))
        expectClose(a.superScore ?? 0, b.superScore ?? 0, relative: 1e-10, from: what, a.unit)
      }
    }
  }

  @Test(arguments: 1...6) func `units of measurement and the order of units change no score`(seed: Int) throws
  {
    let draw = Draw(40, seed: UInt64(seed))
    var scaled = draw
    for unit in 0..<40 {
      scaled.inputs[unit][0] *= 1000
      scaled.outputs[unit][1] *= 1e-7
      scaled.undesirable[unit][0] *= 12.3
    }
    var reversed = draw
    reversed.inputs.reverse()
    reversed.outputs.reverse()
    reversed.undesirable.reverse()
    for (model, returns) in Self.models {
      let scores = try draw.scores(model, returns)
      expectSame(scores, try scaled.scores(model, returns), "other units of measurement")
      expectSame(scores, try reversed.scores(model, returns).reversed(), "the other order")
      #expect(scores.allSatisfy { $0.dualityGap < 1e-9 && $0.score > 0 && $0.score <= 1 })
      #expect(scores.contains(where: \.isEfficient) && scores.contains { !$0.isEfficient })
    }
  }

  @Test(arguments: 1...4) func `a copy of a unit changes no score, and has a super-score of exactly 1`(
    seed: Int
  ) throws {
    let draw = Draw(30, seed: UInt64(100 + seed))
    for (model, returns) in Self.models {
      let scores = try draw.scores(model, returns)
      for place in [scores.firstIndex(where: \.isEfficient), scores.firstIndex { !$0.isEfficient }]
        .compactMap(\.self)
      {
        var more = draw
        more.inputs.append(draw.inputs[place])
        more.outputs.append(draw.outputs[place])
        more.undesirable.append(draw.undesirable[place])
        let copied = try more.scores(model, returns)
        expectSame(scores, Array(copied.dropLast()), "a copy", superToo: false)
        #expect(
          copied[place].score == copied[30].score || abs(copied[place].score - copied[30].score) < 1e-11)
        if scores[place].isEfficient {
          for unit in [copied[place], copied[30]] {
            expectClose(unit.superScore ?? .nan, 1, absolute: 1e-12, from: "a copy of itself")
          }
        }
      }
    }
  }

  @Test func `a dominated unit changes no other score`() throws {
    let draw = Draw(30, seed: 7)
    var more = draw
    more.inputs.append(draw.inputs[3].map { $0 * 1.5 })
    more.outputs.append(draw.outputs[3].map { $0 * 0.8 })
    more.undesirable.append(draw.undesirable[3].map { $0 * 1.2 })
    for (model, returns) in Self.models {
      let (before, after) = (try draw.scores(model, returns), try more.scores(model, returns))
      expectSame(before, Array(after.dropLast()), "a dominated unit")
      #expect(after[30].score < 1)
    }
  }

  @Test(arguments: 1...5) func `scores of the models are in their order`(seed: Int) throws {
    var draw = Draw(50, seed: UInt64(200 + seed))
    draw.undesirable = []
    let (ccr, bcc) = (try draw.scores(.constantRadial), try draw.scores(.variableRadial))
    let (constant, variable) = (try draw.scores(.superSlacks), try draw.scores(.superSlacks, .variable))
    for unit in 0..<50 {
      #expect(ccr[unit].score <= bcc[unit].score + 1e-12)
      #expect(constant[unit].score <= ccr[unit].score + 1e-12)
      #expect(variable[unit].score <= bcc[unit].score + 1e-12)
      #expect(constant[unit].score <= variable[unit].score + 1e-12)
      #expect(constant[unit].isEfficient == (constant[unit].superScore != nil))
      #expect((constant[unit].superScore ?? 1) >= 1)
      #expect(ccr[unit].returns == .constant || ccr[unit].scaleEfficiency < 1)
      #expect(ccr[unit].isStronglyEfficient == constant[unit].isEfficient)
    }
    #expect(Set(ccr.map(\.returns)) == Set(ReturnsToScale.allCases))
  }

  @Test func `targets are efficient, and the peers' mixture is what the target can be made of`() throws {
    let draw = Draw(30, seed: 11)
    for (model, returns) in Self.models {
      let scores = try draw.scores(model, returns)
      var moved = draw
      for (place, unit) in scores.enumerated() where place % 3 == 0 {
        moved.inputs[place] = unit.slacks.filter { $0.role == .input }.map(\.target)
        moved.outputs[place] = unit.slacks.filter { $0.role == .output }.map(\.target)
        if !model.isRadial {
          moved.undesirable[place] = unit.slacks.filter { $0.role == .undesirable }.map(\.target)
        }
        for (column, slack) in unit.slacks.enumerated() {
          let mixture = unit.peers.reduce(0.0) { sum, peer in
            let other = Int(peer.unit.dropFirst()) ?? 0
            return sum + peer.weight
              * (draw.inputs[other] + draw.outputs[other] + draw.undesirable[other])[column]
          }
          expectClose(mixture, slack.target, relative: 1e-9, from: "Σ λx", "\(model) \(unit.unit) \(column)")
        }
      }
      for (place, unit) in try moved.scores(model, returns).enumerated() where place % 3 == 0 {
        #expect(unit.score == 1 && unit.slacks.allSatisfy { $0.slack <= 1e-6 * $0.value })
      }
    }
  }

  @Test func `a radial score of 1 with slacks is weakly efficient and said to be so`() throws {
    // Tone's D: CCR 1, SBM 2/3; the target is C.
    let panel = try EfficiencyReference.crossSection(
      ["A", "B", "C", "D", "E"], inputs: [[4, 3], [6, 3], [8, 1], [8, 1], [2, 4]],
      outputs: [[2, 3], [2, 3], [6, 2], [6, 1], [1, 4]])
    let ccr = try EfficiencyReference.scores(panel, .constantRadial)
    #expect(ccr[3].score == 1 && !ccr[3].isStronglyEfficient && ccr[2].isStronglyEfficient)
    #expect(ccr[3].slacks.map(\.target) == [8, 1, 6, 2] && ccr[3].slacks[3].slack == 1)
    #expect(ccr[3].peers == [UnitEfficiency.Peer(unit: "C", weight: 1)])
    let result = try EfficiencyEstimator.fit(
      panel,
      Specification(inputs: ["x1", "x2"], outputs: ["y1", "y2"], model: .constantRadial))
    guard case .remark(let remarks) = result.table().column("reason")?.values else {
      Issue.record("there is no column of remarks")
      return
    }
    #expect(remarks.map { $0?.english } == [nil, nil, nil, "weakly efficient: slacks remain", nil])
  }

  @Test func `a large unit has decreasing and a small one increasing returns`() throws {
    let panel = try EfficiencyReference.crossSection(
      ["small", "best", "large"], inputs: [[2], [3], [6]], outputs: [[1], [3], [4]])
    let scores = try EfficiencyReference.scores(panel, .variableRadial)
    #expect(scores.map(\.returns) == [.increasing, .constant, .decreasing])
    #expect(scores.map(\.score) == [1, 1, 1])
    for (own, value) in zip(scores, [0.5, 1, 2.0 / 3]) {
      expectClose(own.scaleEfficiency, value, absolute: 1e-14, from: "y/x over the best")
    }
  }

  @Test func `M is EC times TC, EC is pure times scale, and the global index chains`() throws {
    for undesirable in [[], ["pollution"]] {
      let panel = try EfficiencyReference.panel(["labour", "capital", "output"] + undesirable)
      for frontier in Specification.Frontier.allCases {
        let result = try EfficiencyEstimator.fit(
          panel,
          Specification(
            inputs: ["labour", "capital"], outputs: ["output"], undesirable: undesirable, change: frontier))
        #expect(result.changes.count == 5 * 24)
        for change in result.changes {
          #expect((change.malmquist == nil) == (change.technicalChange == nil))
          if let m = change.malmquist, let technical = change.technicalChange {
            expectClose(m, change.efficiencyChange * technical, relative: 1e-14, from: "EC·TC")
          }
          if let pure = change.pureEfficiencyChange, let scale = change.scaleChange {
            expectClose(change.efficiencyChange, pure * scale, relative: 1e-14, from: "pure · scale")
          }
          #expect((change.reason == nil) == (change.malmquist != nil))
        }
        guard frontier == .global else { continue }
        for whole in result.wholeChanges {
          let steps = result.changes.filter { $0.unit == whole.unit }
          let product = steps.reduce(1) { $0 * ($1.malmquist ?? .nan) }
          expectClose(whole.malmquist ?? .nan, product, relative: 1e-12, from: "the chain", whole.unit)
          let technical = steps.reduce(1) { $0 * ($1.technicalChange ?? .nan) }
          expectClose(
            whole.technicalChange ?? .nan, technical, relative: 1e-12, from: "the chain", whole.unit)
        }
      }
    }
  }
}

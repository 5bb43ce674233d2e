import Testing

@testable import RuralValue

/// What keeps systems from being coupled is said with its place and a remedy; gaps are not in the way.
@Suite struct CouplingErrorTests {
  private func panel(_ text: String) throws -> Panel {
    try Panel(smallTable(text), variables: ["U", "F"])
  }

  @Test func `one system, a system twice and weights that do not serve are refused`() {
    #expect { try CouplingSpecification(systems: ["U"]) } throws: { "\($0)".contains("names only \"U\"") }
    #expect { try CouplingSpecification(systems: ["U", "U"]) } throws: { "\($0)".contains("\"U\" twice") }
    #expect { try CouplingSpecification(systems: ["U", "F"], weights: [0.5, 0.4]) } throws: {
      "\($0)".contains("add up to 0.9; expected 1 within 1e-9")
    }
    #expect { try CouplingSpecification(systems: ["U", "F"], weights: [1.5, -0.5]) } throws: {
      "\($0)".contains("zero or more")
    }
    #expect { try CouplingSpecification(systems: ["U", "F"], weights: [1]) } throws: {
      "\($0)".contains("has 1 number for 2 systems (U, F)")
    }
    #expect(throws: Never.self) {
      try CouplingSpecification(systems: ["U", "F"], weights: [0.3, 0.7000000000000001])
    }
  }

  @Test func `a value outside 0 to 1 is named with unit, year and value, and the first line counts`() throws {
    let panel = try panel("code,year,U,F\na,2020,.5,.4\nb,2020,.5,1.2\nb,2021,-3,.1\n")
    let specification = try CouplingSpecification(systems: ["U", "F"])
    #expect { try CouplingEstimator.fit(panel, specification) } throws: { error in
      let text = "\(error)"
      return text.contains("line 3, column \"F\"")
        && text.contains("code \"b\" in 2020 is 1.2 (the first of 2 such cells)")
        && text.contains("Rescale")
    }
  }

  @Test func `a row that lacks a system is undefined, and a panel of such rows is refused`() throws {
    let specification = try CouplingSpecification(systems: ["U", "F"])
    let result = try CouplingEstimator.fit(
      try panel("code,year,U,F\na,2020,.5,.4\nb,2020,.5,\n"), specification)
    #expect(result.degrees[1] == nil && result.sample.droppedRows == 1)
    #expect(result.notes.map(\.english).contains { $0.hasPrefix("1 row lacks a system") })
    #expect(result.means[0].count == 1)
    #expect {
      try CouplingEstimator.fit(try panel("code,year,U,F\na,2020,.5,\nb,2020,.5,\n"), specification)
    } throws: { "\($0)".contains("no row has a value in all of U, F") }
  }

  @Test func `means by group are those of its units, and units without a group count for all`() throws {
    let table = smallTable("code,year,U,F,r\na,2020,.36,.64,E\nb,2020,.5,.5,E\nc,2020,.2,.2,W\nd,2020,0,0,\n")
    let group = try GroupColumn(table, column: "r")
    let panel = try Panel(table, variables: ["U", "F"], levels: nil, groups: [group])
    let result = try CouplingEstimator.fit(panel, CouplingSpecification(systems: ["U", "F"]), group: group)
    let means = result.means
    #expect(means.map(\.count) == [4, 2, 1])
    #expect(abs((means[1].coupling[0] ?? .nan) - 0.98) < 1e-15)
    #expect(abs((means[0].coupling[0] ?? .nan) - 2.96 / 3) < 1e-15)
    #expect(means[1].grades[6] == 1 && means[1].grades[7] == 1)
    #expect(result.notes.map(\.english).contains { $0.contains("1 row has no r") })
    #expect(
      result.notes.map(\.english).contains { $0.contains("All systems are zero in 1 row, first d 2020") })
  }
}

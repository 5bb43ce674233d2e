import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

@Suite struct PlantedScoreTests {
  @Test func `try it`() throws {
    let columns = try PlantedTable4().draw()
    try Data(try PlantedCounties(seed: 4).csv(columns).utf8).write(
      to: ProjectFiles.fixture("data/hunan/scores-table4.csv"), options: .atomic)
  }

  @Test func `five`() throws {
    let columns = try PlantedTable5().draw()
    for column in columns {
      print(column.name, column.values.min()!, column.values.max()!, column.values.mean)
    }
    try Data(try PlantedCounties(seed: 5).csv(columns).utf8).write(
      to: ProjectFiles.fixture("data/hunan/scores-table5.csv"), options: .atomic)
  }
}

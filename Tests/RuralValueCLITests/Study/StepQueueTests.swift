import Synchronization
import Testing

@testable import RuralValueCLI

/// The order in which steps are handed out.
@Suite struct StepQueueTests {
  @Test(arguments: [1, 2, 3, 8]) func `every step runs once and after those it builds on`(workers: Int) {
    // Ten chains of different lengths that all end in one step.
    var needs: [[Int]] = []
    for chain in 0..<10 {
      for link in 0..<(1 + chain % 4) { needs.append(link == 0 ? [] : [needs.count - 1]) }
    }
    needs.append(Array(needs.indices))
    let order = Mutex<[Int]>([])
    StepQueue(needs: needs, workers: workers).run { step in order.withLock { $0.append(step) } }
    let ran = order.withLock { $0 }
    #expect(ran.sorted() == Array(needs.indices))
    for (place, step) in ran.enumerated() {
      for before in needs[step] { #expect(ran[..<place].contains(before)) }
    }
    if workers == 1 { #expect(ran == Array(needs.indices)) }
  }

  @Test func `no step at all is done at once`() {
    StepQueue(needs: [], workers: 1).run { _ in }
    StepQueue(needs: [], workers: 4).run { _ in }
  }
}

import Dispatch
import Synchronization

/// Steps that wait for others, handed out in the study's order as soon as they can run.
final class StepQueue: Sendable {
  private struct State {
    var waitsFor: [Int]
    var ready: [Int]
    var open: Int
  }

  private let followers: [[Int]]
  private let state: Mutex<State>
  /// Counts the steps that are ready; at the end it lets every worker go.
  private let available: DispatchSemaphore
  private let workers: Int

  /// A queue of steps, each with the places of the steps before it, for some workers.
  init(needs: [[Int]], workers: Int) {
    var followers = [[Int]](repeating: [], count: needs.count)
    for (step, before) in needs.enumerated() { for other in before { followers[other].append(step) } }
    self.followers = followers
    self.workers = workers
    let ready = needs.indices.filter { needs[$0].isEmpty }
    state = Mutex(State(waitsFor: needs.map(\.count), ready: ready, open: needs.count))
    // A semaphore must not end below its beginning, so that it begins with none and is raised.
    available = DispatchSemaphore(value: 0)
    for _ in ready { available.signal() }
    if needs.isEmpty { for _ in 0..<workers { available.signal() } }
  }

  /// Carries out all steps on the workers; returns when the last one is done.
  func run(_ body: @Sendable (Int) -> Void) {
    WorkerThreads.run(workers) { work(body) }
  }

  private func work(_ body: (Int) -> Void) {
    while true {
      available.wait()
      let step = state.withLock { state -> Int? in
        guard let first = state.ready.min() else { return nil }
        state.ready.removeAll { $0 == first }
        return first
      }
      guard let step else { return }
      body(step)
      finish(step)
    }
  }

  private func finish(_ step: Int) {
    let (released, isLast) = state.withLock { state -> (Int, Bool) in
      var released = 0
      for follower in followers[step] {
        state.waitsFor[follower] -= 1
        if state.waitsFor[follower] == 0 {
          state.ready.append(follower)
          released += 1
        }
      }
      state.open -= 1
      return (released, state.open == 0)
    }
    for _ in 0..<(isLast ? workers : released) { available.signal() }
  }
}

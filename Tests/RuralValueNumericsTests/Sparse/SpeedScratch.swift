import RuralValueNumerics
import Testing
import Foundation

@Suite(.enabled(if: ProcessInfo.processInfo.environment["SDM_SPEED"] != nil)) struct SpeedScratch {
  @Test func `speed of the factor`() throws {
    for side in [53, 100, 200] {
      let s = GridGraph.symmetric(rows: side, columns: side, shuffleSeed: 1)
      var t = Date()
      let a = SparseCholesky(s)
      print(side * side, "analysis", Date().timeIntervalSince(t), "nnz", a.factorCount)
      t = Date()
      let f = try a.factor(SparseCholesky.Lanes(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8))
      print("factor 8", Date().timeIntervalSince(t))
      t = Date()
      print(f.logDeterminants[3]); print("logdet", Date().timeIntervalSince(t))
      let w = GridGraph.rowStandardised(rows: side, columns: side)
      t = Date()
      let layout = BandedLU.Layout(w)
      print("rcm", Date().timeIntervalSince(t), layout.bandwidth)
      t = Date()
      if side < 150 {
      let lu = try BandedLU(identityMinus: 0.4, times: w, layout: layout)
      print("band LU", Date().timeIntervalSince(t), lu.logDeterminant) }
    }
  }
}

/// What the foot of a table of models calls standard errors, whatever the family.
struct ErrorKind {
  /// The word that stands for the rule in a call: `driscoll-kraay`.
  let rule: String
  /// The columns of the clusters, where they are wider than units.
  var clusters: [String] = []

  /// A few words, without a number.
  var label: Phrase {
    switch rule {
    case "information": Phrase("expected information", zh: "期望信息矩阵")
    case "observed": Phrase("observed information", zh: "观测信息矩阵")
    case "robust": Phrase("robust", zh: "异方差稳健")
    case "driscoll-kraay": Phrase(verbatim: "Driscoll–Kraay")
    case "conley": Phrase(verbatim: "Conley")
    case "bootstrap": Phrase("bootstrap by \(by.english)", zh: "Bootstrap（\(by.chinese)）")
    case "cluster", "twoway-cluster":
      Phrase("clustered by \(by.english)", zh: "\(by.chinese)聚类")
    default: Phrase("classical", zh: "常规")
    }
  }

  private var by: Phrase {
    guard clusters.isEmpty else {
      return Phrase(clusters.joined(separator: " and "), zh: clusters.joined(separator: "、"))
    }
    return rule == "twoway-cluster" ? Phrase("unit and period", zh: "个体与时期") : Phrase("unit", zh: "个体")
  }
}

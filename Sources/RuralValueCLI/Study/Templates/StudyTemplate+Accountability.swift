import RuralValue

extension StudyTemplate {
  /// The evaluation that the Guangdong paper asks for: how far apart, how coupled, how it moves, how efficient, and
  /// who is accountable.
  ///
  /// The paper names the list, the warning and the price index, and gives neither formula nor threshold: the scorecard is
  /// a proposal.
  static let evaluation = Block(
    Phrase(
      """
      Evaluation. disparity: how far regions, and town and country, lie apart. coupling: how integration and the six
      flows go together. evolve: densities, transitions, convergence, the centre. efficiency: what counties make of what
      flows, with what nobody wants. evaluate: the scorecard, which you edit as a table, with warnings, the
      accountability list, flows between counties, supply against demand, and prices of factors.
      """,
      zh: """
        评价。disparity：区域差异与城乡差距；coupling：城乡融合与六类要素流动的耦合协调；evolve：核密度、转移概率、收敛与重心；
        efficiency：含非期望产出的要素流动效率；evaluate：考核表（可用电子表格编辑）、三色预警、责任清单、县际要素流动、供需错配与要素价格指数。
        """),
    """
    disparity: [
      { variables: ["U"], group: "region4,prefecture" },
      {
        name: "rural-income", variables: ["income_rural"], group: "region4", population: "population_rural",
        urban: "income_urban", rural: "income_rural",
        "urban-population": "population_urban", "rural-population": "population_rural",
      },
    ],
    coupling: [
      { systems: ["U", "L", "N", "K", "D", "T", "E"], group: "region4" },
      { name: "obstacles", systems: ["U", "L", "N", "K", "D", "T", "E"], obstacles: true },
    ],
    evolve: [
      { variables: ["U"], weights: "queen", controls: ["D"], parts: ["kernel", "transitions", "convergence"] },
      { name: "value-added", variables: ["value_added"], places: "counties.geojson", parts: ["centre"], weights: "none" },
    ],
    efficiency: {
      inputs: ["labour_flow", "capital_flow", "land_flow"], outputs: ["value_added"], undesirable: ["nitrogen_surplus"],
      model: "super-sbm", returns: "variable", malmquist: true, group: "region4",
    },
    evaluate: {
      scorecard: "scorecard.csv", by: "region4", release: 2, cards: true, population: "population_rural",
      urban: "income_urban", rural: "income_rural",
      "urban-population": "population_urban", "rural-population": "population_rural",
      flows: "flows.csv", prices: "prices.csv", supply: "capital_flow", demand: "value_added",
    },
    """)

  /// Targets and thresholds of the accountability list, with one row for the Pearl River Delta.
  static let scorecard = Companion(
    name: "scorecard.csv",
    text: Phrase(
      verbatim: """
        index,dimension,indicator,label_zh,column,direction,target,yellow,red,weight,region
        A,flow,Talents posted to the county,选派人才数（人）,talents_posted,+,75,65,50,0.25,
        A,flow,Talents posted to the county,选派人才数（人）,talents_posted,+,60,50,40,0.25,PRD
        A,flow,Land revenue reinvested locally (%),土地出让收益留县比例（%）,land_revenue_reinvested,+,65,58,50,0.25,
        A,flow,Loans as a share of deposits (%),贷存比（%）,loan_deposit_ratio,+,72,65,58,0.2,
        A,integration,Urban to rural income ratio,城乡居民收入比,income_ratio,-,1.9,2.1,2.3,0.2,
        A,integration,Net outflow of labour (%),劳动力净流出率（%）,labour_net_outflow,-,1,3,5,0.1,

        """),
    about: Phrase(
      "the scorecard: targets, thresholds and weights, a proposal to be edited", zh: "考核表：目标、阈值与权重，系建议，可编辑"))

  /// What README.txt says of the files of the evaluation.
  static let accounts = Phrase(
    """
    accounts.csv: a row a county and year with its code and the year, and people and incomes (per head) in town and
    country, flows, value added, what nobody wants, and the indicators of scorecard.csv: population_urban,
    population_rural, income_urban, income_rural, labour_flow, capital_flow, land_flow, value_added, nitrogen_surplus,
    talents_posted, land_revenue_reinvested, loan_deposit_ratio, labour_net_outflow.
    flows.csv: from, to, time, factor, value. prices.csv: county, year, item, price, quantity.
    What you do not have: delete its block, or its keys, in study.json.
    """,
    zh: """
      accounts.csv：每行为一个县域的一个年份，含代码与年份、城乡人口与人均收入、要素流动、增加值、非期望产出，以及scorecard.csv中的指标：
      population_urban、population_rural、income_urban、income_rural、labour_flow、capital_flow、land_flow、value_added、
      nitrogen_surplus、talents_posted、land_revenue_reinvested、loan_deposit_ratio、labour_net_outflow。
      flows.csv：from、to、time、factor、value。prices.csv：county、year、item、price、quantity。
      没有的数据：在study.json中删去相应的部分或键。
      """)
}

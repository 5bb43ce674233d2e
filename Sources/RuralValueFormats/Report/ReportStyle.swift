/// The look of the report beyond that of its tables: on a desk, on a phone, and on paper without colour.
enum ReportStyle {
  static let css = screen + "\n" + phone + "\n" + print

  private static let screen = """
    html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100% }
    body { overflow-wrap: break-word }
    header, nav { max-width: 62rem; margin: 2.5rem auto; padding: 0 1.5rem }
    h1 { font-size: 1.9rem; line-height: 1.25; text-wrap: balance }
    h2 { font-size: 1.45rem; line-height: 1.3; margin: 4rem 0 .8rem; padding-bottom: .3rem;
      border-bottom: 2px solid var(--rule) }
    h3 { font-size: 1.2rem; line-height: 1.35; margin: 3rem 0 1.2rem }
    h4 { font-size: 1rem; margin: 0 0 .3rem }
    nav h2 { margin-top: 0 }
    .rv-number { font-variant-numeric: lining-nums tabular-nums }
    .rv-guide { max-width: 44rem; margin: 0 0 1.5rem; color: #333 }
    .rv-facts { margin: 0 0 1.5rem }
    .rv-facts > div { display: grid; grid-template-columns: minmax(7rem, 14rem) 1fr; gap: 0 1rem;
      padding: .25rem 0; border-bottom: 1px solid #ddd }
    .rv-facts dt { color: var(--faint) }
    .rv-facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
    .rv-first { margin: 0 0 2.5rem }
    .rv-first h2 { margin-top: 1.5rem }
    .rv-first h3 { margin: 1.6rem 0 .5rem }
    .rv-first :is(ol, ul) { margin: 0 0 1.5rem; padding-left: 1.4rem }
    .rv-first li { margin: 0 0 .35rem }
    .rv-by { color: var(--faint); font-size: .95rem }
    .rv-from, .rv-elsewhere { max-width: 44rem; font-size: .95rem; color: #333 }
    .rv-from { margin: -1.6rem auto 2.5rem; text-align: center }
    .rv-study-notes { padding-left: 1.2rem; color: #333 }
    nav ol { list-style: none; margin: 0; padding: 0 }
    nav > ol { columns: 2 22rem; column-gap: 3rem }
    nav > ol > li { break-inside: avoid; margin: 0 0 1rem; font-weight: bold }
    nav ol ol { margin: .2rem 0 0 1.3rem; font-weight: normal }
    nav a, .rv-failure a, .rv-from a, .rv-elsewhere a { color: #124a78; text-decoration: underline; text-decoration-thickness: 1px;
      text-underline-offset: .18em }
    nav a:hover, .rv-failure a:hover { text-decoration-thickness: 2px }
    a:focus-visible, summary:focus-visible { outline: 3px solid #124a78; outline-offset: 2px }
    .rv-failed { border: 1px solid #8a1c1c; color: #8a1c1c; padding: 0 .35em; font-size: .8em }
    .rv-failure, .rv-simulated { border: 1px solid; border-left-width: 6px; padding: .8rem 1rem;
      margin: 0 0 2rem }
    .rv-failure { border-color: #8a1c1c; background: #fdf3f2 }
    .rv-failure p { margin: 0 0 .5rem }
    .rv-failure ul { margin: 0; padding-left: 1.2rem }
    .rv-simulated { border-color: #6b5200; background: #fdf8e4 }
    pre { margin: 0; font: .85rem/1.5 "DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Mono CJK SC",
      "Sarasa Mono SC", monospace; white-space: pre-wrap; overflow-wrap: anywhere }
    pre code { font: inherit }
    .rv-section-notes { max-width: 44rem; margin: 0 0 1.5rem; font-size: .95rem }
    .rv-section-notes ul { margin: 0; padding-left: 1.2rem }
    .rv-call { margin: 0 0 2rem }
    .rv-call pre { padding: .6rem .8rem; background: #f5f5f2; border: 1px solid #ccc; user-select: all }
    .rv-call span { white-space: nowrap }
    .rv-long, .rv-variant { margin: 0 0 2rem; border: 1px solid #bbb; padding: .6rem 1rem }
    :is(.rv-long, .rv-variant)[open] > summary { margin-bottom: 1rem }
    .rv-long .rv-scroll { margin-bottom: .5rem }
    summary { cursor: pointer; font-weight: bold }
    .rv-count { font-weight: normal; color: var(--faint) }
    figure { margin: 0 0 2.5rem; text-align: center }
    .rv-drawing svg { display: block; max-width: 100%; height: auto; margin: 0 auto }
    figcaption { max-width: 44rem; margin: .6rem auto 0; font-size: .95rem; text-wrap: balance }
    .rv-scroll { container-type: inline-size }
    .rv-table .rv-caption { position: sticky; left: 0; right: 0; display: inline-block; max-width: 100cqw }
    .rv-table .rv-notes { position: sticky; left: .7rem; min-width: min(100%, 100cqw - 1.4rem) }
    .rv-table .rv-prose { min-width: 13rem }
    .rv-table .rv-name { min-width: 8rem }
    .rv-table :is(th, td) { overflow-wrap: normal }
    .rv-table:lang(zh) thead th { word-break: keep-all }
    .rv-scroll { background:
        linear-gradient(90deg, #fff 40%, #fff0) left / 3rem 100% local no-repeat,
        linear-gradient(270deg, #fff 40%, #fff0) right / 3rem 100% local no-repeat,
        linear-gradient(90deg, #0003, #0000) left / .7rem 100% scroll no-repeat,
        linear-gradient(270deg, #0003, #0000) right / .7rem 100% scroll no-repeat }
    """

  private static let phone = """
    @media screen and (max-width: 40rem) {
      header, nav, main { padding: 0 1rem; margin: 1.5rem auto }
      h1 { font-size: 1.5rem }
      h2 { font-size: 1.3rem; margin-top: 3rem }
      h3 { font-size: 1.12rem; margin-top: 2.2rem }
      .rv-facts > div { grid-template-columns: 1fr }
      .rv-table { font-size: .88rem }
      .rv-table th, .rv-table td { padding-left: .4rem; padding-right: .4rem }
      .rv-table .rv-prose { min-width: 9rem }
      .rv-table .rv-name { min-width: 6rem }
      .rv-table caption { text-align: left }
      .rv-long, .rv-variant { padding: .5rem .6rem }
      .rv-broad { overflow-x: auto }
      .rv-broad svg { max-width: none; width: 38rem; margin: 0 }
    }
    """

  private static let print = """
    @media print {
      @page { size: A4; margin: 2cm 1.8cm; @bottom-center { content: counter(page) } }
      body { font-size: 10.5pt }
      header, nav { max-width: none; margin: 0 0 1.2cm; padding: 0 }
      h1 { font-size: 20pt }
      h2 { font-size: 15pt; margin-top: 0 }
      h3 { font-size: 12.5pt; margin-top: .8cm }
      h2, h3, h4 { break-after: avoid }
      .rv-guide { break-inside: avoid }
      .rv-chapter { break-before: page }
      nav > ol { columns: 2; column-gap: 1cm }
      nav a, .rv-failure a { color: inherit; text-decoration: none }
      .rv-scroll { background: none; margin-bottom: .8cm }
      .rv-facts > div, .rv-failure, .rv-simulated, figure { break-inside: avoid }
      .rv-failure, .rv-simulated, .rv-call pre { background: none }
      .rv-call, .rv-section-notes li { break-inside: avoid }
      .rv-table thead, .rv-table thead tr { break-after: avoid }
      .rv-table tr:has(> th) + tr:not(:has(> th)) { break-before: avoid }
      .rv-table tbody tr:nth-child(-n + 4) { break-after: avoid }
      .rv-table tbody tr:nth-last-child(-n + 4) { break-before: avoid }
      .rv-table :is(th, td) { padding-left: .35rem; padding-right: .35rem }
      .rv-table.rv-wide { font-size: 8pt }
      .rv-table.rv-widest { font-size: 7pt }
      .rv-table.rv-widest :is(th, td) { padding-left: .2rem; padding-right: .2rem }
      .rv-table .rv-prose { min-width: 8rem }
      pre { font-size: 8pt }
      .rv-drawing svg { max-height: 21cm }
      .rv-drawing svg[width="480"] { width: 10.5cm }
      .rv-variant { border: 0; padding: 0 }
      .rv-variant > summary { list-style: none; font-weight: normal }
      .rv-first { break-after: page }
      .rv-first h3 { margin-top: .5cm }
      .rv-first :is(li, .rv-by) { font-size: 9.5pt }
      .rv-first .rv-scroll { margin-bottom: .4cm }
      .rv-from, .rv-elsewhere a { color: inherit; text-decoration: none }
      .rv-long { border: 0; padding: 0 }
      .rv-long summary { list-style: none; text-align: center; break-after: avoid }
      .rv-long caption { display: none }
      details::details-content { content-visibility: visible; block-size: auto }
    }
    """
}

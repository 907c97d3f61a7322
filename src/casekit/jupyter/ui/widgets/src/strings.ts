// What people read, in Chinese and English; the widget's `language` decides.

const TEXTS = {
  noKernel: ["内核没有回答；请确认内核在运行", "the kernel does not answer; see that it is running"],
  working: ["请稍候…", "working…"],
  search: ["查找名称", "Find a name"],
  searchHint: ["输入名称，用上下键挑选，回车选中", "type a name, pick with the arrow keys, press Enter"],
  nothingFound: ["没有找到", "nothing found"],
  fit: ["看全貌", "Fit"],
  fitHint: ["缩放到全部可见", "zoom so that all is visible"],
  arrange: ["重新排布", "Rearrange"],
  arranging: ["正在排布…", "arranging…"],
  arranged: ["已排布", "arranged"],
  savePng: ["存为 PNG", "Save PNG"],
  saveSvg: ["存为 SVG", "Save SVG"],
  types: ["按类型筛选", "Filter by type"],
  network: ["案例网络", "case network"],
  networkHint: ["点节点看关系，点线读原文；点过画布后滚轮缩放；右侧列表可用键盘", "click a node for its links, a line for its sentences; the wheel zooms after a click; the list beside works with the keyboard"],
  nothing: ["没有可显示的内容", "nothing to show"],
  emptyNetwork: ["网络里还没有关系", "the network has no links yet"],
  pick: ["选一个名称，这里会列出它的关系。", "Choose a name; its links are listed here."],
  mentions: ["提及", "mentions"],
  sources: ["篇原文", "originals"],
  retellings: ["篇转述", "retellings"],
  links: ["条关系", "links"],
  notShown: ["条未显示", "not shown"],
  expand: ["展开邻居", "Expand"],
  expanding: ["正在展开…", "expanding…"],
  expanded: ["新显示", "newly shown"],
  allShown: ["邻居都已显示", "all neighbours are shown"],
  reading: ["正在取原文…", "fetching the sentences…"],
  back: ["返回", "Back"],
  close: ["关闭", "Close"],
  goTo: ["转到", "go to"],
  readLink: ["读原文", "read"],
  place: ["处", "place"],
  places: ["处", "places"],
  evidence: ["出处", "evidence"],
  copyQuote: ["复制引文和出处", "Copy quote and reference"],
  copyCode: ["复制代码", "Copy code"],
  copied: ["已复制", "copied"],
  asserted: ["陈述", "stated"],
  planned: ["计划", "planned"],
  hearsay: ["传闻", "hearsay"],
  negated: ["否认", "denied"],
  shown: ["显示", "shown"],
  of: ["共", "of"],
  saved: ["已保存", "saved"],
  chosen: ["已选", "chosen"],
  searchCorpus: ["检索语料：词、问题或名称", "Search the corpus: words, a question, a name"],
  searching: ["正在检索…", "searching…"],
  typeToSearch: ["输入即检索；点一段看引文和出处", "type to search; click a passage for its quotation and reference"],
  compareBy: ["比较什么", "compare by"],
  sortRows: ["行的顺序", "order of rows"],
  ownOrder: ["原有顺序", "own order"],
  mostTold: ["有依据的在前", "most evidence first"],
  byTitle: ["按名称", "by name"],
  onlyDiffering: ["只看有差异的行", "only rows that differ"],
  showHidden: ["恢复隐藏的行", "show hidden rows"],
  hideRow: ["隐藏这一行", "hide this row"],
  rows: ["行", "rows"],
  cases: ["个案例", "cases"],
  cellHint: ["点一格读出处；方向键在格间移动", "click a cell for its evidence; arrow keys move between cells"],
  noEvidence: ["这一格没有出处", "this cell has no evidence"],
  lanesBy: ["分行依据", "lanes by"],
  bySubject: ["按主体", "by subject"],
  byMetric: ["按指标", "by metric"],
  overTime: ["按时间", "over time"],
  chartBy: ["怎么画", "how to draw"],
  metricAndUnit: ["指标和单位", "metric and unit"],
  logScale: ["对数刻度", "log scale"],
  notNamed: ["（未注明）", "(not named)"],
  notDrawn: ["个未画", "not drawn"],
  withoutValue: ["个没有数值", "without a value"],
  noDated: ["没有带日期的数据", "no dated figures"],
  noValues: ["没有可画的数值", "no values to draw"],
  hollowMeans: ["空心：目标、估计、预期；虚点边：传闻", "outlined: target, estimate, expected; dotted: hearsay"],
  timelineHint: ["拖动平移，Ctrl+滚轮缩放；点一条读原文", "drag to move, Ctrl+wheel to zoom; click one to read it"],
  chartHint: ["箭头：超过或不到；点一个读原文", "arrows: over or under; click one to read it"],
  zoomIn: ["放大", "zoom in"],
  zoomOut: ["缩小", "zoom out"],
  hits: ["检索结果", "hits"],
  passages: ["段", "passages"],
} as const;

export type Text = keyof typeof TEXTS;
let at: 0 | 1 = 0;

export function speak(language: string): void {
  at = language === "en" ? 1 : 0;
}

export function say(name: Text): string {
  return TEXTS[name][at];
}

/** A text with what is to be known of it in brackets behind it; without brackets where there is nothing. */
export function noted(text: string, notes: readonly (string | null | undefined)[]): string {
  const told = notes.filter(Boolean).join(" · ");
  if (!told) return text;
  return at === 0 ? `${text}（${told}）` : `${text} (${told})`;
}

// Everything the panel says, in Chinese and in English.

export type Language = 'zh' | 'en';

const TABLE = {
  panel: ['案例检索', 'Case search'],
  tabSearch: ['检索', 'Search'],
  tabBasket: ['篮子', 'Basket'],
  tabNotes: ['笔记', 'Notes'],
  searchLabel: ['在语料里检索', 'Search the corpus'],
  searchHint: ['问题、词语或名称', 'A question, words or a name'],
  clear: ['清空', 'Clear'],
  saveSearch: ['保存这次检索', 'Save this search'],
  saveSearchName: ['给这次检索起个名字', 'A name for this search'],
  savedSearches: ['保存的检索', 'Saved searches'],
  searchSaved: ['已保存检索“{0}”。', 'Search “{0}” saved.'],
  removeSearch: ['删除保存的检索“{0}”', 'Remove the saved search “{0}”'],
  suggestions: ['按名称筛选', 'Filter by name'],
  filters: ['筛选', 'Filters'],
  chosenFilters: ['已选的筛选', 'Chosen filters'],
  removeFilter: ['去掉筛选：{0}', 'Remove filter: {0}'],
  clearFilters: ['全部去掉', 'Remove all'],
  withNotes: ['有笔记', 'With notes'],
  showMore: ['还有 {0} 个', '{0} more'],
  showFewer: ['收起', 'Fewer'],
  withCount: ['{0}，{1} 段', '{0}, {1} passages'],
  results: ['检索结果', 'Results'],
  resultCount: ['{0} 段 · {1} 篇原文', '{0} passages · {1} originals'],
  resultRetold: ['{0} 段 · {1} 篇原文 · {2} 篇转述', '{0} passages · {1} originals · {2} retellings'],
  resultLive: ['找到 {0} 段', '{0} passages found'],
  noResultLive: ['没有找到', 'Nothing found'],
  expanded: ['也查了：{0}', 'Also searched: {0}'],
  similarTo: ['与《{0}》{1}–{2} 相似的段落', 'Passages similar to “{0}” {1}–{2}'],
  back: ['返回', 'Back'],
  notAnswerable: ['语料里没有答案；最接近的是：', 'The corpus does not answer this; the closest passages are:'],
  nothingFound: ['没有找到相符的段落', 'No passage found'],
  nothingFoundTip: [
    '换个说法试试，或者去掉一些筛选。',
    'Try other words, or remove some filters.'
  ],
  searching: ['正在检索…', 'Searching…'],
  loading: ['正在打开…', 'Loading…'],
  failed: ['没有成功', 'That did not work'],
  retry: ['重试', 'Try again'],
  noService: ['casekit 的服务没有运行', 'The casekit service is not running'],
  noServiceTip: [
    '这个 JupyterLab 没有启用 casekit 的服务端扩展。请在终端里用 casekit lab 启动，然后重试。',
    'This JupyterLab runs without casekit’s server extension. Start it with casekit lab in a terminal, then try again.'
  ],
  unreachable: ['连不上 Jupyter 服务', 'The Jupyter server cannot be reached'],
  unreachableTip: ['请确认它还在运行，然后重试。', 'Check that it is still running, then try again.'],
  noWorkspace: ['这里还没有工作区', 'There is no workspace here'],
  noWorkspaceTip: [
    '在终端里运行 casekit init 我的案例（或 casekit init --example 范例）,再从那个文件夹用 casekit lab 打开。',
    'Run casekit init my-cases (or casekit init --example sample) in a terminal, then open that folder with casekit lab.'
  ],
  notBuilt: ['工作区还没有索引', 'The workspace has no index yet'],
  notBuiltTip: [
    '在终端里运行 casekit build；如果还没有文章，先用 casekit add 加入。',
    'Run casekit build in a terminal; if there are no articles yet, add them with casekit add first.'
  ],
  unbuilt: ['{0} 个来源还没有建索引，运行 casekit build 之后才能搜到。', '{0} sources are not indexed yet; run casekit build.'],
  openTerminal: ['打开终端', 'Open a terminal'],
  corpusSize: ['{0} 个来源 · {1} 段', '{0} sources · {1} passages'],
  startTitle: ['从一个问题开始', 'Start with a question'],
  startTip: [
    '输入问题或名称，边输入边出结果。选中一段后：',
    'Type a question or a name; results come as you type. On a chosen passage:'
  ],
  keyArrows: ['上下移动', 'move'],
  keyEnter: ['打开原文', 'open the source'],
  keyI: ['插入证据卡片', 'insert as evidence card'],
  keyQ: ['插入引文', 'insert as quotation'],
  keyC: ['插入代码', 'insert as code'],
  keyB: ['放进篮子', 'put into the basket'],
  keyN: ['写笔记', 'write a note'],
  keyEsc: ['回到检索框', 'back to the search box'],
  hitLabel: ['第 {0} 条：{1}', 'Hit {0}: {1}'],
  why: ['为什么是它', 'Why this one'],
  more: ['展开', 'More'],
  less: ['收起', 'Less'],
  noteCount: ['{0} 条笔记', '{0} notes'],
  actions: ['对这一段', 'With this passage'],
  card: ['证据卡片', 'Evidence card'],
  quote: ['引文', 'Quotation'],
  code: ['代码', 'Code'],
  basket: ['篮子', 'Basket'],
  note: ['笔记', 'Note'],
  like: ['相似', 'Similar'],
  read: ['原文', 'Source'],
  copy: ['复制', 'Copy'],
  copied: ['已复制引文和出处。', 'Quotation and reference copied.'],
  drag: ['拖到笔记本里', 'Drag into a notebook'],
  cmdFocus: ['检索案例语料', 'Search the Case Corpus'],
  cmdCard: ['插入证据卡片', 'Insert Evidence Card'],
  cmdQuote: ['插入引文和出处', 'Insert Quotation with Reference'],
  cmdCode: ['插入代码单元', 'Insert Code Cell'],
  cmdBasket: ['放进篮子', 'Put into Basket'],
  cmdNote: ['写笔记', 'Write a Note'],
  cmdLike: ['找相似的段落', 'Find Similar Passages'],
  cmdOpen: ['在阅读页打开', 'Open in Reader'],
  cmdCopy: ['复制引文和出处', 'Copy Quotation with Reference'],
  cmdReferences: ['更新参考文献', 'Update References'],
  cmdReferencesTip: ['把这个笔记本引用的来源列成参考文献', 'List the sources that this notebook cites'],
  cmdShowBasket: ['打开篮子', 'Show Basket'],
  cmdShowNotes: ['打开笔记', 'Show Notes'],
  // Lab's palette finds nothing in a text without a Latin word, so the name stands in front
  category: ['casekit 案例检索', 'casekit Case Search'],
  inserted: ['已插入到“{0}”。', 'Inserted into “{0}”.'],
  noNotebook: ['没有打开的笔记本', 'No notebook is open'],
  noNotebookTip: ['新建一个笔记本，并把这一段插进去？', 'Create a notebook and insert the passage there?'],
  create: ['新建并插入', 'Create and insert'],
  cancel: ['取消', 'Cancel'],
  save: ['保存', 'Save'],
  undo: ['撤销', 'Undo'],
  undone: ['已撤销。', 'Undone.'],
  readOnly: ['这个笔记本是只读的。', 'This notebook is read-only.'],
  referencesDone: ['参考文献已更新：{0} 条。', 'References updated: {0}.'],
  basketEmpty: ['篮子是空的', 'The basket is empty'],
  basketEmptyTip: [
    '在检索结果或原文里按 b，把要用的段落收进来，再做成笔记本或 Word 文件。',
    'Press b on a hit or in the reader to collect passages, then make a notebook or a Word file of them.'
  ],
  basketAdded: ['已放进篮子（共 {0} 段）。', 'Put into the basket ({0} in all).'],
  basketThere: ['这一段已经在篮子里。', 'This passage is already in the basket.'],
  basketRemoved: ['已从篮子里取出。', 'Removed from the basket.'],
  basketCleared: ['篮子已清空。', 'Basket emptied.'],
  basketList: ['篮子里的段落', 'Passages in the basket'],
  basketClear: ['清空篮子', 'Empty the basket'],
  basketMake: ['做成文件', 'Make a file'],
  basketTitle: ['标题', 'Title'],
  basketTitleDefault: ['摘录', 'Selected passages'],
  basketForm: ['格式', 'Format'],
  basketStyle: ['出处样式', 'Reference style'],
  formNotebook: ['笔记本', 'Notebook'],
  formWord: ['Word 文件', 'Word file'],
  formMarkdown: ['Markdown 文件', 'Markdown file'],
  making: ['正在生成…', 'Making it…'],
  made: ['已生成 {0}', 'Made {0}'],
  download: ['下载', 'Download'],
  openFile: ['打开', 'Open'],
  moveUp: ['上移', 'Move up'],
  moveDown: ['下移', 'Move down'],
  remove: ['取出', 'Remove'],
  moved: ['移到第 {0} 位', 'Moved to place {0}'],
  notesBanner: ['个人笔记，不是证据', 'Personal notes, not evidence'],
  notesBannerTip: ['不进检索结果，也不会被引用。', 'Never among the hits, never cited.'],
  notesSearch: ['在笔记里找', 'Find in notes'],
  notesEmpty: ['还没有笔记', 'No notes yet'],
  notesEmptyTip: ['在检索结果或原文里按 n，给一段话写下想法和标签。', 'Press n on a hit or in the reader to note a thought and tags on a passage.'],
  notesNone: ['没有相符的笔记', 'No note matches'],
  tags: ['标签', 'Tags'],
  tagsHint: ['用空格或逗号分开', 'Separated by spaces or commas'],
  allTags: ['全部', 'All'],
  noteText: ['笔记', 'Note'],
  noteNew: ['写笔记', 'Write a note'],
  noteEdit: ['编辑笔记', 'Edit note'],
  edit: ['编辑', 'Edit'],
  delete: ['删除', 'Delete'],
  noteSaved: ['笔记已保存。', 'Note saved.'],
  noteDeleted: ['笔记已删除。', 'Note deleted.'],
  noteMoved: ['来源有了新版本，笔记跟到了新的位置。', 'The source has a new version; the note found its new place.'],
  noteLost: ['语料里找不到这段话了：来源换了版本，或者已经移除。', 'This passage is no longer found: its source has a new version, or was removed.'],
  noteEmptyText: ['写点什么再保存。', 'Write something before saving.'],
  reader: ['原文', 'Source'],
  readerText: ['原文《{0}》', 'Text of “{0}”'],
  metadata: ['来源信息', 'About the source'],
  reference: ['著录', 'Reference'],
  length: ['篇幅', 'Length'],
  chars: ['{0} 字', '{0} characters'],
  script: ['字形', 'Script'],
  scriptOwn: ['原文', 'Original'],
  scriptHans: ['简体', 'Simplified'],
  scriptHant: ['繁體', 'Traditional'],
  convertedTip: [
    '这是转换过字形的文字，只供阅读；引文以原文的字为准。',
    'The script was converted for reading; quotations keep the original characters.'
  ],
  rank: ['性质', 'Rank'],
  rankChange: ['改性质', 'Change rank'],
  rankOriginal: ['原文', 'original'],
  rankRetelling: ['转述（摘要、案例研究、翻译）', 'retelling (digest, case study, translation)'],
  rankCommentary: ['评论', 'commentary'],
  rankRetells: ['转述的是哪些来源（编号，用空格或逗号分开）', 'Sources it retells (ids, separated by spaces or commas)'],
  rankSaved: ['已记下；下次 casekit build 之后，检索和统计按新的性质。', 'Noted; search and counts follow it after the next casekit build.'],
  restsOn: ['原文 {0}', 'Original {0}'],
  restsOnMissing: ['{0}（原文未导入）', '{0} (original not imported)'],
  retoldCount: ['转述 {0}', 'retold {0}'],
  legend: ['标记', 'Marks'],
  legendToggle: ['{0}（{1} 处），点击显示或隐藏', '{0} ({1}), click to show or hide'],
  cuts: ['剔除处', 'Cuts'],
  cutBecause: ['已剔除：{0}', 'Cut: {0}'],
  doubtful: ['存疑：{0}', 'Doubtful: {0}'],
  figures: ['数字', 'Figures'],
  names: ['名称', 'Names'],
  notesMark: ['笔记', 'Notes'],
  openNote: ['打开笔记：{0}', 'Open note: {0}'],
  toPassage: ['回到检索到的段落', 'Back to the passage'],
  selection: ['对选中的文字', 'With the selected text'],
  selected: ['选中 {0} 字', '{0} characters selected'],
  onlyCut: ['选中的都是剔除处，不能引用', 'Only cut text is selected; it cannot be quoted'],
  targetPassage: ['检索到的段落', 'The passage found'],
  typeCompany: ['公司与机构', 'Companies'],
  typeTool: ['工具', 'Tools'],
  typeTactic: ['打法', 'Tactics'],
  typePerson: ['人物', 'People'],
  typeFramework: ['框架', 'Frameworks'],
  typeOther: ['其他名称', 'Other names']
} as const satisfies Record<string, readonly [string, string]>;

export type Key = keyof typeof TABLE;

let current: Language = 'zh';

/** Choose the language that `t` speaks. */
export function setLanguage(language: Language): void {
  current = language;
}

/** The language that `t` speaks. */
export function language(): Language {
  return current;
}

/** A text in the chosen language, `{0}` … filled in. */
export function t(key: Key, ...values: (string | number)[]): string {
  const text: string = TABLE[key][current === 'zh' ? 0 : 1];
  return text.replace(/\{(\d)\}/g, (whole, digit: string) => {
    const value = values[Number(digit)];
    return value === undefined ? whole : typeof value === 'number' ? grouped(value) : value;
  });
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

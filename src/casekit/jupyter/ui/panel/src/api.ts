// What the server extension answers; every offset is a code point of the stored text.

import { URLExt } from '@jupyterlab/coreutils';
import type { ICell } from '@jupyterlab/nbformat';
import { ServerConnection } from '@jupyterlab/services';

import type { BasketChange } from './basket';
import type { Passage } from './passage';
import type { Mode, Way } from './search';

export interface Address {
  source: string;
  start: number;
  end: number;
}

/** An address and, where they are known, the first of the words that were seen there. */
export interface Seen extends Address {
  seen?: string;
}

export interface WorkspaceState {
  workspace: { name: string; folder: string } | null;
  built: boolean;
  unbuilt: number;
  sources: number;
  passages: number;
  language: 'zh' | 'en';
  /** The script that the workspace reads in; "" is each source's own. */
  script: Script;
  styles: { id: string; name: string }[];
  message: string;
}

export const FOOTINGS = ['proven', 'claimed', 'planned', 'hearsay'] as const;
export type Footing = (typeof FOOTINGS)[number];

/** A figure of a board with its places, and the originals behind it. */
export interface Claim {
  claim: string;
  by: string[];
  remark: string | null;
  originals: string[];
  facts: {
    source: string;
    text: string;
    qualifier: string;
    subject: string | null;
    metric: string | null;
    period: string;
    date_iso: string | null;
    kind: string;
    certainty: string;
    sentence: string;
    sentence_start: number;
    sentence_end: number;
  }[];
}

/** A relation of a board: `told` in words, `claim` how it is told. */
export interface Bond {
  footing: Footing;
  told: string;
  claim: string;
  polarity: string;
  originals: string[];
  sentence: Address;
  quote: string;
}

/** Figures and relations that speak to a question, by how sure they are. */
export type Board = Record<Footing, Claim[]> & { about: string; answerable: boolean; reason: string | null; relations: Bond[] };

/** What the start page shows. */
export interface StartView {
  sources: { id: string; title: string; date: string | null; chars: number }[];
  count: number;
  examples: string[];
  cases: number;
  formats: string[];
  notebooks: { path: string; title: string }[];
}

/** What became of a file or link, with its reading receipt. */
export interface Added {
  added: { id: string; title: string; status: string; warnings: string[]; receipt: string }[];
  refused: { name: string; reason: string }[];
  skipped: string[];
}

/** How far a build is, and how the last one ended. */
export interface BuildState {
  running: boolean;
  stage: string;
  at: number;
  of: number;
  done: boolean;
  message: string;
  sources: number;
  passages: number;
}

export interface Settings {
  language: string;
  model: string;
  script: string;
  /** Who codes where nobody is named. */
  coder: string;
  rebuild: boolean;
}

export interface Hit extends Address {
  rank: number;
  score: number;
  title: string;
  date: string | null;
  publisher: string | null;
  heading: string[];
  pieces: { text: string; mark: boolean }[];
  kinds: { kind: string; label: string; certainty: string }[];
  why: { label: string; text: string }[];
  notes: number;
  tags: string[];
  state: string;
  /** What the passage's source is beside others, in words; empty for an original that nothing retells. */
  told: string;
  standing: Rank;
  /** The value that answers, what it is of, and how it stands to the first answer. */
  lead?: { value: string; about: string; says: string } | null;
  reference?: string;
  /** Whether it stands below another sentence of the same case. */
  follows?: boolean;
}

/** A sentence that answers, with the figure in it that was asked for. */
export interface Told extends Address {
  title: string;
  date: string | null;
  quote: string;
  reference: string;
  locator: string;
  standing: Rank;
  /** How its value stands to the first answer's. */
  says: 'first' | 'same' | 'other' | null;
  fact: {
    text: string;
    subject: string | null;
    metric: string | null;
    qualifier: string;
    period: string;
    date_iso: string | null;
    kind: string;
    certainty: string;
    /** Kind and certainty in words. */
    claim: string;
  } | null;
}

/** What the corpus says to a question: answers to one for a fact, else sentences case by case. */
export interface Reply {
  query: string;
  answerable: boolean;
  reason: string | null;
  expansion: string[];
  factual: boolean;
  answers: Told[];
  cases: { source: string; title: string; sentences: Told[] }[];
}

/** Exact places of a wording: the first of them, and how many there are in how many sources. */
export interface Places {
  count: number;
  sources: number;
  places: (Address & { title: string; date: string | null; left: string; match: string; right: string; locator: string })[];
}

/** What a source is beside others. */
export type Rank = 'original' | 'retelling' | 'commentary';

/** A place of an original on which a sentence of a retelling rests. */
export interface Ground {
  start: number;
  end: number;
  source: string;
  source_start: number;
  source_end: number;
  told: string;
  here: boolean;
}

export interface Facet {
  facet: string;
  label: string;
  values: { value: string; label: string; count: number; chosen: boolean; retold: number }[];
}

export interface SearchResult {
  query: string;
  answerable: boolean;
  message: string;
  expanded: string[];
  hits: Hit[];
  facets?: Facet[];
  took_ms: number;
  /** How many exact places there are in all, where these were looked for. */
  places?: { count: number; sources: number };
}

export interface Suggestion {
  id: string;
  name: string;
  type: string;
  label: string;
}

export interface Mark {
  type: 'mention' | 'figure' | 'note' | 'code';
  kind: string;
  label: string;
  id: string;
}

export interface Piece {
  start: number;
  end: number;
  text: string;
  cut: { rule: string; reason: string } | null;
  doubt: string | null;
  marks: Mark[];
}

export interface Block {
  kind: 'p' | 'h' | 'li' | 'td' | 'caption' | 'pre' | 'quote';
  level: number;
  pieces: Piece[];
}

export type Script = '' | 'zh-Hans' | 'zh-Hant';

export interface SourceView {
  id: string;
  title: string;
  metadata: { label: string; value: string }[];
  reference: string;
  chars: number;
  script: string;
  converted: boolean;
  blocks: Block[];
  rank: Rank;
  retells: string[];
  grounds: Ground[];
}

export interface Quotation {
  text: string;
  quote: string;
  reference: string;
  locator: string;
  converted: boolean;
  warning: string | null;
}

export type CellForm = 'card' | 'quote' | 'code';
export type BasketForm = 'notebook' | 'word' | 'markdown';

export interface Note extends Address {
  id: string;
  text: string;
  tags: string[];
  created: string;
  updated: string;
  quote: string;
  title: string;
  state: 'ok' | 'moved' | 'lost';
}

export interface NoteList {
  notes: Note[];
  tags: { tag: string; count: number }[];
}

/** A code of the codebook; `code` is its path, `depth` how many codes are above it. */
export interface Code {
  id: string;
  code: string;
  name: string;
  depth: number;
  colour: string;
  definition: string;
  /** What its coders noted about it. */
  memo: string;
  parent: string | null;
  codings: number;
}

/** What people write of a code. */
export interface CodeText {
  name: string;
  /** The id of the code above it; "" is the top. */
  under: string;
  definition: string;
  memo: string;
  colour?: string;
}

/** A change of the codebook that can be taken back while it is the last. */
export interface CodeChange {
  id: string;
  what: string;
}

export interface CodeList {
  codes: Code[];
  coders: { coder: string; count: number }[];
  coder: string;
  message: string;
  last: CodeChange | null;
}

/** A passage that bears a code. */
export interface Coded extends Address {
  id: string;
  code: string;
  code_id: string;
  coder: string;
  memo: string;
  colour: string;
  quote: string;
  title: string;
  state: 'ok' | 'moved' | 'lost';
}

export interface SavedSearch {
  id: string;
  name: string;
  query: string;
  filters: Record<string, string[]>;
  /** What was looked for, and how: as in `Search`. */
  mode: Mode;
  way: Way;
  near: number;
}

/** A name that awaits a decision, what hangs on it, and a few places where it stands. */
export interface Candidate {
  name: string;
  /** The name in the source's own characters. */
  text: string;
  type: string | null;
  count: number;
  sources: number;
  figures: number;
  relations: number;
  contexts: (Address & { text: string; left: string; right: string })[];
}

/** A figure whose text says nothing of whose it is; `near` are names that stand before it. */
export interface OpenFigure extends Address {
  text: string;
  left: string;
  right: string;
  near: string[];
}

export type FigureRuling = 'assign' | 'unassign' | 'reject' | 'undo';

export type Verdict = 'accept' | 'reject' | 'merge' | 'undo';

export interface Decided {
  name: string;
  verdict: Verdict;
  type: string | null;
  into: string | null;
}

/** What the server refused, in the user's language, with a code to act on. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly status: number
  ) {
    super(message);
  }
}

export type Query = Record<string, string | number | readonly string[] | undefined>;

const MOST_CANDIDATES = 500;
/** Open figures shown at once. */
const MOST_FIGURES = 100;

/** The routes under `casekit/api/`. */
export class Api {
  constructor(readonly settings: ServerConnection.ISettings) {}

  state(): Promise<WorkspaceState> {
    return this.ask('GET', 'state');
  }

  search(query: Query, signal: AbortSignal): Promise<SearchResult> {
    return this.ask('GET', 'search', { query, signal });
  }

  like(at: Address, k: number, signal: AbortSignal): Promise<SearchResult> {
    return this.ask('GET', 'like', { query: { source: at.source, start: at.start, end: at.end, k }, signal });
  }

  reply(query: Query, signal: AbortSignal): Promise<Reply> {
    return this.ask('GET', 'reply', { query, signal });
  }

  places(query: Query, signal: AbortSignal): Promise<Places> {
    return this.ask('GET', 'places', { query, signal });
  }

  async suggest(q: string, signal: AbortSignal): Promise<Suggestion[]> {
    const answer = await this.ask<{ entities: Suggestion[] }>('GET', 'suggest', { query: { q }, signal });
    return answer.entities;
  }

  source(id: string, script: Script): Promise<SourceView> {
    return this.ask('GET', 'source', { query: { id, script } });
  }

  quote(at: Address, style: string): Promise<Quotation> {
    return this.ask('GET', 'quote', { query: { source: at.source, start: at.start, end: at.end, style } });
  }

  async cells(items: readonly Seen[], form: CellForm, style: string): Promise<ICell[]> {
    const body = { items: items.map(seenOf), form, style };
    const answer = await this.ask<{ cells: ICell[] }>('POST', 'cells', { body });
    return answer.cells;
  }

  references(cells: readonly unknown[], style: string): Promise<{ cell: ICell; count: number; message: string }> {
    return this.ask('POST', 'references', { body: { cells, style } });
  }

  async basket(items: readonly Seen[], form: BasketForm, title: string, style: string): Promise<string> {
    const body = { items: items.map(seenOf), form, title, style };
    const answer = await this.ask<{ path: string }>('POST', 'basket', { body });
    return answer.path;
  }

  async chosen(): Promise<Passage[]> {
    return (await this.ask<{ items: Passage[] }>('GET', 'chosen')).items;
  }

  async changeChosen(change: BasketChange): Promise<Passage[]> {
    return (await this.ask<{ items: Passage[] }>('POST', 'chosen', { body: change })).items;
  }

  board(query: string): Promise<Board> {
    return this.ask('GET', 'verbs/board', { query: { query } });
  }

  start(): Promise<StartView> {
    return this.ask('GET', 'start');
  }

  addFile(file: File): Promise<Added> {
    return this.ask('POST', 'add', { query: { name: file.name }, file });
  }

  addLink(url: string): Promise<Added> {
    return this.ask('POST', 'add', { body: { url } });
  }

  /** Begin a build, or stop the one that runs. */
  build(cancel = false): Promise<BuildState> {
    return this.ask('POST', 'build', { body: { cancel } });
  }

  buildState(): Promise<BuildState> {
    return this.ask('GET', 'build');
  }

  settings_(): Promise<Settings> {
    return this.ask('GET', 'settings');
  }

  async saveSettings(settings: { language: string; model: string; script: string; coder: string }): Promise<void> {
    await this.ask('POST', 'settings', { body: settings });
  }

  async newCase(name: string): Promise<string> {
    return (await this.ask<{ path: string }>('POST', 'case', { body: { name } })).path;
  }

  /** Where each source was last read, as code points. */
  async reading(): Promise<Record<string, number>> {
    return (await this.ask<{ places: Record<string, number> }>('GET', 'reading')).places;
  }

  async rememberReading(source: string, start: number): Promise<void> {
    await this.ask('POST', 'reading', { body: { source, start } });
  }

  /** Say what a source is beside others; it counts from the next build. */
  setRank(id: string, rank: Rank, retells: readonly string[]): Promise<{ id: string; rank: Rank; retells: string[] }> {
    return this.ask('POST', 'rank', { body: { id, rank, retells } });
  }

  /** Names that await a decision, as the verb `lexicon review` lists them. */
  candidates(): Promise<Candidate[]> {
    return this.ask('GET', 'verbs/lexicon/review', { query: { n: MOST_CANDIDATES } });
  }

  /** Decide on names, all or none of them; what the answer names was written, also beside those that were given. */
  decide(verdict: Verdict, names: readonly string[], more: { into?: string; type?: string } = {}): Promise<Decided[]> {
    return this.ask('POST', 'decide', { body: { verdict, names, into: more.into ?? '', type: more.type ?? '' } });
  }

  /** Figures that the text leaves to nobody, as the verb `fact open` lists them. */
  openFigures(): Promise<OpenFigure[]> {
    return this.ask('GET', 'verbs/fact/open', { query: { n: MOST_FIGURES } });
  }

  /** Say whose figures are, or that they are none, or take that back. */
  async ruleFigures(act: FigureRuling, places: readonly string[], subject = ''): Promise<void> {
    await this.ask('POST', 'figures', { body: { act, places, subject } });
  }

  notes(query: { q?: string; tag?: string; source?: string }): Promise<NoteList> {
    return this.ask('GET', 'notes', { query });
  }

  addNote(note: Address & { text: string; tags: string[]; id?: string }): Promise<Note> {
    return this.ask('POST', 'notes', { body: note });
  }

  changeNote(id: string, note: Address & { text: string; tags: string[] }): Promise<Note> {
    return this.ask('PUT', `notes/${encodeURIComponent(id)}`, { body: note });
  }

  async removeNote(id: string): Promise<void> {
    await this.ask('DELETE', `notes/${encodeURIComponent(id)}`);
  }

  codes(): Promise<CodeList> {
    return this.ask('GET', 'codes');
  }

  async makeCode(code: CodeText): Promise<CodeChange> {
    return (await this.ask<{ last: CodeChange }>('POST', 'codes', { body: code })).last;
  }

  async changeCode(id: string, code: Partial<CodeText>): Promise<CodeChange> {
    return (await this.ask<{ last: CodeChange }>('PUT', `codes/${encodeURIComponent(id)}`, { body: code })).last;
  }

  async mergeCode(id: string, into: string): Promise<CodeChange> {
    return (await this.ask<{ last: CodeChange }>('POST', `codes/${encodeURIComponent(id)}/merge`, { body: { into } })).last;
  }

  /** Drop a code with those below it and all their codings. */
  async removeCode(id: string): Promise<CodeChange> {
    return (await this.ask<{ last: CodeChange }>('DELETE', `codes/${encodeURIComponent(id)}`)).last;
  }

  async undoCodes(id: string): Promise<void> {
    await this.ask('POST', 'codes/undo', { body: { id } });
  }

  /** Passages by code (all where none is named), by who coded them, by words. */
  async codings(query: { code?: string; coder?: string; q?: string; source?: string }): Promise<Coded[]> {
    return (await this.ask<{ codings: Coded[] }>('GET', 'codings', { query })).codings;
  }

  /** Apply a code to a passage; one that the codebook lacks is made. */
  applyCode(coding: Address & { code: string; memo: string; coder?: string }): Promise<Coded> {
    return this.ask('POST', 'codings', { body: coding });
  }

  async removeCoding(id: string): Promise<void> {
    await this.ask('DELETE', `codings/${encodeURIComponent(id)}`);
  }

  async searches(): Promise<SavedSearch[]> {
    const answer = await this.ask<{ searches: SavedSearch[] } | SavedSearch[]>('GET', 'searches');
    return Array.isArray(answer) ? answer : answer.searches;
  }

  saveSearch(search: Omit<SavedSearch, 'id'>): Promise<SavedSearch> {
    return this.ask('POST', 'searches', { body: search });
  }

  async removeSearch(id: string): Promise<void> {
    await this.ask('DELETE', `searches/${encodeURIComponent(id)}`);
  }

  private async ask<T>(
    method: string,
    route: string,
    options: { query?: Query; body?: unknown; file?: File; signal?: AbortSignal } = {}
  ): Promise<T> {
    const url = URLExt.join(this.settings.baseUrl, 'casekit', 'api', route) + queryString(options.query ?? {});
    const init: RequestInit = { method };
    if (options.body !== undefined) {
      init.body = JSON.stringify(options.body);
    }
    if (options.file !== undefined) {
      init.body = options.file;
      init.headers = { 'Content-Type': 'application/octet-stream' };
    }
    if (options.signal) {
      init.signal = options.signal;
    }
    let response: Response;
    try {
      response = await ServerConnection.makeRequest(url, init, this.settings);
    } catch (error) {
      if (options.signal?.aborted) {
        throw new DOMException('superseded', 'AbortError');
      }
      throw new ApiError(error instanceof Error ? error.message : String(error), 'unreachable', 0);
    }
    const text = await response.text();
    const data = parsed(text);
    if (!response.ok) {
      const told = data as { message?: unknown; code?: unknown } | undefined;
      const code = typeof told?.code === 'string' ? told.code : response.status === 404 ? 'no-service' : 'internal';
      const message = typeof told?.message === 'string' && told.message ? told.message : response.statusText;
      throw new ApiError(message, code, response.status);
    }
    return data as T;
  }
}

/** Whether a promise ended because a newer request took its place. */
export function isSuperseded(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** Only the address of something that has more. */
export function addressOf(item: Address): Address {
  return { source: item.source, start: item.start, end: item.end };
}

function seenOf(item: Seen): Seen {
  return item.seen ? { ...addressOf(item), seen: item.seen } : addressOf(item);
}

/** The address as people read it. */
export function addressText(at: Address): string {
  return `${at.source}:${at.start}-${at.end}`;
}

function parsed(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined; // an HTML error page of a server without our routes
  }
}

function queryString(query: Query): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') {
      continue;
    }
    for (const one of Array.isArray(value) ? (value as string[]) : [String(value)]) {
      pairs.append(name, one);
    }
  }
  const text = pairs.toString();
  return text ? `?${text}` : '';
}

// What is being looked for: words, filters, and the newest answer. Older requests are aborted, never shown.

import { UUID } from '@lumino/coreutils';
import { type ISignal, Signal } from '@lumino/signaling';

import { hitsOfPlaces, hitsOfReply } from './answers';
import { type Api, ApiError, type Query, type SavedSearch, type SearchResult, isSuperseded } from './api';
import type { Passage } from './passage';

/**
 * After the last key stroke. With 1,000 articles an answer takes 30 to 60 ms and drawing it 30 ms, on two busy cores, so this
 * stays under 150 ms to the first hits; the server drops what newer letters have superseded.
 */
const DEBOUNCE_MS = 35;
/** The same where half a word is no question and half a pattern is a mistake. */
const WRITTEN_MS = 350;
/** Hits asked for at once. */
const HITS = 20;
/** Answers or cases asked for at once. */
const ANSWERS = 8;

/** What is looked for: passages by meaning, sentences that answer, exact places. */
export const MODES = ['passages', 'ask', 'find'] as const;
export type Mode = (typeof MODES)[number];

/** How exact places are looked for. */
export const WAYS = ['phrase', 'logic', 'near', 'regex'] as const;
export type Way = (typeof WAYS)[number];

export interface Filter {
  facet: string;
  value: string;
  label: string;
}

export type Status = 'idle' | 'busy' | 'done' | 'failed';

export class Search {
  status: Status = 'idle';
  text = '';
  filters: readonly Filter[] = [];
  /** Set while the hits are passages similar to this one. */
  likeness: Passage | null = null;
  mode: Mode = 'passages';
  way: Way = 'phrase';
  /** How many characters apart near words may be. */
  near = 10;
  result: SearchResult | null = null;
  error: ApiError | null = null;

  constructor(private readonly api: Api) {}

  /** Emitted whenever anything above has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Whether there is anything to search with. */
  get isEmpty(): boolean {
    return !this.likeness && !this.text.trim() && (this.filters.length === 0 || this.mode !== 'passages');
  }

  /** New words; the search runs when typing pauses, or at once. */
  type(text: string, options: { now?: boolean } = {}): void {
    if (text.trim() === this.text.trim() && !this.likeness && !options.now) {
      this.text = text;
      return;
    }
    this.text = text;
    this.likeness = null;
    this.schedule(options.now ? 0 : this.mode === 'passages' ? DEBOUNCE_MS : WRITTEN_MS);
  }

  setMode(mode: Mode): void {
    this.mode = mode;
    this.likeness = null;
    this.schedule(0);
  }

  setWay(way: Way): void {
    this.way = way;
    this.schedule(0);
  }

  setNear(near: number): void {
    this.near = near;
    this.schedule(0);
  }

  toggle(filter: Filter): void {
    const there = this.filters.some(one => same(one, filter));
    const others = this.filters.filter(one => !same(one, filter) && !(filter.facet === 'year' && one.facet === 'year'));
    this.filters = there ? others : [...others, filter];
    this.likeness = null;
    this.schedule(0);
  }

  clearFilters(): void {
    this.filters = [];
    this.schedule(0);
  }

  like(passage: Passage): void {
    this.likeness = passage;
    this.schedule(0);
  }

  /** From similar passages back to what was searched for. */
  leaveLikeness(): void {
    this.likeness = null;
    this.schedule(0);
  }

  open(saved: SavedSearch): void {
    this.text = saved.query;
    this.mode = saved.mode;
    this.way = saved.way;
    this.near = saved.near;
    this.likeness = null;
    this.filters = Object.entries(saved.filters ?? {}).flatMap(([facet, values]) =>
      values.map(packed => {
        const [value = '', label = value] = packed.split('\t');
        return { facet, value, label };
      })
    );
    this.schedule(0);
  }

  /** All of it as it is saved; filters are a list by facet, each value with its label after a tab. */
  saved(): Omit<SavedSearch, 'id' | 'name'> {
    const filters: Record<string, string[]> = {};
    for (const { facet, value, label } of this.filters) {
      (filters[facet] ??= []).push(label === value ? value : `${value}\t${label}`);
    }
    const { mode, way, near } = this;
    return { query: this.text.trim(), filters, mode, way, near };
  }

  again(): void {
    this.schedule(0);
  }

  private schedule(delay_ms: number): void {
    window.clearTimeout(this.timer);
    this.running?.abort();
    this.running = null;
    if (this.isEmpty) {
      this.become('idle', null, null);
      return;
    }
    this.status = 'busy';
    this._changed.emit();
    if (delay_ms === 0) {
      void this.run();
    } else {
      this.timer = window.setTimeout(() => void this.run(), delay_ms);
    }
  }

  private async run(): Promise<void> {
    const controller = new AbortController();
    this.running = controller;
    try {
      const result = await this.looked(controller.signal);
      if (this.running === controller) {
        this.become('done', result, null);
      }
    } catch (error) {
      if (isSuperseded(error) || this.running !== controller) {
        return;
      }
      const told = error instanceof ApiError ? error : new ApiError(String(error), 'internal', 0);
      this.become('failed', null, told);
    }
  }

  private async looked(signal: AbortSignal): Promise<SearchResult> {
    if (this.likeness) {
      return this.api.like(this.likeness, HITS, signal);
    }
    if (this.mode === 'ask') {
      const { q, ...query } = this.query();
      const reply = await this.api.reply({ ...query, question: q, k: ANSWERS }, signal);
      return {
        query: reply.query,
        answerable: reply.answerable,
        message: reply.reason ?? '',
        expanded: reply.expansion,
        hits: hitsOfReply(reply),
        took_ms: 0
      };
    }
    if (this.mode === 'find') {
      const text = this.text.trim();
      const way: Query = this.way === 'phrase' ? {} : { [this.way]: this.way === 'near' ? this.near : 'true' };
      const found = await this.api.places({ text, ...way, client: this.client }, signal);
      const { count, sources } = found;
      return { query: text, answerable: true, message: '', expanded: [], hits: hitsOfPlaces(found), took_ms: 0, places: { count, sources } };
    }
    return this.api.search(this.query(), signal);
  }

  private become(status: Status, result: SearchResult | null, error: ApiError | null): void {
    this.running = null;
    this.status = status;
    this.result = result;
    this.error = error;
    this._changed.emit();
  }

  private query(): Query {
    const of = (facet: string): string[] => this.filters.filter(one => one.facet === facet).map(one => one.value);
    const year = of('year')[0];
    const apart = ['kind', 'certainty', 'keyword', 'year', 'source', 'notes'];
    return {
      q: this.text.trim(),
      client: this.client, // lets the server drop what this page no longer waits for
      k: HITS,
      naming: this.filters.filter(one => !apart.includes(one.facet)).map(one => one.value),
      kind: of('kind'),
      certainty: of('certainty'),
      keyword: of('keyword'),
      source: of('source'),
      since: year,
      until: year,
      notes: of('notes')[0]
    };
  }

  private readonly _changed = new Signal<this, void>(this);
  private running: AbortController | null = null;
  private timer = 0;
  private readonly client = UUID.uuid4();
}

function same(a: Filter, b: Filter): boolean {
  return a.facet === b.facet && a.value === b.value;
}

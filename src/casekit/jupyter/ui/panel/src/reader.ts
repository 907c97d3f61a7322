// The reader: a source's whole text, with what was cut and what was found, opened at a passage.

import { Widget } from '@lumino/widgets';

import { type Address, ApiError, type Note, type Script, type SourceView, addressText } from './api';
import { type Actions, actionRow } from './actions';
import { button } from './buttons';
import type { Desk } from './desk';
import { letDrag } from './dragging';
import { el, fill } from '../../shared/dom';
import { markTypes } from './marks';
import { changeNote } from './notesview';
import { askRank } from './rankform';
import { type Passage, beginning, excerpt } from './passage';
import { addressOfRange, codePoints } from './points';
import { type Target, textOf } from './sourcetext';
import { failureOf, stateOf } from './states';
import { t } from './strings';
import { showTips } from './tips';

/** Scrolling rests when nothing moves for this long. */
const REST_MS = 1_200;

export class Reader extends Widget {
  constructor(
    private readonly desk: Desk,
    private readonly actions: Actions,
    readonly source: string
  ) {
    super();
    this.addClass('casekit-Reader');
    this.node.append(this.scroller, this.bar);
    this.title.label = source;
    this.text.addEventListener('keydown', event => this.onKey(event));
    this.text.addEventListener('focusin', event => this.onFocus(event));
    this.text.addEventListener('click', event => this.onClick(event));
    document.addEventListener('selectionchange', this.onSelection);
    desk.notes.changed.connect(this.onNotes, this);
    desk.codes.changed.connect(this.again, this);
    letDrag(this.text, desk, () => this.selection);
    showTips(this.scroller);
    this.script = desk.state?.script ?? '';
    void this.load().then(() => this.goOn());
    this.scroller.addEventListener('scroll', () => this.remember());
  }

  override dispose(): void {
    document.removeEventListener('selectionchange', this.onSelection);
    this.desk.notes.changed.disconnect(this.onNotes, this);
    this.desk.codes.changed.disconnect(this.again, this);
    super.dispose();
  }

  /** Show a passage: scroll there and mark it. */
  async goTo(target: Target): Promise<void> {
    this.target = target;
    this.walked = false;
    await this.loading;
    this.draw();
    this.reveal(true);
    if (this.waiting) {
      this.focusText();
    }
  }

  /** The title, as the list of open tabs shows it. */
  get address(): Address {
    return { source: this.source, start: this.target?.start ?? 0, end: this.target?.end ?? 0 };
  }

  /** The passage that commands act on here. */
  get passage(): Passage | null {
    return this.selection ?? this.focused ?? (this.target ? this.passageAt(this.target) : null);
  }

  protected override onActivateRequest(): void {
    this.desk.choose(this.passage);
    this.focusText();
  }

  /** The focus goes to the passage, or there as soon as the text has come. */
  private focusText(): void {
    const block = this.text.querySelector<HTMLElement>('[data-from][tabindex="0"]');
    this.waiting = block === null;
    (block ?? this.text).focus({ preventScroll: true });
  }

  /** Go on where the source was last read, unless a passage is asked for. */
  private async goOn(): Promise<void> {
    const places = await this.desk.api.reading().catch(() => ({}) as Record<string, number>);
    const at = places[this.source];
    if (at !== undefined && !this.target && !this.isDisposed) {
      this.blocks()
        .find(block => Number(block.dataset['to']) > at)
        ?.scrollIntoView({ block: 'start' });
    }
  }

  /** Remember the place at the top, once scrolling rests; it belongs to the workspace. */
  private remember(): void {
    window.clearTimeout(this.resting);
    this.resting = window.setTimeout(() => {
      const at = this.isDisposed ? null : this.firstVisible();
      if (at !== null && at !== this.remembered) {
        this.remembered = at;
        void this.desk.api.rememberReading(this.source, at).catch(() => undefined); // read-only workspaces are read, too
      }
    }, REST_MS);
  }

  private load(): Promise<void> {
    this.loading = this.fetch();
    return this.loading;
  }

  private async fetch(): Promise<void> {
    if (!this.view) {
      fill(this.text, stateOf(t('loading'), ''));
    }
    try {
      const [view, list] = await Promise.all([
        this.desk.api.source(this.source, this.script),
        this.desk.api.notes({ source: this.source }).catch(() => ({ notes: [], tags: [] })) // the text comes first
      ]);
      this.view = view;
      this.notes = new Map(list.notes.map(note => [note.id, note]));
      this.title.label = view.title;
      this.title.caption = `${view.title}\n${view.id}`;
      this.draw();
    } catch (error) {
      this.view = null;
      const told = error instanceof ApiError ? error : new ApiError(String(error), 'internal', 0);
      const retry = button({ label: t('retry'), wordy: true, className: 'casekit-mod-main', onClick: () => void this.load() });
      this.head.replaceChildren();
      fill(this.text, failureOf(told, retry));
    }
  }

  private draw(): void {
    const { view } = this;
    if (!view || this.isDisposed) {
      return;
    }
    this.hideBar();
    this.drawHead(view);
    fill(this.text, textOf(view, this.target, this.notes));
    this.text.setAttribute('aria-label', t('readerText', view.title));
    this.applyHidden();
    const blocks = this.blocks();
    const first = blocks.find(block => block.classList.contains('casekit-mod-target')) ?? blocks[0];
    blocks.forEach(block => block.setAttribute('tabindex', block === first ? '0' : '-1'));
  }

  private drawHead(view: SourceView): void {
    const scripts: readonly [Script, string][] = [
      ['', t('scriptOwn')],
      ['zh-Hans', t('scriptHans')],
      ['zh-Hant', t('scriptHant')]
    ];
    const toggle = el(
      'div',
      { class: 'casekit-Segments', role: 'group', 'aria-label': t('script') },
      ...scripts.map(([script, label]) =>
        el(
          'button',
          {
            type: 'button',
            class: 'casekit-Segment',
            'aria-pressed': String(script === this.script),
            onclick: () => this.choose(script)
          },
          label
        )
      )
    );
    const legend = el(
      'div',
      { class: 'casekit-Legend', role: 'group', 'aria-label': t('legend') },
      ...markTypes(view).map(type =>
        el(
          'button',
          {
            type: 'button',
            class: `casekit-LegendEntry casekit-Legend-${type.id}`,
            'data-mark': type.id,
            'aria-pressed': String(!this.hidden.has(type.id)),
            title: t('legendToggle', type.label, type.count),
            onclick: () => this.toggle(type.id)
          },
          el('span', { class: 'casekit-Swatch', 'aria-hidden': 'true' }),
          type.label,
          el('span', { class: 'casekit-Value-count' }, String(type.count))
        )
      )
    );
    fill(
      this.head,
      el('h2', { class: 'casekit-Reader-title', lang: 'zh' }, view.title),
      button({ label: t('rankChange'), wordy: true, className: 'casekit-Rank', onClick: () => void this.changeRank(view) }),
      el(
        'dl',
        { class: 'casekit-Reader-metadata' },
        ...view.metadata
          .filter(one => one.value !== '')
          .map(one => el('div', {}, el('dt', {}, one.label), el('dd', {}, one.value))),
        el('div', {}, el('dt', {}, t('length')), el('dd', {}, t('chars', view.chars)))
      ),
      view.reference
        ? el('p', { class: 'casekit-Reader-reference' }, el('span', {}, t('reference')), ' ', view.reference)
        : null,
      el('div', { class: 'casekit-Reader-tools' }, toggle, legend),
      view.converted ? el('p', { class: 'casekit-Reader-converted', role: 'note' }, t('convertedTip')) : null
    );
  }

  private choose(script: Script): void {
    if (script === this.script) {
      return;
    }
    this.script = script;
    const at = this.firstVisible();
    void this.load().then(() => {
      if (at !== null) {
        this.blocks()
          .find(block => Number(block.dataset['to']) > at)
          ?.scrollIntoView({ block: 'start' });
      }
      this.head.querySelector<HTMLElement>('.casekit-Segment[aria-pressed="true"]')?.focus({ preventScroll: true });
    });
  }

  private toggle(id: string): void {
    if (!this.hidden.delete(id)) {
      this.hidden.add(id);
    }
    for (const entry of this.head.querySelectorAll<HTMLElement>('.casekit-LegendEntry')) {
      entry.setAttribute('aria-pressed', String(!this.hidden.has(entry.dataset['mark'] ?? '')));
    }
    this.applyHidden();
  }

  private applyHidden(): void {
    for (const id of ['company', 'tool', 'tactic', 'person', 'framework', 'other', 'figure', 'note', 'code', 'cut']) {
      this.node.classList.toggle(`casekit-hide-${id}`, this.hidden.has(id));
    }
  }

  private reveal(flash: boolean): void {
    const found = this.text.querySelector<HTMLElement>('.casekit-Target');
    if (!found) {
      return;
    }
    found.scrollIntoView({ block: 'center' });
    if (flash) {
      this.text.querySelectorAll('.casekit-Target').forEach(one => one.classList.add('casekit-mod-fresh'));
    }
  }

  private blocks(): HTMLElement[] {
    return Array.from(this.text.querySelectorAll<HTMLElement>('.casekit-Block:not(.casekit-mod-blank)'));
  }

  private resting = 0;
  private remembered = -1;

  private firstVisible(): number | null {
    const top = this.scroller.getBoundingClientRect().top;
    const block = this.blocks().find(one => one.getBoundingClientRect().bottom > top + 40);
    return block ? Number(block.dataset['from']) : null;
  }

  private passageAt(target: Target, text = ''): Passage {
    const said = text || this.textBetween(target);
    const title = this.view?.title ?? this.source;
    const passage = { source: this.source, ...target, title, text: excerpt(said), date: null };
    return this.view?.converted === false ? { ...passage, seen: beginning(said) } : passage;
  }

  private textBetween(target: Target): string {
    const pieces = (this.view?.blocks ?? []).flatMap(block => block.pieces);
    return pieces
      .filter(piece => !piece.cut && piece.start < target.end && target.start < piece.end)
      .map(piece => {
        const points = Array.from(piece.text);
        return points.length === piece.end - piece.start
          ? points.slice(Math.max(0, target.start - piece.start), target.end - piece.start).join('')
          : piece.text;
      })
      .join('');
  }

  private readonly onSelection = (): void => {
    const chosen = document.getSelection();
    const inside = chosen?.anchorNode && this.text.contains(chosen.anchorNode);
    if (!chosen || !inside || chosen.isCollapsed || chosen.rangeCount === 0) {
      if (this.selection) {
        this.selection = null;
        this.hideBar();
        this.desk.choose(this.passage);
      }
      return;
    }
    const range = chosen.getRangeAt(0);
    const at = addressOfRange(this.text, range);
    if (!at) {
      return;
    }
    this.selection = this.passageAt(at);
    this.desk.choose(this.selection);
    this.showBar(range, this.selection);
  };

  private showBar(range: Range, passage: Passage): void {
    const rects = range.getClientRects();
    const last = rects[rects.length - 1] ?? range.getBoundingClientRect();
    const frame = this.node.getBoundingClientRect();
    const chars = codePoints(passage.text);
    this.bar.setAttribute('aria-label', t('selection'));
    fill(
      this.bar,
      el('span', { class: 'casekit-Bar-address' }, addressText(passage)),
      chars > 0 ? actionRow(this.actions, passage, 'reader') : el('span', { class: 'casekit-Bar-address' }, t('onlyCut'))
    );
    this.bar.hidden = false;
    const left = Math.min(Math.max(8, last.right - frame.left - this.bar.offsetWidth / 2), frame.width - this.bar.offsetWidth - 8);
    const below = last.bottom - frame.top + 8;
    const top = below + this.bar.offsetHeight > frame.height ? last.top - frame.top - this.bar.offsetHeight - 8 : below;
    this.bar.style.left = `${left}px`;
    this.bar.style.top = `${Math.max(8, top)}px`;
  }

  private hideBar(): void {
    this.bar.hidden = true;
  }

  private onFocus(event: FocusEvent): void {
    const block = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-from]') : null;
    if (!block) {
      return;
    }
    this.blocks().forEach(one => one.setAttribute('tabindex', one === block ? '0' : '-1'));
    this.focused = this.passageAt({ start: Number(block.dataset['from']), end: Number(block.dataset['to']) });
    // until one has walked on, the passage that was searched for stands for the paragraphs it lies in
    if (!this.walked && block.classList.contains('casekit-mod-target')) {
      this.focused = null;
    }
    this.desk.choose(this.passage);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      document.getSelection()?.removeAllRanges();
      void this.desk.app.commands.execute('casekit:focus-search');
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const blocks = this.blocks();
      const here = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-from]') : null;
      const index = here ? blocks.indexOf(here) : -1;
      const next = blocks[index + (event.key === 'ArrowDown' ? 1 : -1)];
      this.walked = true;
      next?.focus({ preventScroll: true });
      next?.scrollIntoView({ block: 'nearest' });
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private onClick(event: MouseEvent): void {
    const ground = event.target instanceof Element ? event.target.closest<HTMLElement>('.casekit-Ground') : null;
    if (ground) {
      const at = (name: string): number => Number(ground.dataset[name]);
      const source = ground.dataset['source'] ?? '';
      this.actions.open({ source, start: at('at'), end: at('to'), text: '', title: source, date: null });
      return;
    }
    const coded = event.target instanceof Element ? event.target.closest<HTMLElement>('.casekit-CodeSign') : null;
    if (coded) {
      this.actions.showCoding(this.source, coded.dataset['coding'] ?? '');
      return;
    }
    const sign = event.target instanceof Element ? event.target.closest<HTMLElement>('.casekit-NoteSign') : null;
    const note = sign ? this.notes.get(sign.dataset['note'] ?? '') : undefined;
    if (note) {
      void changeNote(this.desk, note);
    }
  }

  /** Say what this source is beside others. */
  private async changeRank(view: SourceView): Promise<void> {
    await this.desk.trying(async () => {
      const chosen = await askRank(view);
      if (chosen) {
        await this.desk.api.setRank(view.id, chosen.rank, chosen.retells);
        this.desk.tell(t('rankSaved'));
        await this.load();
      }
    });
  }

  private onNotes(_: unknown, source: string): void {
    if (source === this.source) {
      this.again();
    }
  }

  /** Read it again, and stay where it is. */
  private again(): void {
    const top = this.scroller.scrollTop;
    void this.load().then(() => (this.scroller.scrollTop = top));
  }

  private readonly head = el('header', { class: 'casekit-Reader-head' });
  private readonly text = el('div', { class: 'casekit-Reader-text', role: 'group', tabindex: -1 });
  private readonly scroller = el('div', { class: 'casekit-Reader-scroller' }, this.head, this.text);
  private readonly bar = el('div', { class: 'casekit-Bar', role: 'toolbar', hidden: true });
  private readonly hidden = new Set<string>();
  private view: SourceView | null = null;
  private notes = new Map<string, Note>();
  private target: Target | null = null;
  private selection: Passage | null = null;
  private focused: Passage | null = null;
  /** The reader was activated before its text was there. */
  private waiting = false;
  /** The arrows have moved the focus since the passage was opened. */
  private walked = false;
  private script: Script = '';
  private loading: Promise<void> = Promise.resolve();
}

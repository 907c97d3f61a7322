// The search tab: box, suggestions, filters, hits.

import { InputDialog } from '@jupyterlab/apputils';

import { type SavedSearch, type SearchResult, isSuperseded } from './api';
import type { Actions } from './actions';
import { boardOf } from './boardview';
import { button } from './buttons';
import type { Desk } from './desk';
import { el, fill } from '../../shared/dom';
import { FacetBar, chips } from './facets';
import { HitList } from './hits';
import { backIcon, closeIcon, starIcon } from './icons';
import { familyOf } from './marks';
import { ModeBar } from './modes';
import { SearchBox } from './searchbox';
import { failureOf, stateOf, troubleOf } from './states';
import { t } from './strings';

/** Former hits are dimmed when the answer takes longer than this. */
const DIM_MS = 250;
/** Names are suggested after this pause, so that they never delay the hits. */
const SUGGEST_MS = 200;
/** Suggestions shown. */
const SUGGESTIONS = 5;

export class SearchView {
  readonly node: HTMLElement;
  readonly box: SearchBox;

  constructor(
    private readonly desk: Desk,
    private readonly actions: Actions
  ) {
    const { search } = desk;
    this.box = new SearchBox({
      type: (text, now) => {
        this.downWanted = false;
        search.type(text, { now });
        this.suggestLater(text);
      },
      down: () => {
        this.downWanted = search.status === 'busy' || !this.hits.focus(0);
      },
      escape: () => (search.likeness ? search.leaveLikeness() : this.clear()),
      save: () => void this.save()
    });
    this.hits = new HitList(desk, actions, () => this.box.focus());
    this.facets = new FacetBar(search);
    this.modes = new ModeBar(search);
    this.body = el('div', { class: 'casekit-Search-body' });
    this.node = el(
      'div',
      { class: 'casekit-View casekit-Search' },
      el('div', { class: 'casekit-Search-top' }, this.box.node, this.modes.node, this.suggestions, this.chips, this.facets.node),
      this.status,
      this.body
    );
    search.changed.connect(() => this.show());
    desk.stateChanged.connect(() => {
      this.box.label();
      this.modes.show();
      void this.loadSearches();
      this.show();
    });
    desk.notes.searchesChanged.connect(() => void this.loadSearches());
    this.show();
  }

  focus(): void {
    this.box.focus();
  }

  private clear(): void {
    this.box.set('');
    this.desk.search.type('', { now: true });
    this.suggestLater('');
  }

  private show(): void {
    const { desk } = this;
    const { search } = desk;
    window.clearTimeout(this.dimming);
    const trouble = troubleOf(desk);
    this.node.classList.toggle('casekit-mod-trouble', trouble !== null);
    if (trouble) {
      this.put(trouble);
      this.tell('', '');
      return;
    }
    this.box.set(search.text);
    fill(this.chips, chips(search));
    if (search.status === 'busy') {
      this.dimming = window.setTimeout(() => this.dim(), DIM_MS);
      return;
    }
    this.body.classList.remove('casekit-mod-dim');
    this.body.removeAttribute('aria-busy');
    if (search.status === 'idle') {
      this.facets.show([]);
      this.tell('', '');
      this.put(this.start());
    } else if (search.status === 'failed' && search.error) {
      const again = button({ label: t('retry'), wordy: true, className: 'casekit-mod-main', onClick: () => search.again() });
      this.tell('', t('failed'));
      this.put(failureOf(search.error, again));
    } else {
      this.showResult();
    }
  }

  private showResult(): void {
    const { search } = this.desk;
    const result = search.result;
    if (!result) {
      return;
    }
    if (result.facets) {
      this.facets.show(result.facets);
    }
    this.facets.node.hidden ||= search.likeness !== null || search.mode !== 'passages';
    if (result.hits.length === 0) {
      this.tell('', t('noResultLive'));
      this.put(this.likenessBar(), stateOf(t('nothingFound'), result.message || t('nothingFoundTip')));
      return;
    }
    const counted = this.counted(result);
    const expanded = result.expanded.length > 0 ? t('expanded', result.expanded.join(' · ')) : '';
    this.tell(counted, t('resultLive', result.hits.length), expanded);
    this.hits.show(result.hits);
    const honest = result.answerable
      ? null
      : el(
          'div',
          { class: 'casekit-Honest', role: 'note' },
          el('p', { class: 'casekit-Honest-title' }, t('notAnswerable')),
          result.message ? el('p', {}, result.message) : null
        );
    const board = search.likeness || search.mode !== 'passages' || !search.text.trim() ? null : boardOf(this.desk, this.actions, search.text.trim());
    this.put(this.likenessBar(), honest, board, this.hits.node);
    if (this.downWanted) {
      this.downWanted = false;
      this.hits.focus(0);
    }
  }

  /** How much was found, in words. */
  private counted(result: SearchResult): string {
    if (result.places) {
      const { count, sources } = result.places;
      return count > result.hits.length ? t('placesFirst', count, sources, result.hits.length) : t('placesCount', count, sources);
    }
    const count = (originals: boolean): number =>
      new Set(result.hits.filter(hit => (hit.standing === 'original') === originals).map(hit => hit.source)).size;
    const [originals, retold] = [count(true), count(false)];
    if (this.desk.search.mode === 'ask' && !this.desk.search.likeness) {
      return t('answersCount', result.hits.length, originals + retold);
    }
    return retold ? t('resultRetold', result.hits.length, originals, retold) : t('resultCount', result.hits.length, originals);
  }

  private likenessBar(): HTMLElement | null {
    const like = this.desk.search.likeness;
    if (!like) {
      return null;
    }
    return el(
      'div',
      { class: 'casekit-Likeness' },
      button({ label: t('back'), icon: backIcon, onClick: () => this.desk.search.leaveLikeness() }),
      el('p', {}, t('similarTo', like.title, String(like.start), String(like.end)))
    );
  }

  /** What is there before anything is searched for. */
  private start(): HTMLElement {
    const state = this.desk.state;
    const keys: [string, string][] = [
      ['↑ ↓', t('keyArrows')],
      ['Enter', t('keyEnter')],
      ['i', t('keyI')],
      ['q', t('keyQ')],
      ['c', t('keyC')],
      ['b', t('keyB')],
      ['n', t('keyN')],
      ['Esc', t('keyEsc')]
    ];
    return el(
      'div',
      { class: 'casekit-Start' },
      this.searches.length > 0 ? this.savedSearches() : null,
      el('h4', { class: 'casekit-Start-title' }, t('startTitle')),
      el('p', { class: 'casekit-Start-tip' }, t('startTip')),
      el(
        'dl',
        { class: 'casekit-Keys' },
        ...keys.flatMap(([key, does]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, does)])
      ),
      state ? el('p', { class: 'casekit-Start-size' }, t('corpusSize', state.sources, state.passages)) : null,
      state && state.unbuilt > 0 ? el('div', { class: 'casekit-Start-unbuilt' }, el('p', {}, t('unbuilt', state.unbuilt)), this.desk.builder.place()) : null
    );
  }

  private savedSearches(): HTMLElement {
    const { desk } = this;
    return el(
      'section',
      { class: 'casekit-Saved' },
      el('h4', { class: 'casekit-Start-title' }, t('savedSearches')),
      el(
        'ul',
        {},
        ...this.searches.map(one =>
          el(
            'li',
            {},
            el(
              'button',
              { type: 'button', class: 'casekit-Saved-open', onclick: () => desk.search.open(one) },
              starIcon.element({ tag: 'span', className: 'casekit-Icon' }),
              el('span', {}, one.name)
            ),
            button({
              label: t('removeSearch', one.name),
              icon: closeIcon,
              onClick: () =>
                void desk.trying(async () => {
                  await desk.notes.removeSearch(one);
                  desk.tellUndoable(t('removeSearch', one.name), () => desk.notes.saveSearch(one));
                })
            })
          )
        )
      )
    );
  }

  private async save(): Promise<void> {
    const { desk } = this;
    if (desk.search.isEmpty || desk.search.likeness) {
      return;
    }
    const words = [desk.search.text.trim(), ...desk.search.filters.map(one => one.label)].filter(one => one !== '');
    const answer = await InputDialog.getText({
      title: t('saveSearch'),
      label: t('saveSearchName'),
      text: words.join(' · '),
      cancelLabel: t('cancel'),
      okLabel: t('save')
    });
    const name = answer.value?.trim();
    if (answer.button.accept && name) {
      await desk.trying(async () => {
        await desk.notes.saveSearch({ name, ...desk.search.saved() });
        desk.tell(t('searchSaved', name));
      });
    }
  }

  private async loadSearches(): Promise<void> {
    if (!this.desk.state?.workspace) {
      return;
    }
    try {
      this.searches = await this.desk.api.searches();
    } catch {
      this.searches = []; // the search itself goes on without them
    }
    if (this.desk.search.status === 'idle') {
      this.show();
    }
  }

  private suggestLater(text: string): void {
    window.clearTimeout(this.suggesting);
    this.suggestion?.abort();
    if (!text.trim() || this.desk.search.mode === 'find') {
      this.suggestions.replaceChildren();
      return;
    }
    this.suggesting = window.setTimeout(() => void this.suggest(text.trim()), SUGGEST_MS);
  }

  private async suggest(text: string): Promise<void> {
    const controller = new AbortController();
    this.suggestion = controller;
    const { search } = this.desk;
    try {
      const found = await this.desk.api.suggest(text, controller.signal);
      if (this.suggestion !== controller) {
        return;
      }
      const fresh = found.filter(one => !search.filters.some(filter => filter.value === one.id));
      this.suggestions.setAttribute('aria-label', t('suggestions'));
      fill(
        this.suggestions,
        ...fresh.slice(0, SUGGESTIONS).map(one =>
          el(
            'button',
            {
              type: 'button',
              class: 'casekit-Suggestion',
              title: t('suggestions'),
              onclick: () => {
                this.box.set('');
                search.text = '';
                search.toggle({ facet: familyOf(one.type), value: one.id, label: one.name });
                this.suggestLater('');
                this.box.focus();
              }
            },
            el('span', {}, one.name),
            el('span', { class: 'casekit-Suggestion-type' }, one.label)
          )
        )
      );
    } catch (error) {
      if (!isSuperseded(error)) {
        this.suggestions.replaceChildren(); // a help only: the hits tell what is wrong
      }
    }
  }

  private dim(): void {
    this.body.classList.add('casekit-mod-dim');
    this.body.setAttribute('aria-busy', 'true');
    if (this.hits.isEmpty || !this.body.contains(this.hits.node)) {
      this.put(stateOf(t('searching'), ''));
    }
  }

  private tell(seen: string, heard: string, also = ''): void {
    this.seen.textContent = seen;
    this.also.textContent = also;
    if (this.heard.textContent !== heard) {
      this.heard.textContent = heard;
    }
  }

  private put(...nodes: (Node | null)[]): void {
    fill(this.body, ...nodes);
    this.body.scrollTop = 0;
  }

  private readonly hits: HitList;
  private readonly facets: FacetBar;
  private readonly modes: ModeBar;
  private readonly body: HTMLElement;
  private readonly suggestions = el('div', { class: 'casekit-Suggestions', role: 'group' });
  private readonly chips = el('div', { class: 'casekit-Chips-place' });
  private readonly seen = el('span', { class: 'casekit-Count' });
  private readonly also = el('span', { class: 'casekit-Expanded' });
  private readonly heard = el('span', { class: 'casekit-Hidden', role: 'status', 'aria-live': 'polite' });
  private readonly status = el('div', { class: 'casekit-Status' }, this.seen, this.also, this.heard);
  private searches: readonly SavedSearch[] = [];
  /** The arrow down was pressed before the hits were there. */
  private downWanted = false;
  private dimming = 0;
  private suggesting = 0;
  private suggestion: AbortController | null = null;
}

// The frame of a tab that lists what people keep: a search of its own, chips to choose by, and the list.

import { ApiError } from './api';
import { button } from './buttons';
import type { Desk } from './desk';
import { el, fill, isComposing } from '../../shared/dom';
import { failureOf, stateOf, troubleOf } from './states';
import { type Key, t } from './strings';

/** After the last key stroke in the view's own search. */
const DEBOUNCE_MS = 150;

export abstract class KeptView<L> {
  readonly node: HTMLElement;

  constructor(
    protected readonly desk: Desk,
    private readonly searchLabel: Key,
    className = ''
  ) {
    this.node = el('div', { class: `casekit-View casekit-Notes ${className}`.trim() });
    this.input = el('input', {
      type: 'search',
      class: 'casekit-Input casekit-Notes-search',
      oninput: (event: InputEvent) => {
        if (!event.isComposing) {
          this.later();
        }
      },
      oncompositionend: () => this.later(),
      onkeydown: (event: KeyboardEvent) => {
        if (event.key === 'Enter' && !isComposing(event)) {
          void this.load();
        }
      }
    });
  }

  focus(): void {
    this.input.focus();
  }

  /** Ask for the list anew. */
  async load(): Promise<void> {
    const ask = ++this.asked;
    if (!troubleOf(this.desk)) {
      try {
        const list = await this.fetch();
        if (ask !== this.asked) {
          return;
        }
        this.list = list;
        this.error = null;
      } catch (error) {
        this.error = error instanceof ApiError ? error : new ApiError(String(error), 'internal', 0);
      }
    }
    this.show();
  }

  /** The list, under what is chosen. */
  protected abstract fetch(): Promise<L>;
  /** What stands before the search. */
  protected above(): HTMLElement[] {
    return [];
  }
  /** What stands between the search and the list. */
  protected abstract chips(): (HTMLElement | null)[];
  protected abstract content(list: L): HTMLElement;

  /** What was typed into the search. */
  protected get typed(): string {
    return this.input.value.trim();
  }

  /** Asks anew where the list was asked for before. */
  protected readonly anew = (): void => {
    if (this.list) {
      void this.load();
    }
  };

  /** A chip that chooses; what it changes shows in the list. */
  protected chip(label: string, count: number | null, pressed: boolean, choose: () => void): HTMLElement {
    return el(
      'button',
      {
        type: 'button',
        class: 'casekit-Value',
        'aria-pressed': String(pressed),
        onclick: () => {
          choose();
          void this.load();
        }
      },
      el('span', { class: 'casekit-Value-label' }, label),
      count === null ? null : el('span', { class: 'casekit-Value-count' }, String(count))
    );
  }

  private show(): void {
    const trouble = troubleOf(this.desk);
    if (trouble) {
      fill(this.node, trouble);
      return;
    }
    this.input.setAttribute('aria-label', t(this.searchLabel));
    this.input.placeholder = t(this.searchLabel);
    if (this.input.parentElement !== this.node) {
      fill(this.node, this.input);
    }
    // around the input, which stays where it is: moving it would end a composition
    for (const node of Array.from(this.node.childNodes)) {
      if (node !== this.input) {
        node.remove();
      }
    }
    this.input.before(...this.above());
    const below = [...this.chips(), el('div', { class: 'casekit-Scroll' }, this.body())];
    this.input.after(...below.filter(node => node !== null));
  }

  private body(): HTMLElement {
    if (this.error) {
      const retry = button({ label: t('retry'), wordy: true, className: 'casekit-mod-main', onClick: () => void this.load() });
      return failureOf(this.error, retry);
    }
    return this.list ? this.content(this.list) : stateOf(t('loading'), '');
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(), DEBOUNCE_MS);
  }

  protected list: L | null = null;
  private readonly input: HTMLInputElement;
  private error: ApiError | null = null;
  private asked = 0;
  private timer = 0;
}

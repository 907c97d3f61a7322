// The codes tab: the codebook, and the passages that bear a code.

import type { Code, Coded, CodeList } from './api';
import { ApiError, addressText } from './api';
import type { Actions } from './actions';
import { button } from './buttons';
import { indented } from './codebook';
import type { Desk } from './desk';
import { el, fill, isComposing } from '../../shared/dom';
import { trashIcon } from './icons';
import { excerpt } from './passage';
import { failureOf, stateOf, troubleOf } from './states';
import { t } from './strings';

/** After the last key stroke in the view's own search. */
const DEBOUNCE_MS = 150;

export class CodesView {
  readonly node = el('div', { class: 'casekit-View casekit-Notes casekit-Codes' });

  constructor(
    private readonly desk: Desk,
    private readonly actions: Pick<Actions, 'open'>
  ) {
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
    const anew = (): void => {
      if (this.list) {
        void this.load();
      }
    };
    desk.codes.changed.connect(anew);
    desk.stateChanged.connect(anew);
  }

  focus(): void {
    this.input.focus();
  }

  /** Ask for codes and passages anew. */
  async load(): Promise<void> {
    const ask = ++this.asked;
    if (!troubleOf(this.desk)) {
      try {
        const list = await this.desk.api.codes();
        if (!list.codes.some(one => one.id === this.code)) {
          this.code = '';
        }
        if (!list.coders.some(one => one.coder === this.coder)) {
          this.coder = null;
        }
        const codings = await this.desk.api.codings({
          code: this.code,
          q: this.input.value.trim(),
          ...(this.coder === null ? {} : { coder: this.coder })
        });
        if (ask !== this.asked) {
          return;
        }
        this.list = list;
        this.codings = codings;
        this.error = null;
      } catch (error) {
        this.error = error instanceof ApiError ? error : new ApiError(String(error), 'internal', 0);
      }
    }
    this.show();
  }

  private show(): void {
    const trouble = troubleOf(this.desk);
    if (trouble) {
      fill(this.node, trouble);
      return;
    }
    this.input.setAttribute('aria-label', t('codesSearch'));
    this.input.placeholder = t('codesSearch');
    if (this.input.parentElement !== this.node) {
      fill(this.node, this.input);
    }
    // around the input, which stays where it is: moving it would end a composition
    for (const node of Array.from(this.node.childNodes)) {
      if (node !== this.input) {
        node.remove();
      }
    }
    const below = [this.book(), this.coders(), el('div', { class: 'casekit-Scroll' }, this.content())];
    this.input.after(...below.filter(node => node !== null));
  }

  /** The codebook, one button a code. */
  private book(): HTMLElement | null {
    const codes = this.list?.codes ?? [];
    if (codes.length === 0) {
      return null;
    }
    const all = this.value(t('codeAll'), null, this.code === '', () => (this.code = ''));
    const one = (code: Code): HTMLElement => {
      const made = this.value(indented(code), code.codings, this.code === code.id, () => {
        this.code = this.code === code.id ? '' : code.id;
      });
      made.title = code.definition || code.code;
      made.prepend(dot(code.colour));
      return made;
    };
    return el('div', { class: 'casekit-Facet-values casekit-Codes-book', role: 'group', 'aria-label': t('codesList') }, all, ...codes.map(one));
  }

  /** Who coded, where there are several. */
  private coders(): HTMLElement | null {
    const coders = this.list?.coders ?? [];
    if (coders.length < 2) {
      return null;
    }
    const all = this.value(t('codeAll'), null, this.coder === null, () => (this.coder = null));
    const each = coders.map(({ coder, count }) =>
      this.value(coder || t('codeNobody'), count, this.coder === coder, () => {
        this.coder = this.coder === coder ? null : coder;
      })
    );
    return el('div', { class: 'casekit-Facet-values', role: 'group', 'aria-label': t('codesCoders') }, all, ...each);
  }

  private value(label: string, count: number | null, pressed: boolean, choose: () => void): HTMLElement {
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

  private content(): HTMLElement {
    if (this.error) {
      const retry = button({ label: t('retry'), wordy: true, className: 'casekit-mod-main', onClick: () => void this.load() });
      return failureOf(this.error, retry);
    }
    if (!this.list) {
      return stateOf(t('loading'), '');
    }
    if (this.list.message) {
      return stateOf(this.list.message, '');
    }
    if (this.codings.length === 0) {
      const filtered = this.code || this.coder !== null || this.input.value.trim();
      return filtered ? stateOf(t('codesNone'), '') : stateOf(t('codesEmpty'), t('codesEmptyTip'));
    }
    return el('ul', { class: 'casekit-NoteList' }, ...this.codings.map(one => el('li', {}, this.item(one))));
  }

  private item(coded: Coded): HTMLElement {
    const passage = { source: coded.source, start: coded.start, end: coded.end, title: coded.title, text: excerpt(coded.quote), date: null };
    const lost = coded.state === 'lost';
    return el(
      'article',
      { class: 'casekit-Note' },
      el(
        'p',
        { class: 'casekit-Note-tags' },
        el('span', { class: 'casekit-Badge casekit-mod-note' }, dot(coded.colour), coded.code),
        coded.coder ? el('span', { class: 'casekit-Badge' }, coded.coder) : null
      ),
      el('blockquote', { class: 'casekit-Note-quote', lang: 'zh' }, excerpt(coded.quote)),
      coded.memo ? el('p', { class: 'casekit-Note-text' }, coded.memo) : null,
      coded.state === 'ok' ? null : el('p', { class: 'casekit-Note-state' }, t(lost ? 'noteLost' : 'noteMoved')),
      el(
        'footer',
        { class: 'casekit-Note-foot' },
        el(
          'button',
          { type: 'button', class: 'casekit-Link', disabled: lost, title: addressText(coded), onclick: () => this.actions.open(passage) },
          coded.title
        ),
        button({ label: t('codeRemove'), icon: trashIcon, onClick: () => void this.remove(coded) })
      )
    );
  }

  private async remove(coded: Coded): Promise<void> {
    const { desk } = this;
    await desk.trying(async () => {
      await desk.codes.remove(coded);
      desk.tellUndoable(t('codeRemoved', coded.code), () => desk.codes.restore(coded));
    });
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(), DEBOUNCE_MS);
  }

  private readonly input: HTMLInputElement;
  private list: CodeList | null = null;
  private codings: Coded[] = [];
  private error: ApiError | null = null;
  private code = '';
  private coder: string | null = null;
  private asked = 0;
  private timer = 0;
}

/** The colour of a code; its name stands beside it, so that colour is never the only sign. */
function dot(colour: string): HTMLElement {
  const made = el('span', { class: 'casekit-Codes-dot', 'aria-hidden': 'true' });
  if (/^#[0-9a-f]{6}$/i.test(colour)) {
    made.style.backgroundColor = colour;
  }
  return made;
}

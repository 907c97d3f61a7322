// The codes tab: the codebook, which can be changed here, and the passages that bear a code.

import type { Code, Coded, CodeList } from './api';
import { addressText } from './api';
import type { Actions } from './actions';
import { button } from './buttons';
import { indented } from './codebook';
import { askForTarget, editCode } from './codebookform';
import type { Desk } from './desk';
import { el } from '../../shared/dom';
import { addIcon, editIcon, mergeIcon, trashIcon, undoIcon } from './icons';
import { KeptView } from './keptview';
import { excerpt } from './passage';
import { stateOf } from './states';
import { t } from './strings';

interface Listed {
  book: CodeList;
  codings: Coded[];
}

export class CodesView extends KeptView<Listed> {
  constructor(
    desk: Desk,
    private readonly actions: Pick<Actions, 'open'>
  ) {
    super(desk, 'codesSearch', 'casekit-Codes');
    desk.codes.changed.connect(this.anew);
    desk.stateChanged.connect(this.anew);
  }

  /** Show the passages of one code. */
  async choose(id: string): Promise<void> {
    this.code = id;
    await this.load();
  }

  protected async fetch(): Promise<Listed> {
    const book = await this.desk.api.codes();
    if (!book.codes.some(one => one.id === this.code)) {
      this.code = '';
    }
    if (!book.coders.some(one => one.coder === this.coder)) {
      this.coder = null;
    }
    const codings = await this.desk.api.codings({
      code: this.code,
      q: this.typed,
      ...(this.coder === null ? {} : { coder: this.coder })
    });
    return { book, codings };
  }

  protected chips(): (HTMLElement | null)[] {
    return this.list ? [this.book(this.list.book), this.tools(this.list.book), this.coders(this.list.book)] : [];
  }

  /** The codebook, one button a code. */
  private book({ codes }: CodeList): HTMLElement | null {
    if (codes.length === 0) {
      return null;
    }
    const all = this.chip(t('codeAll'), null, this.code === '', () => (this.code = ''));
    const one = (code: Code): HTMLElement => {
      const made = this.chip(indented(code), code.codings, this.code === code.id, () => {
        this.code = this.code === code.id ? '' : code.id;
      });
      made.title = code.definition || code.code;
      made.prepend(dot(code.colour));
      return made;
    };
    return el('div', { class: 'casekit-Facet-values casekit-Codes-book', role: 'group', 'aria-label': t('codesList') }, all, ...codes.map(one));
  }

  /** What can be done with the codebook, and with the code that is chosen. */
  private tools(book: CodeList): HTMLElement {
    const code = book.codes.find(one => one.id === this.code);
    const { last } = book;
    return el(
      'div',
      { class: 'casekit-Codes-tools' },
      code?.definition ? el('p', { class: 'casekit-Codes-definition' }, code.definition) : null,
      code?.memo ? el('p', { class: 'casekit-Codes-definition casekit-Codes-memo' }, code.memo) : null,
      el(
        'div',
        { class: 'casekit-Actions', role: 'toolbar', 'aria-label': t('codesTools') },
        button({ label: t('codeNew'), icon: addIcon, wordy: !code, onClick: () => void this.make(book, code) }),
        code ? button({ label: t('codeEdit'), icon: editIcon, onClick: () => void this.edit(book, code) }) : null,
        code && book.codes.length > 1
          ? button({ label: t('codeMerge'), icon: mergeIcon, onClick: () => void this.merge(book, code) })
          : null,
        code ? button({ label: t('codeDelete'), icon: trashIcon, onClick: () => void this.drop(code) }) : null,
        last
          ? button({ label: t('codeUndo', last.what), icon: undoIcon, onClick: () => void this.takeBack(last) })
          : null
      )
    );
  }

  /** Who coded, where there are several. */
  private coders({ coders }: CodeList): HTMLElement | null {
    if (coders.length < 2) {
      return null;
    }
    const all = this.chip(t('codeAll'), null, this.coder === null, () => (this.coder = null));
    const each = coders.map(({ coder, count }) =>
      this.chip(coder || t('codeNobody'), count, this.coder === coder, () => {
        this.coder = this.coder === coder ? null : coder;
      })
    );
    return el('div', { class: 'casekit-Facet-values', role: 'group', 'aria-label': t('codesCoders') }, all, ...each);
  }

  protected content({ book, codings }: Listed): HTMLElement {
    if (book.message) {
      return stateOf(book.message, '');
    }
    if (codings.length === 0) {
      const filtered = this.code || this.coder !== null || this.typed;
      return filtered ? stateOf(t('codesNone'), '') : stateOf(t('codesEmpty'), t('codesEmptyTip'));
    }
    return el('ul', { class: 'casekit-NoteList' }, ...codings.map(one => el('li', {}, this.item(one))));
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

  private make(book: CodeList, above: Code | undefined): Promise<void> {
    return this.changing(async () => {
      const written = await editCode(book.codes, null, above?.id ?? '');
      return written && this.desk.codes.make(written);
    });
  }

  private edit(book: CodeList, code: Code): Promise<void> {
    return this.changing(async () => {
      const written = await editCode(book.codes, code, code.parent ?? '');
      return written && this.desk.codes.change(code.id, written);
    });
  }

  private merge(book: CodeList, code: Code): Promise<void> {
    return this.changing(async () => {
      const into = await askForTarget(book.codes, code);
      return into && this.desk.codes.merge(code.id, into);
    });
  }

  private drop(code: Code): Promise<void> {
    return this.changing(() => this.desk.codes.drop(code.id));
  }

  private async takeBack(last: { id: string; what: string }): Promise<void> {
    await this.desk.trying(async () => {
      await this.desk.codes.undo(last.id);
      this.forget();
      this.desk.tell(t('undone'));
    });
  }

  /** Change the codebook, and tell with a way back. */
  private async changing(act: () => Promise<{ id: string; what: string } | '' | null>): Promise<void> {
    const { desk } = this;
    await desk.trying(async () => {
      const done = await act();
      if (done) {
        this.forget(); // only the last change can be taken back
        this.forget = desk.tellUndoable(done.what, () => desk.codes.undo(done.id));
      }
    });
  }

  private forget: () => void = () => undefined;
  private code = '';
  private coder: string | null = null;
}

/** The colour of a code; its name stands beside it, so that colour is never the only sign. */
function dot(colour: string): HTMLElement {
  const made = el('span', { class: 'casekit-Codes-dot', 'aria-hidden': 'true' });
  if (/^#[0-9a-f]{6}$/i.test(colour)) {
    made.style.backgroundColor = colour;
  }
  return made;
}

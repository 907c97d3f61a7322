// The notes tab: one's own thoughts, kept apart from the evidence.

import type { Note, NoteList } from './api';
import { ApiError, addressText } from './api';
import type { Actions } from './actions';
import { button } from './buttons';
import type { Desk } from './desk';
import { el, fill, isComposing } from '../../shared/dom';
import { editIcon, noteIcon, trashIcon } from './icons';
import { editNote } from './noteform';
import { excerpt } from './passage';
import { failureOf, stateOf, troubleOf } from './states';
import { t } from './strings';

/** After the last key stroke in the notes' own search. */
const DEBOUNCE_MS = 120;

export class NotesView {
  readonly node = el('div', { class: 'casekit-View casekit-Notes' });

  constructor(
    private readonly desk: Desk,
    private readonly actions: Actions
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
    desk.notes.changed.connect(() => void this.load());
    desk.stateChanged.connect(() => void this.load());
  }

  focus(): void {
    this.input.focus();
  }

  /** Ask for the notes anew. */
  async load(): Promise<void> {
    if (troubleOf(this.desk)) {
      this.show();
      return;
    }
    const ask = ++this.asked;
    try {
      const list = await this.desk.api.notes({ q: this.input.value.trim(), tag: this.tag });
      if (ask !== this.asked) {
        return;
      }
      this.list = list;
      this.error = null;
      if (this.tag && !list.tags.some(one => one.tag === this.tag)) {
        this.tag = ''; // its last note is gone
        await this.load();
        return;
      }
    } catch (error) {
      this.error = error instanceof ApiError ? error : new ApiError(String(error), 'internal', 0);
    }
    this.show();
  }

  private show(): void {
    const trouble = troubleOf(this.desk);
    if (trouble) {
      fill(this.node, trouble);
      return;
    }
    this.input.setAttribute('aria-label', t('notesSearch'));
    this.input.placeholder = t('notesSearch');
    const banner = el(
      'p',
      { class: 'casekit-Notes-banner', role: 'note' },
      noteIcon.element({ tag: 'span', className: 'casekit-Icon' }),
      el('strong', {}, t('notesBanner')),
      ' ',
      el('span', {}, t('notesBannerTip'))
    );
    const below = [this.tags(), el('div', { class: 'casekit-Scroll' }, this.content())];
    if (this.input.parentElement !== this.node) {
      fill(this.node, this.input);
    }
    // around the input, which stays where it is: moving it would end a composition
    for (const node of Array.from(this.node.childNodes)) {
      if (node !== this.input) {
        node.remove();
      }
    }
    this.input.before(banner);
    this.input.after(...below.filter(node => node !== null));
  }

  private tags(): HTMLElement | null {
    const tags = this.list?.tags ?? [];
    if (tags.length === 0) {
      return null;
    }
    const one = (tag: string, label: string, count: number | null): HTMLElement =>
      el(
        'button',
        {
          type: 'button',
          class: 'casekit-Value',
          'aria-pressed': String(this.tag === tag),
          onclick: () => {
            this.tag = this.tag === tag ? '' : tag;
            void this.load();
          }
        },
        el('span', { class: 'casekit-Value-label' }, label),
        count === null ? null : el('span', { class: 'casekit-Value-count' }, String(count))
      );
    return el(
      'div',
      { class: 'casekit-Facet-values', role: 'group', 'aria-label': t('tags') },
      one('', t('allTags'), null),
      ...tags.map(({ tag, count }) => one(tag, `#${tag}`, count))
    );
  }

  private content(): HTMLElement {
    if (this.error) {
      const retry = button({ label: t('retry'), wordy: true, className: 'casekit-mod-main', onClick: () => void this.load() });
      return failureOf(this.error, retry);
    }
    const notes = this.list?.notes;
    if (!notes) {
      return stateOf(t('loading'), '');
    }
    if (notes.length === 0) {
      return this.input.value.trim() || this.tag
        ? stateOf(t('notesNone'), '')
        : stateOf(t('notesEmpty'), t('notesEmptyTip'));
    }
    return el('ul', { class: 'casekit-NoteList' }, ...notes.map(note => el('li', {}, this.item(note))));
  }

  private item(note: Note): HTMLElement {
    const { desk } = this;
    const passage = { source: note.source, start: note.start, end: note.end, title: note.title, text: excerpt(note.quote), date: null };
    const lost = note.state === 'lost';
    return el(
      'article',
      { class: 'casekit-Note' },
      el('p', { class: 'casekit-Note-text' }, note.text),
      note.tags.length > 0
        ? el('p', { class: 'casekit-Note-tags' }, ...note.tags.map(tag => el('span', { class: 'casekit-Badge casekit-mod-note' }, `#${tag}`)))
        : null,
      el('blockquote', { class: 'casekit-Note-quote', lang: 'zh' }, excerpt(note.quote)),
      note.state === 'ok' ? null : el('p', { class: 'casekit-Note-state' }, t(lost ? 'noteLost' : 'noteMoved')),
      el(
        'footer',
        { class: 'casekit-Note-foot' },
        el(
          'button',
          { type: 'button', class: 'casekit-Link', disabled: lost, title: addressText(note), onclick: () => this.actions.open(passage) },
          note.title
        ),
        button({ label: t('edit'), icon: editIcon, onClick: () => void changeNote(desk, note) }),
        button({ label: t('delete'), icon: trashIcon, onClick: () => void removeNote(desk, note) })
      )
    );
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(), DEBOUNCE_MS);
  }

  private readonly input: HTMLInputElement;
  private list: NoteList | null = null;
  private error: ApiError | null = null;
  private tag = '';
  private asked = 0;
  private timer = 0;
}

/** Edit a note in a dialog; can be undone. */
export async function changeNote(desk: Desk, note: Note): Promise<void> {
  await desk.trying(async () => {
    const written = await editNote({ title: note.title, text: excerpt(note.quote) }, { text: note.text, tags: note.tags });
    if (written) {
      await desk.notes.change(note, written);
      desk.tellUndoable(t('noteSaved'), () => desk.notes.change(note, { text: note.text, tags: note.tags }));
    }
  });
}

/** Delete a note; can be undone. */
export async function removeNote(desk: Desk, note: Note): Promise<void> {
  await desk.trying(async () => {
    await desk.notes.remove(note);
    desk.tellUndoable(t('noteDeleted'), () => desk.notes.restore(note));
  });
}

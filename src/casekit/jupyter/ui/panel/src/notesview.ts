// The notes tab: one's own thoughts, kept apart from the evidence.

import type { Note, NoteList } from './api';
import { addressText } from './api';
import type { Actions } from './actions';
import { button } from './buttons';
import type { Desk } from './desk';
import { el } from '../../shared/dom';
import { editIcon, noteIcon, trashIcon } from './icons';
import { KeptView } from './keptview';
import { editNote } from './noteform';
import { excerpt } from './passage';
import { stateOf } from './states';
import { t } from './strings';

export class NotesView extends KeptView<NoteList> {
  constructor(
    desk: Desk,
    private readonly actions: Pick<Actions, 'open'>
  ) {
    super(desk, 'notesSearch');
    desk.notes.changed.connect(() => void this.load());
    desk.stateChanged.connect(() => void this.load());
  }

  protected async fetch(): Promise<NoteList> {
    const list = await this.desk.api.notes({ q: this.typed, tag: this.tag });
    if (this.tag && !list.tags.some(one => one.tag === this.tag)) {
      this.tag = ''; // its last note is gone
      return this.fetch();
    }
    return list;
  }

  protected override above(): HTMLElement[] {
    const banner = el(
      'p',
      { class: 'casekit-Notes-banner', role: 'note' },
      noteIcon.element({ tag: 'span', className: 'casekit-Icon' }),
      el('strong', {}, t('notesBanner')),
      ' ',
      el('span', {}, t('notesBannerTip'))
    );
    return [banner];
  }

  protected chips(): (HTMLElement | null)[] {
    const tags = this.list?.tags ?? [];
    if (tags.length === 0) {
      return [];
    }
    const one = (tag: string, label: string, count: number | null): HTMLElement =>
      this.chip(label, count, this.tag === tag, () => (this.tag = this.tag === tag ? '' : tag));
    return [
      el(
        'div',
        { class: 'casekit-Facet-values', role: 'group', 'aria-label': t('tags') },
        one('', t('allTags'), null),
        ...tags.map(({ tag, count }) => one(tag, `#${tag}`, count))
      )
    ];
  }

  protected content({ notes }: NoteList): HTMLElement {
    if (notes.length === 0) {
      return this.typed || this.tag ? stateOf(t('notesNone'), '') : stateOf(t('notesEmpty'), t('notesEmptyTip'));
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

  private tag = '';
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

// Personal notes and saved searches as the server keeps them; views listen to `changed`.

import { type ISignal, Signal } from '@lumino/signaling';

import { type Address, type Api, type Note, type SavedSearch, addressOf } from './api';

export interface NoteText {
  text: string;
  tags: string[];
}

export class NoteBook {
  constructor(private readonly api: Api) {}

  /** Emitted with the source whose notes changed. */
  get changed(): ISignal<this, string> {
    return this._changed;
  }

  get searchesChanged(): ISignal<this, void> {
    return this._searchesChanged;
  }

  async add(at: Address, written: NoteText): Promise<void> {
    await this.api.addNote({ ...addressOf(at), ...written });
    this._changed.emit(at.source);
  }

  async change(note: Note, written: NoteText): Promise<void> {
    await this.api.changeNote(note.id, { ...addressOf(note), ...written });
    this._changed.emit(note.source);
  }

  async remove(note: Note): Promise<void> {
    await this.api.removeNote(note.id);
    this._changed.emit(note.source);
  }

  /** Put a removed note back under the same id. */
  async restore(note: Note): Promise<void> {
    await this.api.addNote({ ...addressOf(note), text: note.text, tags: note.tags, id: note.id });
    this._changed.emit(note.source);
  }

  async saveSearch(search: Omit<SavedSearch, 'id'>): Promise<void> {
    await this.api.saveSearch(search);
    this._searchesChanged.emit();
  }

  async removeSearch(search: SavedSearch): Promise<void> {
    await this.api.removeSearch(search.id);
    this._searchesChanged.emit();
  }

  private readonly _changed = new Signal<this, string>(this);
  private readonly _searchesChanged = new Signal<this, void>(this);
}

/** Tags out of what was typed: separated by spaces or commas of either width, `#` in front left out. */
export function tagsOf(text: string): string[] {
  const tags = text
    .split(/[\s,,、;;]+/u)
    .map(tag => tag.replace(/^[##]+/u, ''))
    .filter(tag => tag !== '');
  return [...new Set(tags)];
}

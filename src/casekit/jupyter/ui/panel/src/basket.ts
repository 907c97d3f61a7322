// The basket: passages set aside, kept in the browser for each workspace.

import type { IStateDB } from '@jupyterlab/statedb';
import { type ISignal, Signal } from '@lumino/signaling';

import { type Passage, sameAddress } from './passage';

export class Basket {
  constructor(private readonly db: IStateDB) {}

  get items(): readonly Passage[] {
    return this._items;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Take up what was kept for this workspace. */
  async open(workspace: string): Promise<void> {
    const key = `casekit:basket:${workspace}`;
    if (key === this.key) {
      return;
    }
    this.key = key;
    const kept = await this.db.fetch(key);
    const found = Array.isArray(kept) ? kept.filter(isPassage) : [];
    this._items = found.concat(this._items.filter(one => !found.some(other => sameAddress(one, other))));
    this._changed.emit();
  }

  has(passage: Passage): boolean {
    return this._items.some(one => sameAddress(one, passage));
  }

  /** Whether it was added; what is there already stays where it is, unless a new version holds other words there. */
  add(passage: Passage, at: number = this._items.length): boolean {
    const old = this._items.find(one => sameAddress(one, passage));
    if (old && (passage.seen === undefined || passage.seen === old.seen)) {
      return false;
    }
    if (old) {
      this.set(this._items.map(one => (one === old ? passage : one)));
      return true;
    }
    this.set([...this._items.slice(0, at), passage, ...this._items.slice(at)]);
    return true;
  }

  removeAt(index: number): void {
    this.set(this._items.filter((_, i) => i !== index));
  }

  move(from: number, to: number): void {
    const item = this._items[from];
    if (!item || to < 0 || to >= this._items.length) {
      return;
    }
    const rest = this._items.filter((_, i) => i !== from);
    this.set([...rest.slice(0, to), item, ...rest.slice(to)]);
  }

  set(items: readonly Passage[]): void {
    this._items = [...items];
    if (this.key) {
      void this.db.save(
        this.key,
        this._items.map(({ source, start, end, title, text, date, seen }) => ({
          source,
          start,
          end,
          title,
          text,
          date,
          ...(seen === undefined ? {} : { seen })
        }))
      );
    }
    this._changed.emit();
  }

  private _items: Passage[] = [];
  private key = '';
  private readonly _changed = new Signal<this, void>(this);
}

function isPassage(value: unknown): value is Passage {
  const one = value as Partial<Passage> | null;
  return (
    typeof one?.source === 'string' &&
    typeof one.start === 'number' &&
    typeof one.end === 'number' &&
    typeof one.title === 'string' &&
    typeof one.text === 'string' &&
    (one.seen === undefined || typeof one.seen === 'string')
  );
}

// The basket: passages set aside. It belongs to the workspace, so every tab and window shows the same.

import type { IStateDB } from '@jupyterlab/statedb';
import { type ISignal, Signal } from '@lumino/signaling';

import type { Address } from './api';
import { type Passage, sameAddress } from './passage';

/** What is to change: passages to add (at a place), addresses to remove, and the order of all. */
export interface BasketChange {
  add?: readonly Passage[];
  at?: number;
  remove?: readonly Address[];
  order?: readonly Address[];
}

/** Where the basket is kept. */
export interface BasketStore {
  chosen(): Promise<Passage[]>;
  changeChosen(change: BasketChange): Promise<Passage[]>;
}

export class Basket {
  constructor(
    private readonly store: BasketStore,
    private readonly db: IStateDB
  ) {}

  get items(): readonly Passage[] {
    return this._items;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted when what was changed here could not be kept. */
  get failed(): ISignal<this, unknown> {
    return this._failed;
  }

  /** Take up what is kept for this workspace; what an older version kept in the browser moves there, once. */
  async open(workspace: string): Promise<void> {
    if (workspace !== this.workspace) {
      this.workspace = workspace;
      const key = `casekit:basket:${workspace}`;
      const old = await this.db.fetch(key);
      const own = (Array.isArray(old) ? old.filter(isPassage) : []).concat(this._items);
      if (own.length > 0) {
        this.take(await this.store.changeChosen({ add: own }));
        await this.db.remove(key);
        return;
      }
    }
    await this.refresh();
  }

  /** See what other tabs have done. */
  async refresh(): Promise<void> {
    if (this.workspace === null || this.waiting > 0) {
      return;
    }
    const items = await this.store.chosen();
    if (this.waiting === 0) {
      this.take(items);
    }
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
      this.show(this._items.map(one => (one === old ? passage : one)));
    } else {
      this.show([...this._items.slice(0, at), passage, ...this._items.slice(at)]);
    }
    this.keep({ add: [passage], at });
    return true;
  }

  removeAt(index: number): void {
    const item = this._items[index];
    if (item) {
      this.show(this._items.filter((_, i) => i !== index));
      this.keep({ remove: [item] });
    }
  }

  move(from: number, to: number): void {
    const item = this._items[from];
    if (!item || to < 0 || to >= this._items.length) {
      return;
    }
    const rest = this._items.filter((_, i) => i !== from);
    this.show([...rest.slice(0, to), item, ...rest.slice(to)]);
    this.keep({ order: this._items });
  }

  /** Hold these and no others. */
  set(items: readonly Passage[]): void {
    const gone = this._items.filter(one => !items.some(other => sameAddress(one, other)));
    this.show([...items]);
    this.keep({ remove: gone, add: items, order: items });
  }

  private show(items: Passage[]): void {
    this._items = items;
    this._changed.emit();
  }

  /** Show what is kept, where that is something else. */
  private take(items: readonly Passage[]): void {
    if (JSON.stringify(items.map(plain)) !== JSON.stringify(this._items.map(plain))) {
      this.show(items.filter(isPassage));
    }
  }

  /** Changes go one after the other; what comes back after the last is what all tabs have. */
  private keep(change: BasketChange): void {
    if (this.workspace === null) {
      return; // kept when the workspace is known
    }
    const { add, remove, order, at } = change;
    const body: BasketChange = {
      ...(add ? { add: add.map(plain) } : {}),
      ...(at === undefined ? {} : { at }),
      ...(remove ? { remove: remove.map(placeOf) } : {}),
      ...(order ? { order: order.map(placeOf) } : {})
    };
    this.waiting += 1;
    this.queue = this.queue
      .then(() => this.store.changeChosen(body))
      .then(
        items => {
          this.waiting -= 1;
          if (this.waiting === 0) {
            this.take(items);
          }
        },
        (error: unknown) => {
          this.waiting -= 1;
          this._failed.emit(error);
        }
      );
  }

  private _items: Passage[] = [];
  private workspace: string | null = null;
  private waiting = 0;
  private queue: Promise<void> = Promise.resolve();
  private readonly _changed = new Signal<this, void>(this);
  private readonly _failed = new Signal<this, unknown>(this);
}

function placeOf({ source, start, end }: Address): Address {
  return { source, start, end };
}

function plain({ source, start, end, title, text, date, seen }: Passage): Passage {
  return { source, start, end, title, text, date, ...(seen === undefined ? {} : { seen }) };
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

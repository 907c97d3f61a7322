// Codings as the server keeps them; views listen to `changed`.

import { type ISignal, Signal } from '@lumino/signaling';

import { type Address, type Api, type Code, type Coded, addressOf } from './api';

export interface Chosen {
  code: string;
  memo: string;
}

export class CodeBook {
  constructor(private readonly api: Pick<Api, 'applyCode' | 'removeCoding'>) {}

  /** Emitted when a code was applied or taken off. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  async apply(at: Address, chosen: Chosen): Promise<Coded> {
    const made = await this.api.applyCode({ ...addressOf(at), ...chosen });
    this._changed.emit();
    return made;
  }

  async remove(coded: Coded): Promise<void> {
    await this.api.removeCoding(coded.id);
    this._changed.emit();
  }

  /** Apply again what was taken off, as the same coder with the same memo. */
  async restore(coded: Coded): Promise<void> {
    await this.api.applyCode({ ...addressOf(coded), code: coded.code_id, memo: coded.memo, coder: coded.coder });
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
}

/** A code as a list shows it: below the code that it is under. */
export function indented(code: Pick<Code, 'name' | 'depth'>): string {
  return '\u2003'.repeat(code.depth) + code.name;
}

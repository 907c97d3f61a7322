// Codes and codings as the server keeps them; views listen to `changed`.

import { type ISignal, Signal } from '@lumino/signaling';

import { type Address, type Api, type Code, type CodeChange, type Coded, type CodeText, addressOf } from './api';

export interface Chosen {
  code: string;
  memo: string;
}

type Asks = 'applyCode' | 'removeCoding' | 'makeCode' | 'changeCode' | 'mergeCode' | 'removeCode' | 'undoCodes';

export class CodeBook {
  constructor(private readonly api: Pick<Api, Asks>) {}

  /** Emitted when a code was made, changed, applied or taken off. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  async apply(at: Address, chosen: Chosen): Promise<Coded> {
    return this.told(this.api.applyCode({ ...addressOf(at), ...chosen }));
  }

  async remove(coded: Coded): Promise<void> {
    await this.told(this.api.removeCoding(coded.id));
  }

  /** Apply again what was taken off, as the same coder with the same memo. */
  async restore(coded: Coded): Promise<void> {
    await this.told(this.api.applyCode({ ...addressOf(coded), code: coded.code_id, memo: coded.memo, coder: coded.coder }));
  }

  make(code: CodeText): Promise<CodeChange> {
    return this.told(this.api.makeCode(code));
  }

  change(id: string, code: Partial<CodeText>): Promise<CodeChange> {
    return this.told(this.api.changeCode(id, code));
  }

  merge(id: string, into: string): Promise<CodeChange> {
    return this.told(this.api.mergeCode(id, into));
  }

  drop(id: string): Promise<CodeChange> {
    return this.told(this.api.removeCode(id));
  }

  /** Take a change back, if it is still the last. */
  async undo(id: string): Promise<void> {
    await this.told(this.api.undoCodes(id));
  }

  private async told<T>(asked: Promise<T>): Promise<T> {
    const answer = await asked;
    this._changed.emit();
    return answer;
  }

  private readonly _changed = new Signal<this, void>(this);
}

/** A code as a list shows it: below the code that it is under. */
export function indented(code: Pick<Code, 'name' | 'depth'>): string {
  return '\u2003'.repeat(code.depth) + code.name;
}

/** The codes that another may be put under or merged into: all but itself and those below it, which follow it. */
export function apartFrom<C extends Pick<Code, 'id' | 'depth'>>(codes: readonly C[], code: Pick<Code, 'id'> | null): C[] {
  const at = codes.findIndex(one => one.id === code?.id);
  const here = codes[at];
  if (!here) {
    return [...codes];
  }
  const next = codes.findIndex((one, i) => i > at && one.depth <= here.depth);
  return [...codes.slice(0, at), ...(next < 0 ? [] : codes.slice(next))];
}

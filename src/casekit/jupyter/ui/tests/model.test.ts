import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Kernel, type Model, choose } from '../widgets/src/model';
import { speak } from '../widgets/src/strings';

class Fake {
  sent: { id: string; ask: string; args: unknown }[] = [];
  saved = 0;
  private readonly values = new Map<string, unknown>();
  private heard: ((message: unknown) => void)[] = [];
  get = (name: string): unknown => this.values.get(name);
  set = (name: string, value: unknown): void => void this.values.set(name, value);
  save_changes = (): void => void (this.saved += 1);
  send = (content: never): void => void this.sent.push(content);
  on = (_: string, callback: (message: unknown) => void): void => void this.heard.push(callback);
  off = (_: string, callback: unknown): void => void (this.heard = this.heard.filter(one => one !== callback));
  answer(message: unknown): void {
    this.heard.forEach(one => one(message));
  }
}

let model: Fake;
let kernel: Kernel;

beforeEach(() => {
  vi.useFakeTimers();
  speak('en');
  model = new Fake();
  kernel = new Kernel(model as unknown as Model);
});
afterEach(() => void vi.useRealTimers());

it('answers go to their own questions', async () => {
  const first = kernel.ask('expand', { id: 1 });
  const second = kernel.ask('expand', { id: 2 });
  const [a, b] = model.sent;
  expect([a!.ask, a!.args]).toEqual(['expand', { id: 1 }]);
  model.answer({ id: b!.id, result: 'two' });
  model.answer({ id: a!.id, result: 'one' });
  expect(await Promise.all([first, second])).toEqual(['one', 'two']);
});

it('an error is told in its own words', async () => {
  const asked = kernel.ask('expand', {});
  model.answer({ id: model.sent[0]!.id, error: 'no such name' });
  await expect(asked).rejects.toThrow('no such name');
});

it('says so when the kernel never answers, or cannot be asked', async () => {
  const asked = kernel.ask('expand', {});
  const told = expect(asked).rejects.toThrow('does not answer');
  await vi.advanceTimersByTimeAsync(60_001);
  await told;
  model.send = () => {
    throw new Error('closed');
  };
  await expect(kernel.ask('expand', {})).rejects.toThrow('does not answer');
});

it('what is chosen is sent only when it changed', () => {
  choose(model as unknown as Model, ['a']);
  choose(model as unknown as Model, ['a']);
  choose(model as unknown as Model, ['a', 'b']);
  expect(model.saved).toBe(2);
});

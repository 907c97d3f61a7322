import { expect, it } from 'vitest';

import { beginning, excerpt, sameAddress } from '../panel/src/passage';

it('an excerpt is one line and short texts stay whole', () => {
  expect(excerpt('  会员\n 数字化 ')).toBe('会员 数字化');
});

it('an excerpt never ends in half a character', () => {
  const told = excerpt('𠮷'.repeat(200));
  expect(told.endsWith('…')).toBe(true);
  expect(Array.from(told.slice(0, -1)).every(c => c === '𠮷')).toBe(true);
});

it('two texts that differ early have different beginnings, later differences do not count', () => {
  expect(beginning('会员三十')).not.toBe(beginning('会员四十'));
  expect(beginning(`${'会'.repeat(300)}甲`)).toBe(beginning(`${'会'.repeat(300)}乙`));
});

it('addresses are the same when source and both ends are', () => {
  const one = { source: 'a', start: 1, end: 2 };
  expect(sameAddress(one, { ...one })).toBe(true);
  for (const other of [{ source: 'b' }, { start: 0 }, { end: 3 }]) {
    expect(sameAddress(one, { ...one, ...other })).toBe(false);
  }
});

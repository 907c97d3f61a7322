import { expect, it } from 'vitest';

import type { Address, Coded } from '../panel/src/api';
import { apartFrom, CodeBook, indented } from '../panel/src/codebook';

const coded: Coded = {
  id: 'q1',
  code: '服务/导购',
  code_id: 'c1',
  source: 'walmart',
  start: 3,
  end: 9,
  coder: '甲',
  memo: '一对一',
  colour: '#0072b2',
  quote: '导购联系顾客',
  title: '沃尔玛',
  state: 'ok'
};

it('a coding that was taken off is applied again by the same coder, with its memo', async () => {
  const asked: unknown[] = [];
  const never = (): never => {
    throw new Error('not asked');
  };
  const book = new CodeBook({
    makeCode: never,
    changeCode: never,
    mergeCode: never,
    removeCode: never,
    undoCodes: never,
    applyCode: async (body: Address) => {
      asked.push(body);
      return coded;
    },
    removeCoding: async (id: string) => void asked.push(id)
  });
  let told = 0;
  book.changed.connect(() => (told += 1));
  await book.remove(coded);
  await book.restore(coded);
  expect(asked).toEqual(['q1', { source: 'walmart', start: 3, end: 9, code: 'c1', memo: '一对一', coder: '甲' }]);
  expect(told).toBe(2);
});

it('a code stands below the one that it is under', () => {
  expect([{ name: '服务', depth: 0 }, { name: '导购', depth: 1 }].map(indented)).toEqual(['服务', '\u2003导购']);
});

it('a code goes under or into any but itself and those below it', () => {
  const codes = [['a', 0], ['b', 1], ['c', 2], ['d', 1], ['e', 0]].map(([id, depth]) => ({ id: String(id), depth: Number(depth) }));
  const left = (id: string): string => apartFrom(codes, { id }).map(one => one.id).join('');
  expect([left('b'), left('a'), left('e'), apartFrom(codes, null).length]).toEqual(['ade', 'e', 'abcd', 5]);
});

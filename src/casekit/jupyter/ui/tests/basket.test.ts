import { beforeEach, expect, it } from 'vitest';

import { Basket } from '../panel/src/basket';
import type { Passage } from '../panel/src/passage';

const passage = (start: number, seen?: string): Passage => ({
  source: 'walmart',
  start,
  end: start + 10,
  title: '沃尔玛',
  text: '……',
  date: null,
  ...(seen === undefined ? {} : { seen })
});

let kept: Map<string, unknown>;
let basket: Basket;

beforeEach(() => {
  kept = new Map();
  const db = {
    fetch: async (key: string) => kept.get(key),
    save: async (key: string, value: unknown) => void kept.set(key, value)
  };
  basket = new Basket(db as unknown as ConstructorParameters<typeof Basket>[0]);
});

const starts = (): number[] => basket.items.map(one => one.start);

it('holds a passage once', () => {
  expect(basket.add(passage(1))).toBe(true);
  expect(basket.add(passage(1))).toBe(false);
  expect(starts()).toEqual([1]);
});

it('takes other words at the same place as a new version of the passage', () => {
  basket.add(passage(1, '旧'));
  basket.add(passage(2));
  expect(basket.add(passage(1, '新'))).toBe(true);
  expect(basket.items.map(one => one.seen)).toEqual(['新', undefined]);
});

it('moves within its ends and never beyond', () => {
  [1, 2, 3].forEach(start => basket.add(passage(start)));
  basket.move(0, 2);
  expect(starts()).toEqual([2, 3, 1]);
  basket.move(0, 3);
  basket.move(5, 0);
  expect(starts()).toEqual([2, 3, 1]);
});

it('is kept for each workspace and leaves out what is no passage', async () => {
  kept.set('casekit:basket:ws', [passage(7), { source: 'x' }, null, { ...passage(8), seen: 3 }]);
  basket.add(passage(1));
  await basket.open('ws');
  expect(starts()).toEqual([7, 1]);
  basket.removeAt(0);
  expect(kept.get('casekit:basket:ws')).toEqual([passage(1)]);
});

it('tells every change', () => {
  let told = 0;
  basket.changed.connect(() => (told += 1));
  basket.add(passage(1));
  basket.add(passage(1));
  basket.removeAt(0);
  expect(told).toBe(2);
});

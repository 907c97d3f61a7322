import { beforeEach, expect, it } from 'vitest';

import type { Address } from '../panel/src/api';
import { Basket, type BasketChange } from '../panel/src/basket';
import { type Passage, sameAddress } from '../panel/src/passage';

const passage = (start: number, seen?: string): Passage => ({
  source: 'walmart',
  start,
  end: start + 10,
  title: '沃尔玛',
  text: '……',
  date: null,
  ...(seen === undefined ? {} : { seen })
});

/** The workspace's basket, as the server changes it. */
class Kept {
  items: Passage[] = [];

  async chosen(): Promise<Passage[]> {
    return [...this.items];
  }

  async changeChosen({ add = [], at, remove = [], order = [] }: BasketChange): Promise<Passage[]> {
    const named = (list: readonly Address[], one: Address): number => list.findIndex(other => sameAddress(one, other));
    this.items = this.items.filter(one => named(remove, one) < 0);
    this.items = this.items.map(one => add.find(other => sameAddress(one, other)) ?? one);
    const fresh = add.filter(one => named(this.items, one) < 0);
    const place = at ?? this.items.length;
    this.items = [...this.items.slice(0, place), ...fresh, ...this.items.slice(place)];
    if (order.length > 0) {
      this.items.sort((a, b) => named(order, a) - named(order, b));
    }
    return [...this.items];
  }
}

let kept: Map<string, unknown>;
let shared: Kept;

const tab = (): Basket => {
  const db = {
    fetch: async (key: string) => kept.get(key),
    remove: async (key: string) => void kept.delete(key)
  };
  return new Basket(shared, db as unknown as ConstructorParameters<typeof Basket>[1]);
};
const starts = (basket: Basket): number[] => basket.items.map(one => one.start);
const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 5));

let basket: Basket;

beforeEach(async () => {
  kept = new Map();
  shared = new Kept();
  basket = tab();
  await basket.open('ws');
});

it('holds a passage once', () => {
  expect(basket.add(passage(1))).toBe(true);
  expect(basket.add(passage(1))).toBe(false);
  expect(starts(basket)).toEqual([1]);
});

it('takes other words at the same place as a new version of the passage', async () => {
  basket.add(passage(1, '旧'));
  basket.add(passage(2));
  expect(basket.add(passage(1, '新'))).toBe(true);
  expect(basket.items.map(one => one.seen)).toEqual(['新', undefined]);
  await settled();
  expect(shared.items.map(one => one.seen)).toEqual(['新', undefined]);
});

it('moves within its ends and never beyond', async () => {
  [1, 2, 3].forEach(start => basket.add(passage(start)));
  basket.move(0, 2);
  expect(starts(basket)).toEqual([2, 3, 1]);
  basket.move(0, 3);
  basket.move(5, 0);
  expect(starts(basket)).toEqual([2, 3, 1]);
  await settled();
  expect(shared.items.map(one => one.start)).toEqual([2, 3, 1]);
});

it('is the same in two tabs, whoever changes it', async () => {
  const other = tab();
  basket.add(passage(1));
  basket.add(passage(2));
  await settled();
  await other.open('ws');
  expect(starts(other)).toEqual([1, 2]);
  other.removeAt(0);
  basket.add(passage(3));
  await settled();
  await Promise.all([basket.refresh(), other.refresh()]);
  expect(starts(basket)).toEqual([2, 3]);
  expect(starts(other)).toEqual([2, 3]);
});

it('moves what a browser kept into the workspace, once', async () => {
  kept.set('casekit:basket:old', [passage(7), { source: 'x' }, null, { ...passage(8), seen: 3 }]);
  const other = tab();
  other.add(passage(1));
  await other.open('old');
  expect(starts(other)).toEqual([7, 1]);
  expect(kept.size).toBe(0);
  expect(shared.items.map(one => one.start)).toEqual([7, 1]);
});

it('can be emptied and filled again', async () => {
  [1, 2].forEach(start => basket.add(passage(start)));
  const before = basket.items;
  basket.set([]);
  await settled();
  expect(shared.items).toEqual([]);
  basket.set(before);
  await settled();
  expect(shared.items.map(one => one.start)).toEqual([1, 2]);
});

it('tells every change, and when it could not be kept', async () => {
  let told = 0;
  const failures: unknown[] = [];
  basket.changed.connect(() => (told += 1));
  basket.failed.connect((_, error) => failures.push(error));
  basket.add(passage(1));
  basket.add(passage(1));
  basket.removeAt(0);
  expect(told).toBe(2);
  await settled();
  shared.changeChosen = async () => Promise.reject(new Error('full'));
  basket.add(passage(2));
  await settled();
  expect(failures).toHaveLength(1);
});

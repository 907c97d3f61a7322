import { expect, it } from 'vitest';

import { type Spot, plan } from '../widgets/src/network/labels';

const spot = (id: string, x: number, links: number): Spot => ({ id, name: `名称${id}`, x, y: 0, size: 20, links });
const named = (spots: Spot[], chosen: string[] = [], near: string[] = [], zoom = 1): string[] =>
  [...plan(spots, zoom, new Set(chosen), new Set(near))].filter(([, look]) => look.label).map(([id]) => id).sort();

it('names with room all stand', () => {
  expect(named([spot('a', 0, 1), spot('b', 400, 1)])).toEqual(['a', 'b']);
});

it('of names that would overlap the better linked stands', () => {
  expect(named([spot('a', 0, 1), spot('b', 10, 5)])).toEqual(['b']);
});

it('a neighbour of the chosen goes before better linked ones, and the chosen always stands', () => {
  const crowd = [spot('a', 0, 1), spot('b', 10, 5), spot('c', 20, 2)];
  expect(named(crowd, [], ['a'])).toEqual(['a']);
  expect(named(crowd, ['a', 'c'])).toEqual(['a', 'c']);
});

it('letters grow when the drawing is far away, up to a limit', () => {
  const font = (zoom: number): number => plan([spot('a', 0, 1)], zoom, new Set(), new Set()).get('a')!.font;
  expect(font(0.5)).toBeGreaterThan(font(1));
  expect(font(0.01)).toBe(font(0.001));
});

import { describe, expect, it } from 'vitest';

import { addressOfRange, codePoints, splitAt } from '../panel/src/points';
import { el } from '../shared/dom';

// 𠮷 is one code point and two UTF-16 units
describe('code points', () => {
  it('are counted, not UTF-16 units', () => {
    expect(codePoints('𠮷野家')).toBe(3);
    expect(codePoints('𠮷野家', 2)).toBe(1);
    expect(codePoints('野𠮷家', 3)).toBe(2);
    expect(codePoints('会员', 99)).toBe(2);
  });

  it('split a text without cutting a character apart', () => {
    expect(splitAt('野𠮷家', 2)).toEqual(['野𠮷', '家']);
    expect(splitAt('会员', 0)).toEqual(['', '会员']);
    expect(splitAt('会员', 9)).toEqual(['会员', '']);
  });
});

describe('the address of what is selected', () => {
  const root = el(
    'div',
    {},
    el('span', { 'data-start': 10, 'data-end': 13 }, '𠮷野家'),
    el('span', { 'data-start': 13, 'data-end': 15 }, '会员'),
    el('span', { 'data-start': 20, 'data-end': 24 }, '网络') // converted: its text has another length
  );
  document.body.append(root);
  const text = (i: number): Node => root.children[i]!.firstChild!;
  const selected = (from: Node, start: number, to: Node, end: number): ReturnType<typeof addressOfRange> => {
    const range = document.createRange();
    range.setStart(from, start);
    range.setEnd(to, end);
    return addressOfRange(root, range);
  };

  it('counts code points within a piece', () => {
    expect(selected(text(0), 2, text(0), 3)).toEqual({ start: 11, end: 12 });
  });

  it('spans pieces', () => {
    expect(selected(text(0), 3, text(1), 1)).toEqual({ start: 12, end: 14 });
  });

  it('takes a converted piece whole', () => {
    expect(selected(text(2), 1, text(2), 2)).toEqual({ start: 20, end: 24 });
  });

  it('is none for a border that is merely touched, and for nothing', () => {
    expect(selected(text(0), 4, text(1), 0)).toBeNull();
    expect(selected(text(1), 1, text(1), 1)).toBeNull();
  });
});

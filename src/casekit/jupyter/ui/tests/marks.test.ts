import { expect, it } from 'vitest';

import type { Mark, Piece, SourceView } from '../panel/src/api';
import { familyOf, markId, markTypes } from '../panel/src/marks';
import { setLanguage } from '../panel/src/strings';

const mark = (type: string, kind: string, id: string): Mark => ({ type, kind, id, label: id }) as Mark;
const piece = (marks: Mark[], rule?: string): Piece =>
  ({ start: 0, end: 1, text: '字', marks, cut: rule ? { rule, reason: '' } : null }) as unknown as Piece;
const view = (...blocks: Piece[][]): SourceView => ({ blocks: blocks.map(pieces => ({ pieces })) }) as unknown as SourceView;

it('names have the colour of their facet, unknown types one of their own', () => {
  expect([familyOf('brand'), familyOf('product'), familyOf('festival')]).toEqual(['company', 'tool', 'other']);
  expect(markId(mark('figure', 'target', 'f'))).toBe('figure');
});

it('a thing marked over several pieces counts once, a second place again', () => {
  setLanguage('en');
  const name = mark('mention', 'company', 'walmart');
  const told = markTypes(view([piece([name]), piece([name, mark('figure', '', 'f1')]), piece([]), piece([name])]));
  expect(told.map(one => [one.id, one.count])).toEqual([
    ['company', 2],
    ['figure', 1]
  ]);
});

it('cuts count by rule and adjoining pieces of one cut are one', () => {
  const told = markTypes(view([piece([], 'related'), piece([], 'related'), piece([], 'nav')]));
  expect(told.map(one => [one.id, one.count])).toEqual([['cut', 2]]);
});

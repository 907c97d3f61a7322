import { expect, it } from 'vitest';

import type { Candidate } from '../panel/src/api';
import { decided, hanging } from '../panel/src/reviewview';
import { setLanguage } from '../panel/src/strings';

const row = (name: string, text = name, figures = 0, relations = 0): Candidate => ({
  name,
  text,
  type: 'company',
  count: 1,
  sources: 1,
  figures,
  relations,
  contexts: []
});

it('what is merged into a candidate is undone together with it', () => {
  const rows = [row('禾朗轩', '禾朗軒'), row('禾朗')];
  expect(decided(rows, ['禾朗'], '禾朗轩')).toEqual(['禾朗', '禾朗轩']);
  expect(decided(rows, ['禾朗'], '禾朗軒')).toEqual(['禾朗', '禾朗轩', '禾朗軒']);
  expect(decided(rows, ['禾朗'], '沃尔玛')).toEqual(['禾朗']);
  expect(decided(rows, ['禾朗'], '')).toEqual(['禾朗']);
});

it('what hangs on a candidate is said, also when nothing does', () => {
  setLanguage('en');
  expect(hanging(row('甲', '甲', 3, 1))).toBe('3 figures, 1 relations');
  expect(hanging(row('甲'))).toBe('No figure or relation');
});

import { expect, it } from 'vitest';

import type { Candidate, Decided } from '../panel/src/api';
import { hanging, writtenOf } from '../panel/src/reviewview';
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

it('undoing takes back all that was written, also a candidate that was accepted with what is merged into it', () => {
  const told: Decided[] = [
    { name: '禾朗轩', verdict: 'accept', type: 'company', into: null },
    { name: '禾朗', verdict: 'merge', type: null, into: '禾朗轩' },
    { name: '小禾', verdict: 'undo', type: null, into: null }
  ];
  expect(writtenOf(told)).toEqual(['禾朗轩', '禾朗']);
});

it('what hangs on a candidate is said, also when nothing does', () => {
  setLanguage('en');
  expect(hanging(row('甲', '甲', 3, 1))).toBe('3 figures, 1 relations');
  expect(hanging(row('甲'))).toBe('No figure or relation');
});

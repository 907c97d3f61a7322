import { expect, it } from 'vitest';

import { hitsOfPlaces, hitsOfReply } from '../panel/src/answers';
import type { Reply, Told } from '../panel/src/api';

const told = (more: Partial<Told>): Told => ({
  source: 'mulan',
  start: 10,
  end: 30,
  title: '木兰超市的夜场',
  date: null,
  quote: '木兰超市共有门店320家。',
  reference: '木兰超市的夜场[EB/OL].',
  locator: '',
  standing: 'original',
  says: null,
  fact: null,
  ...more
});
const fact = {
  text: '320家',
  subject: '木兰超市',
  metric: '门店',
  qualifier: '约',
  period: '',
  date_iso: null,
  kind: 'achieved',
  certainty: 'hearsay',
  claim: '已实现·传闻'
};
const reply = (more: Partial<Reply>): Reply => ({
  query: '',
  answerable: true,
  reason: null,
  expansion: [],
  factual: true,
  answers: [],
  cases: [],
  ...more
});

it('leads with the value, its qualifier and what it is of, and marks it in the sentence', () => {
  const [first, other] = hitsOfReply(reply({ answers: [told({ says: 'first', fact }), told({ says: 'other', fact: { ...fact, text: '350家' } })] }));
  expect(first!.lead).toEqual({ value: '约 320家', about: '木兰超市 · 门店', says: '' });
  expect(first!.pieces.filter(one => one.mark).map(one => one.text)).toEqual(['320家']);
  expect(first!.kinds).toEqual([{ kind: 'achieved', label: '已实现·传闻', certainty: 'hearsay' }]);
  expect(first!.reference).toBe('木兰超市的夜场[EB/OL].');
  expect(other!.lead!.says).not.toBe('');
  expect(other!.pieces).toEqual([{ text: '木兰超市共有门店320家。', mark: false }]); // its figure is spelt otherwise there
});

it('keeps the sentences of one case together', () => {
  const cases = [
    { source: 'a', title: 'A', sentences: [told({ source: 'a' }), told({ source: 'a', start: 40 })] },
    { source: 'b', title: 'B', sentences: [told({ source: 'b' })] }
  ];
  const hits = hitsOfReply(reply({ factual: false, cases }));
  expect(hits.map(one => [one.source, one.rank, one.follows])).toEqual([
    ['a', 1, false],
    ['a', 2, true],
    ['b', 3, false]
  ]);
});

it('shows an exact place with what stands around it', () => {
  const place = { source: 'a', start: 5, end: 7, title: 'A', date: '2020', left: '引导', match: '购买', right: '新品', locator: 'B7' };
  const [hit] = hitsOfPlaces({ count: 1, sources: 1, places: [place] });
  expect(hit!.pieces.map(one => one.text)).toEqual(['…引导', '购买', '新品…']);
  expect([hit!.start, hit!.end, hit!.heading]).toEqual([5, 7, ['B7']]);
});

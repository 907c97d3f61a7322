import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Api, Query, SearchResult } from '../panel/src/api';
import { Search } from '../panel/src/search';

interface Asked {
  query: Query;
  signal: AbortSignal;
  answer(result: object): void;
  fail(error: unknown): void;
}

let asked: Asked[];
let search: Search;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  const found = { count: 0, sources: 0, places: [] };
  const api = {
    reply: (query: Query, signal: AbortSignal) => {
      asked.push({ query, signal, answer: () => undefined, fail: () => undefined });
      return Promise.resolve({ query: '', answerable: false, reason: '没有', expansion: [], factual: true, answers: [], cases: [] });
    },
    places: (query: Query, signal: AbortSignal) => {
      asked.push({ query, signal, answer: () => undefined, fail: () => undefined });
      return Promise.resolve(found);
    },
    search: (query: Query, signal: AbortSignal) =>
      new Promise<SearchResult>((answer, fail) => {
        asked.push({ query, signal, answer: answer as (result: object) => void, fail });
      })
  };
  search = new Search(api as unknown as Api);
});

afterEach(() => void vi.useRealTimers());

const later = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(100));

it('asks once when typing pauses', async () => {
  for (const text of ['会', '会员', '会员 ']) {
    search.type(text);
  }
  expect(asked).toHaveLength(0);
  await later();
  expect(asked.map(one => one.query['q'])).toEqual(['会员']);
});

it('never shows the answer of an older query', async () => {
  search.type('会员', { now: true });
  search.type('导购', { now: true });
  expect(asked[0]!.signal.aborted).toBe(true);
  asked[1]!.answer({ hits: ['new'] });
  asked[0]!.answer({ hits: ['old'] });
  await later();
  expect(search.result).toEqual({ hits: ['new'] });
  expect(search.status).toBe('done');
});

it('tells what went wrong and forgets the hits of before', async () => {
  search.type('会员', { now: true });
  asked[0]!.answer({ hits: [] });
  await later();
  search.type('导购', { now: true });
  asked[1]!.fail(new Error('断线'));
  await later();
  expect([search.status, search.result, search.error?.message]).toEqual(['failed', null, 'Error: 断线']);
});

it('is idle when nothing is left to search with', async () => {
  search.type('会员', { now: true });
  search.type('  ', { now: true });
  await later();
  expect(search.status).toBe('idle');
});

it('has one year at a time, and any number of names', () => {
  const filter = (facet: string, value: string): { facet: string; value: string; label: string } => ({ facet, value, label: value });
  for (const one of [filter('company', '沃尔玛'), filter('year', '2019'), filter('tool', '扫码购'), filter('year', '2020')]) {
    search.toggle(one);
  }
  const last = asked[asked.length - 1]!.query;
  expect([last['naming'], last['since'], last['until']]).toEqual([['沃尔玛', '扫码购'], '2020', '2020']);
  search.toggle(filter('year', '2020'));
  expect(search.filters.map(one => one.value)).toEqual(['沃尔玛', '扫码购']);
});

it('comes back from a saved search as it was', () => {
  const filters = [
    { facet: 'company', value: 'walmart', label: '沃尔玛' },
    { facet: 'kind', value: 'target', label: 'target' }
  ];
  filters.forEach(one => search.toggle(one));
  search.type('会员 门店');
  search.setMode('find');
  search.setWay('near');
  search.setNear(7);
  const saved = search.saved();
  expect(saved.filters).toEqual({ company: ['walmart\t沃尔玛'], kind: ['target'] });
  search.clearFilters();
  search.setMode('ask');
  search.setWay('regex');
  search.setNear(3);
  search.open({ id: 's-1', name: '一', ...saved });
  expect([search.text, search.filters]).toEqual(['会员 门店', filters]);
  expect([search.mode, search.way, search.near]).toEqual(['find', 'near', 7]);
});

it('asks a question with the filters, once it is written', async () => {
  search.setMode('ask');
  search.toggle({ facet: 'certainty', value: 'hearsay', label: '传闻' });
  search.type('有多少会员');
  await later();
  expect(asked).toHaveLength(0); // half a question is none
  await vi.advanceTimersByTimeAsync(300);
  expect([asked[0]!.query['question'], asked[0]!.query['certainty'], asked[0]!.query['q']]).toEqual(['有多少会员', ['hearsay'], undefined]);
  expect([search.result?.answerable, search.result?.message]).toEqual([false, '没有']);
});

it('finds exact places in the way chosen', async () => {
  search.setMode('find');
  search.type('会员 导购', { now: true });
  search.setWay('near');
  search.setNear(5);
  search.setWay('regex');
  await later();
  const [phrase, near, nearer, regex] = asked.map(one => one.query);
  expect([phrase!['text'], phrase!['near'], near!['near'], nearer!['near'], regex!['near'], regex!['regex']]).toEqual([
    '会员 导购',
    undefined,
    10,
    5,
    undefined,
    'true'
  ]);
  expect(search.result?.places).toEqual({ count: 0, sources: 0 });
});

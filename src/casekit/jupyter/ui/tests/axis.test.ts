import { describe, expect, it } from 'vitest';

import { logTicks, niceTicks, scale, short, timeTicks, widthOf, written } from '../widgets/src/axis';

it('a scale maps its ends to its ends, also logarithmically', () => {
  const plain = scale(0, 200, 10, 110);
  expect([plain(0), plain(100), plain(200)]).toEqual([10, 60, 110]);
  const log = scale(1, 10_000, 0, 4, true);
  expect([log(1), log(100), log(10_000)]).toEqual([0, 2, 4]);
});

it('a scale of one value does not divide by nothing', () => {
  expect(scale(5, 5, 0, 100)(5)).toBe(0);
});

describe('ticks', () => {
  it('are round and within', () => {
    expect(niceTicks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(3, 97)).toEqual([20, 40, 60, 80]);
    expect(niceTicks(7, 7)).toEqual([7]);
  });

  it('of a logarithmic axis are 1, 2, 5 over few powers and powers alone over many', () => {
    expect(logTicks(10, 100)).toEqual([10, 20, 50, 100]);
    expect(logTicks(1, 1e6)).toEqual([1, 10, 100, 1000, 10_000, 100_000, 1_000_000]);
  });

  it('of time are years, months or days as there is room', () => {
    expect(timeTicks(2016, 2021, 5).map(tick => tick.label)).toEqual(['2016', '2017', '2018', '2019', '2020', '2021']);
    expect(timeTicks(2019, 2020, 4).map(tick => tick.label)).toEqual(['2019-01', '2019-04', '2019-07', '2019-10', '2020-01']);
    expect(timeTicks(2020, 2020.02, 4)[0]).toEqual({ at: 2020, label: '2020-01-01' });
  });

  it('know leap years', () => {
    const march = (year: number): number => timeTicks(year, year + 1, 12).find(tick => tick.label.endsWith('-03'))!.at - year;
    expect(march(2020)).toBeCloseTo(60 / 366, 10);
    expect(march(2019)).toBeCloseTo(59 / 365, 10);
  });
});

it('numbers are written as people do', () => {
  expect([2e7, 1.5e8, 4e12, 115].map(value => written(value, false))).toEqual(['2000万', '1.5亿', '4万亿', '115']);
  expect([2e7, 1.5e9, 400].map(value => written(value, true))).toEqual(['20M', '1.5B', '400']);
});

it('a text is cut to the room there is, whole characters only', () => {
  expect(widthOf('会员', 10)).toBe(20);
  expect(short('会员', 20, 10)).toBe('会员');
  expect(short('会员数字化', 35, 10)).toBe('会员…');
});

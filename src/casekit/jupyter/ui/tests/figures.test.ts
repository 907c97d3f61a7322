import { expect, it } from 'vitest';

import { type Figure, dashes, hollow, inWords } from '../widgets/src/figures';
import { corners, icon } from '../widgets/src/shapes';

const figure = (about: Partial<Figure>): Figure =>
  ({
    subject: '步步高', metric: '会员', told: '1000万', date: '', period: '', kind: 'achieved', kind_label: '已实现',
    certainty: 'stated', certainty_label: '明确陈述', claim: '已实现·明说', mark: '', ...about
  }) as Figure;

it('only what was reached and stated is drawn full', () => {
  expect(hollow(figure({}))).toBe(false);
  for (const about of [{ kind: 'target' }, { kind: 'estimate' }, { certainty: 'hearsay' }, { certainty: 'expected' }]) {
    expect(hollow(figure(about))).toBe(true);
  }
});

it('hearsay is dotted, a target dashed', () => {
  expect([figure({}), figure({ kind: 'target' }), figure({ certainty: 'hearsay' })].map(dashes)).toEqual(['', '5 3', '2 2']);
});

it('is told in words without what is not known', () => {
  expect(inWords(figure({}))).toBe('步步高 · 会员 · 1000万 · 已实现·明说');
  expect(inWords(figure({ certainty: 'hearsay', claim: '据说达到', mark: '转述', period: '2019年' }))).toBe(
    '步步高 · 会员 · 1000万 · 2019年 · 据说达到 · 转述'
  );
});

it('signs have their corners, a hollow one is an outline', () => {
  expect(corners('triangle')).toHaveLength(6);
  expect(corners('ring')).toBeUndefined();
  expect(icon('triangle', 'red').firstElementChild?.getAttribute('fill')).toBe('red');
  expect(icon('triangle', 'red', true).firstElementChild?.getAttribute('stroke')).toBe('red');
});

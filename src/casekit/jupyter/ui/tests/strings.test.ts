import { expect, it } from 'vitest';

import { setLanguage, t } from '../panel/src/strings';
import panel from '../panel/src/strings.ts?raw';
import { say, speak } from '../widgets/src/strings';
import widgets from '../widgets/src/strings.ts?raw';

it('speaks Chinese and English, with numbers grouped and names as they are', () => {
  setLanguage('zh');
  expect(t('withCount', '沃尔玛', 1200)).toBe('沃尔玛，1,200 段');
  setLanguage('en');
  expect(t('withCount', 'Walmart', 3)).toBe('Walmart, 3 passages');
});

it('a missing value stays visible instead of becoming "undefined"', () => {
  expect(t('withCount', 'Walmart')).toContain('{1}');
});

it('widgets speak Chinese unless English is asked for', () => {
  speak('zh-CN');
  expect(say('nothing')).toBe('没有可显示的内容');
  speak('en');
  expect(say('nothing')).toBe('nothing to show');
});

it.each([['panel', panel], ['widgets', widgets]])('Chinese of the %s has full-width punctuation', (_, text) => {
  const chinese = [...text.matchAll(/: \[(["'])(.*?)\1,/g)].map(found => found[2]!).filter(one => /[\u4e00-\u9fff]/.test(one));
  expect(chinese.length).toBeGreaterThan(50);
  expect(chinese.filter(one => /[\u4e00-\u9fff][,;:?!()]|[,;:?!(][\u4e00-\u9fff]/.test(one))).toEqual([]);
});

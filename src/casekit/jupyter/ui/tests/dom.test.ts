import { describe, expect, it, vi } from 'vitest';

import { append, el, fill, freshId, isComposing, svg } from '../shared/dom';

describe('el', () => {
  it('puts text in as text, whatever it looks like', () => {
    const node = el('p', {}, '<b>粗体</b>', ' & 更多');
    expect(node.textContent).toBe('<b>粗体</b> & 更多');
    expect(node.children).toHaveLength(0);
  });

  it('leaves out attributes that are null, undefined or false and writes true as empty', () => {
    const node = el('button', { type: 'button', hidden: true, title: null, lang: undefined, disabled: false, tabindex: 0 });
    expect(node.outerHTML).toBe('<button type="button" hidden="" tabindex="0"></button>');
  });

  it('makes listeners of on… functions', () => {
    const pressed = vi.fn();
    el('button', { onclick: pressed }).click();
    expect(pressed).toHaveBeenCalledOnce();
  });

  it('refuses a listener that would never be called', () => {
    expect(() => el('button', { click: () => undefined })).toThrow('click');
  });

  it('skips absent children and keeps the order of the others', () => {
    expect(el('p', {}, 'a', null, el('b', {}, 'c'), false, undefined, 'd').innerHTML).toBe('a<b>c</b>d');
  });
});

it('svg makes elements of a drawing', () => {
  expect(svg('circle', { r: 3 }).namespaceURI).toBe('http://www.w3.org/2000/svg');
});

it('fill takes the place of what was there, append adds to it', () => {
  const node = el('p', {}, 'old');
  fill(node, 'new');
  append(node, [' more']);
  expect(node.textContent).toBe('new more');
});

it('freshId never gives the same id twice', () => {
  expect(freshId('x')).not.toBe(freshId('x'));
});

it('a key that belongs to an input method is recognised, also by its code alone', () => {
  expect(isComposing(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true }))).toBe(true);
  expect(isComposing(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229 }))).toBe(true);
  expect(isComposing(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13 }))).toBe(false);
});

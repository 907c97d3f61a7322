// The basket tab: what was set aside, in order, and what becomes of it.

import { type BasketForm, addressText } from './api';
import type { Actions } from './actions';
import { button } from './buttons';
import type { Desk } from './desk';
import { el, fill } from '../../shared/dom';
import { closeIcon, downIcon, upIcon } from './icons';
import type { Passage } from './passage';
import { stateOf, troubleOf } from './states';
import { t } from './strings';

const FORMS: readonly BasketForm[] = ['notebook', 'word', 'markdown'];

export class BasketView {
  readonly node = el('div', { class: 'casekit-View casekit-Basket' });

  constructor(
    private readonly desk: Desk,
    private readonly actions: Actions
  ) {
    this.list = el('ol', { class: 'casekit-BasketList', onkeydown: (event: KeyboardEvent) => this.onKey(event) });
    desk.basket.changed.connect(() => this.show());
    desk.stateChanged.connect(() => this.show());
    this.show();
  }

  focus(): void {
    (this.list.querySelector<HTMLElement>('[tabindex="0"]') ?? this.node.querySelector<HTMLElement>('button'))?.focus();
  }

  private show(): void {
    const { desk } = this;
    const trouble = troubleOf(desk);
    if (trouble) {
      fill(this.node, trouble);
      return;
    }
    const items = desk.basket.items;
    if (items.length === 0) {
      fill(this.node, stateOf(t('basketEmpty'), t('basketEmptyTip')), this.heard);
      this.file = null;
      return;
    }
    this.list.setAttribute('aria-label', t('basketList'));
    fill(this.list, ...items.map((item, i) => this.item(item, i, items.length)));
    fill(this.node, el('div', { class: 'casekit-Scroll' }, this.list), this.maker(), this.heard);
  }

  private item(item: Passage, index: number, count: number): HTMLElement {
    const { basket } = this.desk;
    const move = (to: number, key: 'up' | 'down'): void => {
      basket.move(index, to);
      this.heard.textContent = t('moved', to + 1);
      this.list.children[to]?.querySelector<HTMLElement>(`[data-move="${key}"]:not(:disabled)`)?.focus();
    };
    const up = button({ label: t('moveUp'), icon: upIcon, key: 'Alt+ArrowUp', onClick: () => move(index - 1, 'up') });
    const down = button({ label: t('moveDown'), icon: downIcon, key: 'Alt+ArrowDown', onClick: () => move(index + 1, 'down') });
    up.dataset['move'] = 'up';
    down.dataset['move'] = 'down';
    up.disabled = index === 0;
    down.disabled = index === count - 1;
    return el(
      'li',
      {
        class: 'casekit-BasketItem',
        tabindex: index === 0 ? 0 : -1,
        'data-index': index,
        onfocus: () => this.desk.choose(item),
        ondblclick: () => this.actions.open(item)
      },
      el('span', { class: 'casekit-BasketItem-number', 'aria-hidden': 'true' }, String(index + 1)),
      el(
        'div',
        { class: 'casekit-BasketItem-body' },
        el(
          'button',
          { type: 'button', class: 'casekit-BasketItem-title', title: t('cmdOpen'), onclick: () => this.actions.open(item) },
          item.title
        ),
        el('p', { class: 'casekit-BasketItem-text', lang: 'zh' }, item.text),
        el('p', { class: 'casekit-Hit-address' }, addressText(item))
      ),
      el(
        'div',
        { class: 'casekit-BasketItem-tools' },
        up,
        down,
        button({ label: t('remove'), icon: closeIcon, key: 'Delete', onClick: () => this.remove(index) })
      )
    );
  }

  private maker(): HTMLElement {
    const { desk } = this;
    const title = el('input', {
      type: 'text',
      class: 'casekit-Input',
      value: this.title || t('basketTitleDefault'),
      oninput: () => (this.title = title.value)
    });
    const form = el(
      'select',
      { class: 'casekit-Input', onchange: () => (this.form = form.value as BasketForm) },
      ...FORMS.map(one =>
        el(
          'option',
          { value: one, selected: one === this.form },
          t(one === 'notebook' ? 'formNotebook' : one === 'word' ? 'formWord' : 'formMarkdown')
        )
      )
    );
    const style = el(
      'select',
      { class: 'casekit-Input', onchange: () => (desk.style = style.value) },
      ...(desk.state?.styles ?? []).map(one => el('option', { value: one.id, selected: one.id === desk.style }, one.name))
    );
    const make = button({
      label: t('basketMake'),
      wordy: true,
      className: 'casekit-mod-main',
      onClick: () => void this.make(make, title.value.trim() || t('basketTitleDefault'))
    });
    const clear = button({ label: t('basketClear'), wordy: true, onClick: () => this.clear() });
    return el(
      'div',
      { class: 'casekit-Maker' },
      el('label', {}, el('span', {}, t('basketTitle')), title),
      el('label', {}, el('span', {}, t('basketForm')), form),
      el('label', {}, el('span', {}, t('basketStyle')), style),
      el('div', { class: 'casekit-Row' }, make, clear),
      this.file
    );
  }

  private async make(maker: HTMLButtonElement, title: string): Promise<void> {
    const { desk } = this;
    maker.disabled = true;
    maker.textContent = t('making');
    const path = await desk.trying(() => desk.api.basket(desk.basket.items, this.form, title, desk.style));
    if (path !== undefined) {
      await this.offer(path);
      this.heard.textContent = t('made', path);
    }
    this.show();
  }

  /** Open what can be opened here; anything else is offered for download. */
  private async offer(path: string): Promise<void> {
    const { desk } = this;
    if (path.endsWith('.ipynb') || path.endsWith('.md')) {
      desk.documents.openOrReveal(path);
    }
    const url = await desk.app.serviceManager.contents.getDownloadUrl(path);
    this.file = el(
      'p',
      { class: 'casekit-Made' },
      t('made', path),
      ' ',
      el('a', { class: 'casekit-Link', href: url, download: path.split('/').pop() ?? path }, t('download'))
    );
  }

  private remove(index: number): void {
    const { basket } = this.desk;
    const item = basket.items[index];
    if (!item) {
      return;
    }
    basket.removeAt(index);
    this.focusItem(Math.min(index, basket.items.length - 1));
    this.desk.tellUndoable(t('basketRemoved'), () => void basket.add(item, index));
  }

  private clear(): void {
    const { basket } = this.desk;
    const items = basket.items;
    basket.set([]);
    this.desk.tellUndoable(t('basketCleared'), () => basket.set(items));
  }

  private focusItem(index: number): void {
    for (const item of this.list.querySelectorAll<HTMLElement>('.casekit-BasketItem')) {
      const here = Number(item.dataset['index']) === index;
      item.tabIndex = here ? 0 : -1;
      if (here) {
        item.focus();
      }
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.casekit-BasketItem')) {
      return;
    }
    const index = Number(event.target.dataset['index']);
    const { basket } = this.desk;
    const to = event.key === 'ArrowUp' ? index - 1 : event.key === 'ArrowDown' ? index + 1 : null;
    if (to !== null && to >= 0 && to < basket.items.length) {
      if (event.altKey) {
        basket.move(index, to);
        this.heard.textContent = t('moved', to + 1);
      }
      this.focusItem(to);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.remove(index);
    } else if (event.key === 'Enter') {
      const item = basket.items[index];
      if (item) {
        this.actions.open(item);
      }
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private readonly list: HTMLElement;
  private readonly heard = el('span', { class: 'casekit-Hidden', role: 'status', 'aria-live': 'polite' });
  private title = '';
  private form: BasketForm = 'notebook';
  private file: HTMLElement | null = null;
}

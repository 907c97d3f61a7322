// The list of hits: one article each, one of them in the tab order, arrows between them.

import { type Hit, addressText } from './api';
import { type Actions, actionRow } from './actions';
import type { Desk } from './desk';
import { letDrag } from './dragging';
import { el, fill, freshId } from '../../shared/dom';
import { dragIcon } from './icons';
import { type Passage, passageOf, sameAddress } from './passage';
import { language, t } from './strings';

/** Longer quotations are folded, in UTF-16 units. */
const FOLD_CHARS = 140;

export class HitList {
  readonly node: HTMLElement;

  constructor(
    private readonly desk: Desk,
    private readonly actions: Actions,
    private readonly leave: () => void
  ) {
    this.node = el('ol', {
      class: 'casekit-Hits',
      'aria-label': t('results'),
      onkeydown: (event: KeyboardEvent) => this.onKey(event),
      onfocusin: (event: FocusEvent) => this.onFocus(event),
      onpointerover: (event: PointerEvent) => this.equip(event.target),
      ondblclick: (event: MouseEvent) => this.onDoubleClick(event)
    });
    letDrag(this.node, desk, target => this.passageAt(target));
  }

  /** Show these hits in place of the former ones. */
  show(hits: readonly Hit[]): void {
    this.hits = hits;
    this.node.setAttribute('aria-label', t('results'));
    fill(this.node, ...hits.map((hit, i) => el('li', {}, this.article(hit, i))));
    this.desk.choose(hits[0] ? passageOf(hits[0]) : null);
  }

  get isEmpty(): boolean {
    return this.hits.length === 0;
  }

  /** Move the focus to a hit. */
  focus(index = 0): boolean {
    const articles = this.articles();
    const article = articles[Math.max(0, Math.min(index, articles.length - 1))];
    article?.focus();
    article?.scrollIntoView({ block: 'nearest' });
    return article !== undefined;
  }

  private article(hit: Hit, index: number): HTMLElement {
    const titleId = freshId('hit');
    const text = hit.pieces.map(piece => piece.text).join('');
    const quote = el(
      'p',
      { class: 'casekit-Hit-quote', lang: 'zh' },
      ...hit.pieces.map(piece => (piece.mark ? el('mark', {}, piece.text) : piece.text))
    );
    const heading = hit.heading.filter(one => one !== '').join(' › ');
    const article = el(
      'article',
      {
        class: hit.follows ? 'casekit-Hit casekit-mod-follows' : 'casekit-Hit',
        tabindex: index === 0 ? 0 : -1,
        draggable: 'true',
        'data-index': index,
        'aria-labelledby': titleId
      },
      el(
        'header',
        { class: 'casekit-Hit-head' },
        el('h4', { class: 'casekit-Hit-title', id: titleId, title: hit.title }, hit.title),
        hit.date ? el('time', { class: 'casekit-Hit-date' }, hit.date) : null,
        dragIcon.element({ tag: 'span', className: 'casekit-Icon casekit-Hit-grip', title: t('drag') })
      ),
      heading ? el('p', { class: 'casekit-Hit-heading', lang: 'zh' }, heading) : null,
      hit.lead ? leadOf(hit.lead) : null,
      quote,
      text.length > FOLD_CHARS ? this.folding(quote) : null,
      hit.told ? el('p', { class: 'casekit-Hit-told', 'data-standing': hit.standing }, hit.told) : null,
      hit.reference ? el('p', { class: 'casekit-Hit-reference', lang: 'zh' }, hit.reference) : null,
      this.foot(hit),
      el('div', { class: 'casekit-Hit-bar' }, this.why(hit))
    );
    return article;
  }

  private folding(quote: HTMLElement): HTMLElement {
    quote.classList.add('casekit-mod-folded');
    const toggle = el(
      'button',
      {
        type: 'button',
        class: 'casekit-Link',
        'aria-expanded': 'false',
        onclick: () => {
          const folded = quote.classList.toggle('casekit-mod-folded');
          toggle.textContent = folded ? t('more') : t('less');
          toggle.setAttribute('aria-expanded', String(!folded));
        }
      },
      t('more')
    );
    return toggle;
  }

  private foot(hit: Hit): HTMLElement {
    return el(
      'p',
      { class: 'casekit-Hit-foot' },
      ...hit.kinds.map(({ kind, label, certainty }) =>
        el('span', { class: 'casekit-Badge', 'data-kind': kind, 'data-certainty': certainty }, label)
      ),
      hit.notes > 0 ? el('span', { class: 'casekit-Badge casekit-mod-note' }, t('noteCount', hit.notes)) : null,
      ...hit.tags.map(tag => el('span', { class: 'casekit-Badge casekit-mod-note' }, `#${tag}`)),
      el('span', { class: 'casekit-Hit-address' }, addressText(hit))
    );
  }

  private why(hit: Hit): HTMLElement | null {
    if (hit.why.length === 0) {
      return null;
    }
    return el(
      'details',
      { class: 'casekit-Why' },
      el('summary', {}, t('why')),
      el(
        'dl',
        { lang: language() === 'zh' ? 'zh' : 'en' },
        ...hit.why.flatMap(one => [el('dt', {}, one.label), el('dd', {}, one.text)])
      )
    );
  }

  private articles(): HTMLElement[] {
    return Array.from(this.node.querySelectorAll<HTMLElement>('.casekit-Hit'));
  }

  private indexAt(target: Element | null): number {
    return Number(target?.closest<HTMLElement>('.casekit-Hit')?.dataset['index'] ?? -1);
  }

  private passageAt(target: Element): Passage | null {
    const hit = this.hits[this.indexAt(target)];
    return hit ? passageOf(hit) : null;
  }

  /** Give a hit its buttons, once it is pointed at or in focus: twenty rows of them would delay the hits. */
  private equip(target: EventTarget | null): void {
    const article = target instanceof Element ? target.closest<HTMLElement>('.casekit-Hit') : null;
    const bar = article?.querySelector('.casekit-Hit-bar');
    const passage = article ? this.passageAt(article) : null;
    if (bar && passage && !bar.querySelector('.casekit-Actions')) {
      bar.append(actionRow(this.actions, passage, 'hit'));
    }
  }

  private onFocus(event: FocusEvent): void {
    this.equip(event.target);
    if (!(event.target instanceof Element)) {
      return;
    }
    const passage = this.passageAt(event.target);
    if (!passage) {
      return;
    }
    const index = this.indexAt(event.target);
    this.articles().forEach((article, i) => article.setAttribute('tabindex', i === index ? '0' : '-1'));
    if (!this.desk.current || !sameAddress(this.desk.current, passage)) {
      this.desk.choose(passage);
    }
  }

  private onDoubleClick(event: MouseEvent): void {
    if (event.target instanceof Element && !event.target.closest('button, summary, details')) {
      const passage = this.passageAt(event.target);
      if (passage) {
        this.actions.open(passage);
      }
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) {
      return;
    }
    const index = this.indexAt(event.target);
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: this.hits.length - 1
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      if (to < 0) {
        this.leave();
      } else {
        this.focus(to);
      }
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.leave();
    } else if (event.key === 'Enter' && event.target.matches('.casekit-Hit')) {
      event.preventDefault();
      event.stopPropagation();
      const passage = this.passageAt(event.target);
      if (passage) {
        this.actions.open(passage);
      }
    }
  }

  private hits: readonly Hit[] = [];
}

/** The value that answers, before the sentence that says so. */
function leadOf({ value, about, says }: NonNullable<Hit['lead']>): HTMLElement {
  return el(
    'p',
    { class: 'casekit-Hit-lead', lang: 'zh' },
    says ? el('small', {}, says) : null,
    el('b', {}, value),
    about ? el('span', {}, about) : null
  );
}

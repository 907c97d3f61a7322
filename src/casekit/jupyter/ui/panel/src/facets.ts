// Facets: one row of disclosures with counts, and the chosen values as chips.

import type { Facet } from './api';
import { el, fill, freshId } from '../../shared/dom';
import { closeIcon } from './icons';
import type { Filter, Search } from './search';
import { t } from './strings';

/** Values shown before "more". */
const SHOWN = 12;

export class FacetBar {
  readonly node = el('div', { class: 'casekit-Facets', role: 'group' });

  constructor(private readonly search: Search) {}

  show(facets: readonly Facet[]): void {
    const shown = facets.filter(facet => facet.values.length > 0);
    const hadFocus = this.node.contains(document.activeElement) ? document.activeElement : null;
    const focused = hadFocus?.getAttribute('data-focus') ?? null;
    this.node.setAttribute('aria-label', t('filters'));
    this.node.hidden = shown.length === 0 && this.search.filters.length === 0;
    const row = el('div', { class: 'casekit-Facets-row' });
    const open = shown.find(facet => facet.facet === this.open);
    const panelId = freshId('facet');
    for (const facet of shown) {
      const expanded = facet === open;
      const count = facet.values.filter(value => value.chosen).length;
      row.appendChild(
        el(
          'button',
          {
            type: 'button',
            class: 'casekit-Facet',
            'data-focus': facet.facet,
            'aria-expanded': String(expanded),
            'aria-controls': expanded ? panelId : null,
            onclick: () => {
              this.open = expanded ? null : facet.facet;
              this.show(facets);
            }
          },
          facet.label,
          count > 0 ? el('span', { class: 'casekit-Facet-count' }, String(count)) : null
        )
      );
    }
    const noted = this.search.filters.some(one => one.facet === 'notes');
    row.appendChild(
      el(
        'button',
        {
          type: 'button',
          class: 'casekit-Facet casekit-mod-toggle',
          'data-focus': 'notes',
          'aria-pressed': String(noted),
          onclick: () => this.search.toggle({ facet: 'notes', value: '1', label: t('withNotes') })
        },
        t('withNotes')
      )
    );
    fill(this.node, row, open ? this.values(open, panelId, facets) : null);
    if (focused) {
      this.node.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  private values(facet: Facet, id: string, facets: readonly Facet[]): HTMLElement {
    const all = this.whole === facet.facet;
    const values = all ? facet.values : facet.values.slice(0, SHOWN);
    const rest = facet.values.length - values.length;
    return el(
      'div',
      { class: 'casekit-Facet-values', id, role: 'group', 'aria-label': facet.label },
      ...values.map(({ value, label, count, chosen, retold }) =>
        el(
          'button',
          {
            type: 'button',
            class: 'casekit-Value',
            'data-focus': `${facet.facet}:${value}`,
            'aria-pressed': String(chosen),
            'aria-label': retold ? `${label} · ${counted(count, retold)}` : t('withCount', label, count),
            onclick: () => this.search.toggle({ facet: facet.facet, value, label })
          },
          el('span', { class: 'casekit-Value-label' }, label),
          el('span', { class: 'casekit-Value-count' }, counted(count, retold))
        )
      ),
      rest > 0 || all
        ? el(
            'button',
            {
              type: 'button',
              class: 'casekit-Link',
              onclick: () => {
                this.whole = all ? null : facet.facet;
                this.show(facets);
              }
            },
            all ? t('showFewer') : t('showMore', rest)
          )
        : null
    );
  }

  private open: string | null = null;
  private whole: string | null = null;
}

/** The chosen filters, each removable. */
export function chips(search: Search): HTMLElement | null {
  if (search.filters.length === 0) {
    return null;
  }
  const chip = (filter: Filter): HTMLElement =>
    el(
      'button',
      {
        type: 'button',
        class: 'casekit-Chip',
        'aria-label': t('removeFilter', filter.label),
        title: t('removeFilter', filter.label),
        onclick: () => search.toggle(filter)
      },
      el('span', {}, filter.label),
      closeIcon.element({ tag: 'span', className: 'casekit-Icon' })
    );
  return el(
    'div',
    { class: 'casekit-Chips', role: 'group', 'aria-label': t('chosenFilters') },
    ...search.filters.map(chip),
    search.filters.length > 1
      ? el('button', { type: 'button', class: 'casekit-Link', onclick: () => search.clearFilters() }, t('clearFilters'))
      : null
  );
}

/** How many passages of originals have a value, and of retellings that stand in for theirs. */
function counted(count: number, retold: number): string {
  return [count > 0 || !retold ? String(count) : '', retold ? t('retoldCount', retold) : ''].filter(Boolean).join(' · ');
}

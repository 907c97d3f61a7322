// The side panel: search, basket, notes, codes and review as tabs.

import { type Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

import type { Actions } from './actions';
import { BasketView } from './basketview';
import { CodesView } from './codesview';
import type { Desk } from './desk';
import { el } from '../../shared/dom';
import { panelIcon } from './icons';
import { NotesView } from './notesview';
import { ReviewView } from './reviewview';
import { SearchView } from './searchview';
import { type Key, t } from './strings';

export type TabName = 'search' | 'basket' | 'notes' | 'codes' | 'review';

interface View {
  node: HTMLElement;
  focus(): void;
}

const TABS: readonly { name: TabName; label: Key }[] = [
  { name: 'search', label: 'tabSearch' },
  { name: 'basket', label: 'tabBasket' },
  { name: 'notes', label: 'tabNotes' },
  { name: 'codes', label: 'tabCodes' },
  { name: 'review', label: 'tabReview' }
];

export class CasePanel extends Widget {
  constructor(
    private readonly desk: Desk,
    actions: Actions
  ) {
    super();
    this.id = 'casekit-panel';
    this.addClass('casekit-Panel');
    this.title.icon = panelIcon;
    this.search = new SearchView(desk, actions);
    this.notes = new NotesView(desk, actions);
    this.codes = new CodesView(desk, actions);
    this.review = new ReviewView(desk, actions);
    this.views = {
      search: this.search,
      basket: new BasketView(desk, actions),
      notes: this.notes,
      codes: this.codes,
      review: this.review
    };
    this.tabs = el('div', { class: 'casekit-Tabs', role: 'tablist', onkeydown: (event: KeyboardEvent) => this.onTabKey(event) });
    this.node.append(this.tabs);
    for (const { name } of TABS) {
      const view = this.views[name].node;
      view.id = `casekit-view-${name}`;
      view.setAttribute('role', 'tabpanel');
      view.setAttribute('aria-labelledby', `casekit-tab-${name}`);
      const tab = el('button', {
        type: 'button',
        role: 'tab',
        id: `casekit-tab-${name}`,
        class: 'casekit-Tab',
        'aria-controls': view.id,
        onclick: () => this.choose(name)
      });
      this.tabs.append(tab);
      this.node.append(view);
    }
    this.choose('search');
    this.label();
    desk.stateChanged.connect(() => this.label());
    desk.basket.changed.connect(() => this.label());
  }

  /** Bring a tab to the front. */
  choose(name: TabName): void {
    this.chosen = name;
    TABS.forEach((tab, i) => {
      const here = tab.name === name;
      this.views[tab.name].node.hidden = !here;
      const button = this.tabs.children[i];
      button?.setAttribute('aria-selected', String(here));
      button?.setAttribute('tabindex', here ? '0' : '-1');
    });
    if (name === 'notes') {
      void this.notes.load();
    } else if (name === 'codes') {
      void this.codes.load();
    } else if (name === 'review') {
      void this.review.load();
    }
  }

  /** Put the focus where one goes on in the tab in front. */
  focus(): void {
    this.views[this.chosen].focus();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.focus();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    if (!this.desk.state?.built) {
      void this.desk.refresh(); // perhaps built meanwhile
    }
  }

  private label(): void {
    this.title.caption = t('panel');
    this.title.label = t('panel');
    this.tabs.setAttribute('aria-label', t('panel'));
    TABS.forEach((tab, i) => {
      const count = tab.name === 'basket' ? this.desk.basket.items.length : 0;
      const button = this.tabs.children[i];
      button?.replaceChildren(t(tab.label), ...(count > 0 ? [el('span', { class: 'casekit-Facet-count' }, String(count))] : []));
    });
  }

  private onTabKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) {
      return;
    }
    event.preventDefault();
    const index = TABS.findIndex(tab => tab.name === this.chosen);
    const next = TABS[(index + step + TABS.length) % TABS.length];
    if (next) {
      this.choose(next.name);
      document.getElementById(`casekit-tab-${next.name}`)?.focus();
    }
  }

  private readonly search: SearchView;
  private readonly notes: NotesView;
  readonly codes: CodesView;
  private readonly review: ReviewView;
  private readonly views: Record<TabName, View>;
  private readonly tabs: HTMLElement;
  private chosen: TabName = 'search';
}

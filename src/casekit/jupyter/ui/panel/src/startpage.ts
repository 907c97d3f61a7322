// The first page: what is in the corpus, questions that work, adding, settings, a tour of a minute.

import { showErrorMessage } from '@jupyterlab/apputils';
import type { IStateDB } from '@jupyterlab/statedb';
import { Widget } from '@lumino/widgets';

import { AddZone } from './adding';
import type { Settings, StartView } from './api';
import type { Builder } from './build';
import { button } from './buttons';
import type { Desk } from './desk';
import { el, fill } from '../../shared/dom';
import { panelIcon } from './icons';
import { type Key, t } from './strings';

const TOUR_KEY = 'casekit:tour-seen';
const TOUR: readonly Key[] = ['tourSearch', 'tourQuote', 'tourBasket', 'tourReferences', 'tourBoard'];

/** What the page asks of the rest. */
export interface StartActions {
  ask(question: string): void;
  openNotebook(path: string): void;
  newNotebook(): void;
  newCase(): void;
}

export class StartPage extends Widget {
  constructor(
    private readonly desk: Desk,
    private readonly builder: Builder,
    private readonly actions: StartActions,
    private readonly db: IStateDB
  ) {
    super();
    this.id = 'casekit-start';
    this.addClass('casekit-StartPage');
    this.title.icon = panelIcon;
    this.title.closable = true;
    this.zone = new AddZone(desk, taken => {
      if (taken > 0) {
        void this.builder.start();
      }
    });
    desk.stateChanged.connect(this.load, this);
    void this.load();
    void this.builder.resume();
    void db.fetch(TOUR_KEY).then(seen => {
      this.step = seen === true ? -1 : 0;
      this.draw();
    });
  }

  override dispose(): void {
    this.desk.stateChanged.disconnect(this.load, this);
    super.dispose();
  }

  private async load(): Promise<void> {
    this.title.label = t('start');
    try {
      [this.view, this.settings] = await Promise.all([this.desk.api.start(), this.desk.api.settings_()]);
    } catch {
      this.view = null;
    }
    this.draw();
  }

  private draw(): void {
    const { state } = this.desk;
    const { view } = this;
    const count = view?.count ?? 0;
    const unbuilt = state?.unbuilt ?? 0;
    fill(
      this.node,
      el(
        'div',
        { class: 'casekit-StartPage-inner', role: 'main' },
        el('h1', {}, state?.workspace ? t('startWorkspace', state.workspace.name) : 'casekit'),
        el('p', { class: 'casekit-StartPage-sum' }, count === 0 ? t('startEmpty') : t('startSum', count, state?.passages ?? 0)),
        this.tour(),
        count > 0 && unbuilt > 0 ? this.builder.place(t('buildNow', unbuilt)) : null,
        this.examples(),
        el('h2', {}, t('add')),
        this.zone.node,
        this.cards(),
        this.corpus(),
        this.form()
      )
    );
  }

  private tour(): HTMLElement | null {
    const key = TOUR[this.step];
    if (key === undefined) {
      return null;
    }
    const seen = (): void => {
      this.step = -1;
      void this.db.save(TOUR_KEY, true);
      this.draw();
    };
    const last = this.step === TOUR.length - 1;
    const next = (): void => {
      this.step += 1;
      this.draw();
    };
    return el(
      'aside',
      { class: 'casekit-Tour', 'aria-label': t('tour') },
      el('p', {}, `${this.step + 1}/${TOUR.length} ${t(key)}`),
      el(
        'div',
        { class: 'casekit-Row' },
        button({ label: last ? t('tourEnd') : t('tourNext'), wordy: true, className: 'casekit-mod-main', onClick: last ? seen : next }),
        last ? null : button({ label: t('tourSkip'), wordy: true, onClick: seen })
      )
    );
  }

  private examples(): HTMLElement | null {
    const examples = this.view?.examples ?? [];
    if (examples.length === 0) {
      return null;
    }
    return el(
      'section',
      { 'aria-label': t('examples') },
      el('h2', {}, t('examples')),
      el(
        'div',
        { class: 'casekit-Examples' },
        ...examples.map(one => button({ label: one, wordy: true, className: 'casekit-Example', onClick: () => this.actions.ask(one) }))
      )
    );
  }

  private cards(): HTMLElement {
    const card = (label: string, tip: string, act: () => void): HTMLElement =>
      el('button', { type: 'button', class: 'casekit-Card', onclick: act }, el('b', {}, label), el('span', {}, tip));
    return el(
      'section',
      { 'aria-label': t('doNext') },
      el('h2', {}, t('doNext')),
      el(
        'div',
        { class: 'casekit-Cards' },
        card(t('newNotebook'), t('newNotebookTip'), () => this.actions.newNotebook()),
        card(t('newCase'), t('newCaseTip'), () => this.actions.newCase()),
        ...(this.view?.notebooks ?? []).map(one => card(one.title, one.path.split('/').pop() ?? '', () => this.actions.openNotebook(one.path)))
      )
    );
  }

  private corpus(): HTMLElement | null {
    const view = this.view;
    if (!view || view.count === 0) {
      return null;
    }
    return el(
      'details',
      { class: 'casekit-Corpus', open: view.count <= 12 },
      el('summary', {}, t('corpus', view.count)),
      el('ul', {}, ...view.sources.map(one => el('li', {}, one.title, el('small', {}, [one.date, one.id].filter(Boolean).join(' · ')))))
    );
  }

  private form(): HTMLElement | null {
    const now = this.settings;
    if (!now) {
      return null;
    }
    const choose = (name: string, value: string, options: readonly [string, string][]): HTMLSelectElement =>
      el(
        'select',
        { name, class: 'casekit-Input' },
        ...options.map(([key, label]) => el('option', { value: key, selected: key === value }, label))
      );
    const known = ['default', 'none'].includes(now.model) ? [] : [[now.model, now.model] as [string, string]];
    const language = choose('language', now.language, [['zh', '中文'], ['en', 'English']]);
    const model = choose('model', now.model, [['default', t('modelDefault')], ['none', t('modelNone')], ...known]);
    const script = choose('script', now.script, [['', t('scriptOwn')], ['zh-Hans', t('scriptHans')], ['zh-Hant', t('scriptHant')]]);
    const coder = el('input', { name: 'coder', class: 'casekit-Input', type: 'text', autocomplete: 'off', placeholder: t('settingCoderTip') });
    coder.value = now.coder;
    const row = (label: string, field: HTMLElement): HTMLElement => el('label', { class: 'casekit-Row' }, el('span', {}, label), field);
    const save = async (event: Event): Promise<void> => {
      event.preventDefault();
      try {
        await this.desk.api.saveSettings({ language: language.value, model: model.value, script: script.value, coder: coder.value.trim() });
        await this.desk.refresh();
        this.desk.tell(t('settingsSaved'));
      } catch (error) {
        void showErrorMessage(t('settings'), error instanceof Error ? error.message : String(error));
      }
    };
    return el(
      'details',
      { class: 'casekit-Settings' },
      el('summary', {}, t('settings')),
      el(
        'form',
        { onsubmit: (event: Event) => void save(event) },
        row(t('settingLanguage'), language),
        row(t('settingModel'), model),
        row(t('settingScript'), script),
        row(t('settingCoder'), coder),
        now.rebuild ? el('p', { class: 'casekit-State-tip' }, t('settingsRebuild')) : null,
        el('div', { class: 'casekit-Row' }, el('button', { type: 'submit', class: 'casekit-Button casekit-mod-main' }, t('saveSettings')))
      )
    );
  }

  private readonly zone: AddZone;
  private view: StartView | null = null;
  private settings: Settings | null = null;
  private step = -1;
}

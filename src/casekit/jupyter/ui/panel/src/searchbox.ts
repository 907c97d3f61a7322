// The search box: as you type, but never in the middle of an input method's composition.

import { button } from './buttons';
import { el, isComposing } from '../../shared/dom';
import { closeIcon, searchIcon, starIcon } from './icons';
import { t } from './strings';

export interface SearchBoxEvents {
  /** New words; `now` when the writer asked for the answer (Enter, the end of a composition). */
  type: (text: string, now: boolean) => void;
  /** The arrow down: on to the hits. */
  down: () => void;
  escape: () => void;
  save: () => void;
}

export class SearchBox {
  readonly node: HTMLElement;
  readonly input: HTMLInputElement;

  constructor(private readonly events: SearchBoxEvents) {
    this.input = el('input', {
      class: 'casekit-SearchBox-input',
      type: 'text',
      role: 'searchbox',
      autocomplete: 'off',
      autocorrect: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
      enterkeyhint: 'search',
      oninput: (event: InputEvent) => this.onInput(event),
      oncompositionstart: () => (this.composing = true),
      oncompositionend: () => {
        this.composing = false;
        this.told(true);
      },
      onkeydown: (event: KeyboardEvent) => this.onKey(event)
    });
    this.node = el(
      'div',
      { class: 'casekit-SearchBox', role: 'search' },
      searchIcon.element({ tag: 'span', className: 'casekit-Icon' }),
      this.input,
      this.buttons
    );
    this.label();
  }

  /** Set names and buttons in the chosen language. */
  label(): void {
    this.input.setAttribute('aria-label', t('searchLabel'));
    this.input.placeholder = t('searchHint');
    const clear = button({
      label: t('clear'),
      icon: closeIcon,
      className: 'casekit-SearchBox-clear',
      onClick: () => {
        this.set('');
        this.events.type('', true);
        this.input.focus();
      }
    });
    const save = button({ label: t('saveSearch'), icon: starIcon, className: 'casekit-SearchBox-save', onClick: () => this.events.save() });
    this.buttons.replaceChildren(clear, save); // the input stays where it is: moving it would end a composition
    this.mark();
  }

  /** Show other words without searching for them. */
  set(text: string): void {
    if (!this.composing && this.input.value !== text) {
      this.input.value = text;
    }
    this.mark();
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private onInput(event: InputEvent): void {
    this.mark();
    if (!this.composing && !event.isComposing) {
      this.told(false);
    }
  }

  private told(now: boolean): void {
    this.mark();
    this.events.type(this.input.value, now);
  }

  private mark(): void {
    this.node.classList.toggle('casekit-mod-filled', this.input.value !== '');
  }

  private onKey(event: KeyboardEvent): void {
    if (isComposing(event) || this.composing) {
      event.stopPropagation();
      return;
    }
    if (event.key === 'Enter') {
      this.told(true);
    } else if (event.key === 'ArrowDown') {
      this.events.down();
    } else if (event.key === 'Escape') {
      this.events.escape();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private readonly buttons = el('span', { class: 'casekit-SearchBox-buttons' });
  private composing = false;
}

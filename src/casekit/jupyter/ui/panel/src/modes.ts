// How the words in the box are looked for: passages by meaning, a question answered, or exact places.

import { el, fill } from '../../shared/dom';
import { MODES, type Mode, type Search, WAYS, type Way } from './search';
import { type Key, t } from './strings';

const NAMES: Record<Mode, readonly [Key, Key]> = {
  passages: ['modePassages', 'modePassagesTip'],
  ask: ['modeAsk', 'modeAskTip'],
  find: ['modeFind', 'modeFindTip']
};
const WAY_NAMES: Record<Way, readonly [Key, Key]> = {
  phrase: ['wayPhrase', 'wayPhraseTip'],
  logic: ['wayLogic', 'wayLogicTip'],
  near: ['wayNear', 'wayNearTip'],
  regex: ['wayRegex', 'wayRegexTip']
};
/** The farthest apart that near words may be, in characters. */
const MOST_APART = 200;

export class ModeBar {
  readonly node = el('div', { class: 'casekit-Modes' });

  constructor(private readonly search: Search) {
    this.show();
    search.changed.connect(() => this.show());
  }

  /** Draw it in the chosen language, where anything has changed. */
  show(): void {
    const { mode, way, near } = this.search;
    const drawn = [t('modes'), mode, way].join('|');
    if (drawn === this.drawn) {
      const apart = this.node.querySelector<HTMLInputElement>('[data-choice="apart"]');
      if (apart) {
        apart.value = String(near); // a saved search may have another
      }
      return;
    }
    const had = this.node.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset['choice'] : undefined;
    this.drawn = drawn;
    fill(
      this.node,
      choices('modes', MODES, mode, NAMES, chosen => this.search.setMode(chosen)),
      mode === 'find' ? choices('ways', WAYS, way, WAY_NAMES, chosen => this.search.setWay(chosen)) : null,
      mode === 'find' && way === 'near' ? this.apart(near) : null,
      mode === 'find' ? el('p', { class: 'casekit-Modes-tip' }, t(WAY_NAMES[way][1])) : null
    );
    if (had) {
      this.node.querySelector<HTMLElement>(`[data-choice="${had}"]`)?.focus();
    }
  }

  private apart(near: number): HTMLElement {
    const input = el('input', { class: 'casekit-Input', type: 'number', min: 1, max: MOST_APART, value: near, 'data-choice': 'apart' });
    input.addEventListener('change', () => {
      const asked = Math.round(Number(input.value));
      const kept = Math.min(MOST_APART, Math.max(1, Number.isFinite(asked) ? asked : near));
      input.value = String(kept);
      this.search.setNear(kept);
    });
    return el('label', { class: 'casekit-Modes-apart' }, t('apart'), input);
  }

  private drawn = '';
}

/** One of several, as buttons side by side; the chosen one is pressed. */
function choices<T extends string>(
  label: Key,
  all: readonly T[],
  chosen: T,
  names: Record<T, readonly [Key, Key]>,
  choose: (one: T) => void
): HTMLElement {
  return el(
    'div',
    { class: 'casekit-Modes-row', role: 'group', 'aria-label': t(label) },
    ...all.map(one =>
      el(
        'button',
        {
          type: 'button',
          class: 'casekit-Mode',
          'aria-pressed': String(one === chosen),
          'data-choice': one,
          title: t(names[one][1]),
          onclick: () => choose(one)
        },
        t(names[one][0])
      )
    )
  );
}

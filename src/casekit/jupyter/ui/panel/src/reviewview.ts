// The review tab: names that nobody has decided on yet, what hangs on each, and where it stands; figures that are nobody's.

import type { Candidate, Decided, OpenFigure, Verdict } from './api';
import { ApiError, addressText } from './api';
import type { Actions } from './actions';
import { button } from './buttons';
import type { Desk } from './desk';
import { figuresOf } from './figuresview';
import { el, fill } from '../../shared/dom';
import { failureOf, stateOf, troubleOf } from './states';
import { t } from './strings';

export class ReviewView {
  readonly node = el('div', { class: 'casekit-View casekit-Review' });

  constructor(
    private readonly desk: Desk,
    private readonly actions: Pick<Actions, 'open'>
  ) {
    desk.stateChanged.connect(() => {
      if (this.rows) {
        void this.load();
      }
    });
  }

  focus(): void {
    this.node.querySelector<HTMLElement>('input, button')?.focus();
  }

  /** Ask for the candidates anew. */
  async load(): Promise<void> {
    const ask = ++this.asked;
    if (!this.rows && !this.error) {
      this.show(); // looking through a corpus takes seconds
    }
    if (!troubleOf(this.desk)) {
      try {
        const [rows, figures] = await Promise.all([this.desk.api.candidates(), this.desk.api.openFigures()]);
        if (ask !== this.asked) {
          return;
        }
        this.rows = rows;
        this.figures = figures;
        this.error = null;
        const here = new Set(rows.map(row => row.name));
        this.chosen = new Set([...this.chosen].filter(name => here.has(name)));
      } catch (error) {
        this.error = error instanceof ApiError ? error : new ApiError(String(error), 'internal', 0);
      }
    }
    this.show();
  }

  private show(): void {
    const trouble = troubleOf(this.desk);
    if (trouble) {
      fill(this.node, trouble);
    } else if (this.error) {
      const retry = button({ label: t('retry'), wordy: true, className: 'casekit-mod-main', onClick: () => void this.load() });
      fill(this.node, failureOf(this.error, retry));
    } else if (!this.rows) {
      fill(this.node, stateOf(t('loading'), ''));
    } else {
      const rows = this.rows;
      const open = figuresOf(this.figures, this.desk, this.actions, () => this.load());
      if (rows.length === 0) {
        const none = stateOf(t('reviewEmpty'), t('reviewEmptyTip'));
        fill(this.node, open ? el('div', { class: 'casekit-Scroll' }, open) : none);
        return;
      }
      const list = el('ul', { class: 'casekit-NoteList' }, ...rows.map(row => el('li', {}, this.item(row))));
      fill(this.node, this.head(rows), el('div', { class: 'casekit-Scroll' }, list, open));
    }
  }

  /** What is done with all that are chosen. */
  private head(rows: readonly Candidate[]): HTMLElement {
    const all = el('input', {
      type: 'checkbox',
      'aria-label': t('reviewAll'),
      onchange: () => {
        this.chosen = new Set(all.checked ? rows.map(row => row.name) : []);
        this.show();
      }
    });
    all.checked = this.chosen.size === rows.length;
    const act = (label: string, onClick: () => void): HTMLElement => {
      const made = button({ label, wordy: true, onClick });
      made.disabled = this.chosen.size === 0;
      return made;
    };
    const kind = el(
      'select',
      { class: 'casekit-Input', 'aria-label': t('reviewKind') },
      el('option', { value: '' }, t('reviewAsGuessed')),
      ...Object.entries(typeLabels()).map(([value, label]) => el('option', { value }, label))
    );
    const accept = act(t('reviewAccept'), () => void this.decide('accept', [...this.chosen], { type: kind.value }));
    const reject = act(t('reviewReject'), () => void this.decide('reject', [...this.chosen]));
    const into = el('input', {
      type: 'text',
      class: 'casekit-Input',
      list: 'casekit-review-names',
      placeholder: t('reviewInto'),
      'aria-label': t('reviewInto')
    });
    const merge = button({
      label: t('reviewMerge'),
      wordy: true,
      onClick: () => {
        const names = [...this.chosen].filter(name => name !== into.value.trim());
        void this.decide('merge', names, { into: into.value.trim() });
      }
    });
    merge.disabled = this.chosen.size === 0;
    return el(
      'div',
      { class: 'casekit-Review-head' },
      el('p', {}, el('label', {}, all, ' ', t('reviewCount', rows.length, this.chosen.size))),
      el('div', { class: 'casekit-Row' }, kind, accept, reject, into, merge),
      el('datalist', { id: 'casekit-review-names' }, ...rows.map(row => el('option', { value: row.name })))
    );
  }

  private item(row: Candidate): HTMLElement {
    const box = el('input', {
      type: 'checkbox',
      'aria-label': t('reviewChoose', row.text),
      onchange: () => {
        if (box.checked) {
          this.chosen.add(row.name);
        } else {
          this.chosen.delete(row.name);
        }
        this.show();
      }
    });
    box.checked = this.chosen.has(row.name);
    const places = row.contexts.map(at =>
      el(
        'li',
        {},
        el(
          'button',
          {
            type: 'button',
            class: 'casekit-Link',
            title: addressText(at),
            onclick: () => this.actions.open({ source: at.source, start: at.start, end: at.end, title: at.source, text: at.text, date: null })
          },
          at.left,
          el('mark', {}, at.text),
          at.right
        )
      )
    );
    return el(
      'article',
      { class: 'casekit-Review-item' },
      el('label', {}, box, ' ', el('strong', { lang: 'zh' }, row.text), ' ', el('span', { class: 'casekit-Badge' }, typeLabel(row.type))),
      el('p', {}, hanging(row)),
      el('details', {}, el('summary', {}, t('reviewPlaces', row.count, row.sources)), el('ul', {}, ...places))
    );
  }

  private async decide(verdict: Verdict, names: readonly string[], more: { into?: string; type?: string } = {}): Promise<void> {
    if (names.length === 0) {
      return;
    }
    await this.desk.trying(async () => {
      const written = writtenOf(await this.desk.api.decide(verdict, names, more));
      this.chosen.clear();
      await this.load();
      this.desk.tellUndoable(t('reviewDone', names.length), async () => {
        await this.desk.api.decide('undo', written);
        await this.load();
      });
    });
  }

  private rows: Candidate[] | null = null;
  private figures: OpenFigure[] = [];
  private error: ApiError | null = null;
  private chosen = new Set<string>();
  private asked = 0;
}

/** What undoing has to take back: all that was written; of what was only taken back nothing is left to take. */
export function writtenOf(decided: readonly Decided[]): string[] {
  return decided.filter(one => one.verdict !== 'undo').map(one => one.name);
}

/** What hangs on a candidate, in words. */
export function hanging(row: Candidate): string {
  return row.figures + row.relations > 0 ? t('reviewHanging', row.figures, row.relations) : t('reviewNothing');
}

function typeLabels(): Record<string, string> {
  return { company: t('reviewCompany'), brand: t('reviewBrand'), org: t('reviewOrg'), person: t('reviewPerson'), product: t('reviewProduct') };
}

function typeLabel(type: string | null): string {
  return typeLabels()[type ?? ''] ?? '?';
}

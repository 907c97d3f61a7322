// What a source is beside others: an original, a retelling of others, a commentary about them.

import type { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

import type { Rank, SourceView } from './api';
import { askForm } from './forms';
import { el } from '../../shared/dom';
import { t } from './strings';

export interface Ranked {
  rank: Rank;
  retells: string[];
}

class RankForm extends Widget implements Dialog.IBodyWidget<Ranked> {
  constructor(view: Pick<SourceView, 'title' | 'rank' | 'retells'>) {
    const choices: readonly [Rank, string][] = [
      ['original', t('rankOriginal')],
      ['retelling', t('rankRetelling')],
      ['commentary', t('rankCommentary')]
    ];
    const rank = el(
      'select',
      { class: 'casekit-RankForm-rank', name: 'rank', 'aria-label': t('rank') },
      ...choices.map(([value, label]) => el('option', { value }, label))
    );
    const retells = el('input', { type: 'text', name: 'retells', 'aria-label': t('rankRetells') });
    rank.value = view.rank;
    retells.value = view.retells.join(' ');
    const row = el('label', { class: 'casekit-NoteForm-label' }, el('span', {}, t('rankRetells')), retells);
    const follow = (): void => {
      row.hidden = rank.value === 'original';
    };
    rank.addEventListener('change', follow);
    follow();
    super({
      node: el('div', { class: 'casekit-NoteForm' }, el('p', { class: 'casekit-NoteForm-title' }, view.title), rank, row)
    });
    this.rank = rank;
    this.retells = retells;
  }

  getValue(): Ranked {
    return { rank: this.rank.value as Rank, retells: idsOf(this.retells.value) };
  }

  private readonly rank: HTMLSelectElement;
  private readonly retells: HTMLInputElement;
}

/** The ids in what was typed, each once. */
export function idsOf(typed: string): string[] {
  return [...new Set(typed.split(/[\s,，、;；]+/).filter(one => one !== ''))];
}

/** Ask for the rank of a source; null when it is to stay. */
export function askRank(view: Pick<SourceView, 'title' | 'rank' | 'retells'>): Promise<Ranked | null> {
  return askForm(t('rankChange'), new RankForm(view), 'select');
}

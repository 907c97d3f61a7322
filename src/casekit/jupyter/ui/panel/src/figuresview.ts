// Below the names of the review tab: figures whose text says nothing of whose they are.

import type { OpenFigure } from './api';
import { addressText } from './api';
import type { Actions } from './actions';
import { button } from './buttons';
import type { Desk } from './desk';
import { el } from '../../shared/dom';
import { t } from './strings';

/** The figures as a section, null where there are none; `again` asks for them anew once something was said of one. */
export function figuresOf(rows: readonly OpenFigure[], desk: Desk, actions: Pick<Actions, 'open'>, again: () => Promise<void>): HTMLElement | null {
  if (rows.length === 0) {
    return null;
  }
  const list = el('ul', { class: 'casekit-NoteList' }, ...rows.map((row, i) => el('li', {}, item(row, i, desk, actions, again))));
  return el('section', { class: 'casekit-Review-figures' }, el('h3', {}, t('openFigures', rows.length)), el('p', {}, t('openFiguresTip')), list);
}

function item(row: OpenFigure, index: number, desk: Desk, actions: Pick<Actions, 'open'>, again: () => Promise<void>): HTMLElement {
  const place = addressText(row);
  const names = `casekit-open-${index}`;
  const ruled = async (done: string, act: 'assign' | 'reject', back: 'unassign' | 'undo', subject = ''): Promise<void> => {
    await desk.trying(async () => {
      await desk.api.ruleFigures(act, [place], subject);
      await again();
      desk.tellUndoable(done, async () => {
        await desk.api.ruleFigures(back, [place]);
        await again();
      });
    });
  };
  const assign = async (): Promise<void> => {
    const subject = whose.value.trim();
    if (subject === '') {
      whose.focus();
    } else {
      await ruled(t('openAssigned', row.text, subject), 'assign', 'unassign', subject);
    }
  };
  const whose = el('input', {
    type: 'text',
    class: 'casekit-Input',
    list: names,
    placeholder: t('openWhose', row.text),
    'aria-label': t('openWhose', row.text),
    onkeydown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' && !event.isComposing) {
        void assign();
      }
    }
  });
  const open = (): void => actions.open({ source: row.source, start: row.start, end: row.end, title: row.source, text: row.text, date: null });
  return el(
    'article',
    { class: 'casekit-Review-figure' },
    el('button', { type: 'button', class: 'casekit-Link', lang: 'zh', title: place, onclick: open }, row.left, el('mark', {}, row.text), row.right),
    el(
      'div',
      { class: 'casekit-Row' },
      whose,
      button({ label: t('openAssign'), wordy: true, onClick: () => void assign() }),
      button({ label: t('openReject'), wordy: true, onClick: () => void ruled(t('openRejected', row.text), 'reject', 'undo') })
    ),
    el('datalist', { id: names }, ...row.near.map(name => el('option', { value: name })))
  );
}

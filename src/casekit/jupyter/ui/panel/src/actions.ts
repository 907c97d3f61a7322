// What can be done with a passage, wherever it is shown.

import { Clipboard } from '@jupyterlab/apputils';

import { type CellForm } from './api';
import { button } from './buttons';
import { askForCode } from './codeform';
import type { Desk } from './desk';
import { el } from '../../shared/dom';
import {
  basketIcon,
  cardIcon,
  codeIcon,
  copyIcon,
  likeIcon,
  noteIcon,
  quoteIcon,
  readIcon,
  tagIcon
} from './icons';
import { insertPassage } from './insert';
import { editNote } from './noteform';
import type { Passage } from './passage';
import { t } from './strings';

export interface Actions {
  insert(passage: Passage, form: CellForm): void;
  toBasket(passage: Passage): void;
  writeNote(passage: Passage): void;
  applyCode(passage: Passage): void;
  like(passage: Passage): void;
  open(passage: Passage): void;
  copy(passage: Passage): void;
  /** Show the code of a coding, with all its passages. */
  showCoding(source: string, coding: string): void;
}

/** The actions on a desk; `open` and `like` need the panel and the readers, which are given. */
export function actionsOn(
  desk: Desk,
  views: { open: (passage: Passage) => void; showSearch: () => void; showCode: (id: string) => void }
): Actions {
  return {
    insert: (passage, form) => void insertPassage(desk, passage, form),
    toBasket: passage => {
      const added = desk.basket.add(passage);
      desk.tell(added ? t('basketAdded', desk.basket.items.length) : t('basketThere'));
    },
    writeNote: passage =>
      void desk.trying(async () => {
        const written = await editNote(passage);
        if (written) {
          await desk.notes.add(passage, written);
          desk.tell(t('noteSaved'));
        }
      }),
    applyCode: passage =>
      void desk.trying(async () => {
        const { codes } = await desk.api.codes();
        const chosen = await askForCode(passage, codes);
        if (chosen) {
          const coded = await desk.codes.apply(passage, chosen);
          desk.tellUndoable(t('codeApplied', coded.code), () => desk.codes.remove(coded));
        }
      }),
    like: passage => {
      views.showSearch();
      desk.search.like(passage);
    },
    open: views.open,
    copy: passage =>
      void desk.trying(async () => {
        const quotation = await desk.api.quote(passage, desk.style);
        Clipboard.copyToSystem(`${quotation.quote}\n—— ${quotation.reference}`);
        desk.tell(t('copied'));
      }),
    showCoding: (source, coding) =>
      void desk.trying(async () => {
        const codings = await desk.api.codings({ source });
        views.showCode(codings.find(one => one.id === coding)?.code_id ?? '');
      })
  };
}

/** The row of buttons on a hit or a selection. */
export function actionRow(actions: Actions, passage: Passage, where: 'hit' | 'reader'): HTMLElement {
  const does = (label: string, icon: typeof cardIcon, key: string, act: () => void): HTMLElement =>
    button({ label, icon, key, onClick: act });
  const row = el('div', { class: 'casekit-Actions', role: 'group', 'aria-label': t('actions') });
  row.append(
    does(t('cmdCard'), cardIcon, 'I', () => actions.insert(passage, 'card')),
    does(t('cmdQuote'), quoteIcon, 'Q', () => actions.insert(passage, 'quote')),
    does(t('cmdCode'), codeIcon, 'C', () => actions.insert(passage, 'code')),
    does(t('cmdBasket'), basketIcon, 'B', () => actions.toBasket(passage)),
    does(t('cmdNote'), noteIcon, 'N', () => actions.writeNote(passage)),
    does(t('cmdCoding'), tagIcon, 'K', () => actions.applyCode(passage))
  );
  if (where === 'hit') {
    row.append(
      does(t('cmdLike'), likeIcon, 'S', () => actions.like(passage)),
      does(t('cmdOpen'), readIcon, 'Enter', () => actions.open(passage))
    );
  } else {
    row.append(does(t('cmdLike'), likeIcon, 'S', () => actions.like(passage)));
  }
  row.append(does(t('cmdCopy'), copyIcon, 'Y', () => actions.copy(passage)));
  return row;
}

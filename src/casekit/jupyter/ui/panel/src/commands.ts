// The commands: in the palette, in the context menu, and on keys that can be changed in the settings.

import type { ICommandPalette } from '@jupyterlab/apputils';

import type { Actions } from './actions';
import type { Desk } from './desk';
import {
  basketIcon,
  cardIcon,
  codeIcon,
  copyIcon,
  likeIcon,
  noteIcon,
  panelIcon,
  quoteIcon,
  readIcon,
  referencesIcon,
  tagIcon
} from './icons';
import { updateReferences } from './insert';
import type { TabName } from './panel';
import type { Passage } from './passage';
import { type Key, t } from './strings';

/** Ids of the commands; the settings (schema/plugin.json) name them too. */
export const COMMANDS = {
  focus: 'casekit:focus-search',
  basketTab: 'casekit:show-basket',
  notesTab: 'casekit:show-notes',
  codesTab: 'casekit:show-codes',
  card: 'casekit:insert-card',
  quote: 'casekit:insert-quote',
  code: 'casekit:insert-code',
  basket: 'casekit:add-to-basket',
  note: 'casekit:write-note',
  coding: 'casekit:apply-code',
  like: 'casekit:find-similar',
  open: 'casekit:open-source',
  copy: 'casekit:copy-quote',
  undo: 'casekit:undo',
  references: 'casekit:update-references'
} as const;

/** Add every command, and put them into the palette. */
export function addCommands(
  desk: Desk,
  actions: Actions,
  showTab: (tab: TabName) => void,
  palette: ICommandPalette | null
): void {
  const { commands } = desk.app;
  const onPassage = (id: string, label: Key, icon: typeof cardIcon, act: (passage: Passage) => void): void => {
    commands.addCommand(id, {
      label: () => t(label),
      icon,
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => desk.current !== null,
      execute: () => {
        if (desk.current) {
          act(desk.current);
        }
      }
    });
  };
  const onTab = (id: string, label: Key, icon: typeof cardIcon, tab: TabName): void => {
    commands.addCommand(id, {
      label: () => t(label),
      icon,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => showTab(tab)
    });
  };
  onTab(COMMANDS.focus, 'cmdFocus', panelIcon, 'search');
  onTab(COMMANDS.basketTab, 'cmdShowBasket', basketIcon, 'basket');
  onTab(COMMANDS.notesTab, 'cmdShowNotes', noteIcon, 'notes');
  onTab(COMMANDS.codesTab, 'cmdShowCodes', tagIcon, 'codes');
  onPassage(COMMANDS.card, 'cmdCard', cardIcon, passage => actions.insert(passage, 'card'));
  onPassage(COMMANDS.quote, 'cmdQuote', quoteIcon, passage => actions.insert(passage, 'quote'));
  onPassage(COMMANDS.code, 'cmdCode', codeIcon, passage => actions.insert(passage, 'code'));
  onPassage(COMMANDS.basket, 'cmdBasket', basketIcon, passage => actions.toBasket(passage));
  onPassage(COMMANDS.note, 'cmdNote', noteIcon, passage => actions.writeNote(passage));
  onPassage(COMMANDS.coding, 'cmdCoding', tagIcon, passage => actions.applyCode(passage));
  onPassage(COMMANDS.like, 'cmdLike', likeIcon, passage => actions.like(passage));
  onPassage(COMMANDS.open, 'cmdOpen', readIcon, passage => actions.open(passage));
  onPassage(COMMANDS.copy, 'cmdCopy', copyIcon, passage => actions.copy(passage));
  commands.addCommand(COMMANDS.undo, {
    label: () => t('undo'),
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: () => desk.canUndo,
    execute: () => desk.undo()
  });
  commands.addCommand(COMMANDS.references, {
    label: () => t('cmdReferences'),
    caption: () => t('cmdReferencesTip'),
    icon: referencesIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: () => desk.notebooks.currentWidget !== null,
    execute: () => {
      const panel = desk.notebooks.currentWidget;
      return panel ? updateReferences(desk, panel) : undefined;
    }
  });
  for (const command of Object.values(COMMANDS)) {
    palette?.addItem({ command, category: t('category') });
  }
}

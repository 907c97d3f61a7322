// Dialogs that ask for something to be written.

import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { Widget } from '@lumino/widgets';

import { isComposing } from '../../shared/dom';
import { t } from './strings';

/** What was written into a form; null when the writer thought better of it. */
export async function askForm<T>(title: string, body: Widget & Dialog.IBodyWidget<T>, focus: string): Promise<T | null> {
  // Enter that ends a composition must not press the dialog's button; the dialog itself doesn't look.
  const whileComposing = (event: KeyboardEvent): void => {
    if (isComposing(event)) {
      event.stopPropagation();
    }
  };
  document.addEventListener('keydown', whileComposing, true);
  const answer = await showDialog({
    title,
    body,
    focusNodeSelector: focus,
    buttons: [Dialog.cancelButton({ label: t('cancel') }), Dialog.okButton({ label: t('save') })]
  }).finally(() => document.removeEventListener('keydown', whileComposing, true));
  return answer.button.accept ? answer.value : null;
}

// Coding a passage: which code, and why.

import { Dialog, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

import { el, isComposing } from '../../shared/dom';
import type { Code } from './api';
import type { Chosen } from './codebook';
import type { Passage } from './passage';
import { t } from './strings';

class CodeForm extends Widget implements Dialog.IBodyWidget<Chosen> {
  constructor(passage: Pick<Passage, 'title' | 'text'>, codes: readonly Code[]) {
    const name = el('input', {
      class: 'casekit-NoteForm-tags',
      type: 'text',
      name: 'code',
      list: 'casekit-codes',
      autocomplete: 'off',
      'aria-label': t('codeName'),
      placeholder: t('codeNameHint')
    });
    const memo = el('textarea', { class: 'casekit-NoteForm-text', rows: 3, 'aria-label': t('codeMemo'), name: 'memo' });
    super({
      node: el(
        'div',
        { class: 'casekit-NoteForm' },
        el('p', { class: 'casekit-NoteForm-title' }, passage.title),
        passage.text ? el('blockquote', { class: 'casekit-NoteForm-quote' }, passage.text) : null,
        el('label', { class: 'casekit-NoteForm-label' }, el('span', {}, t('codeName')), name),
        el('datalist', { id: 'casekit-codes' }, ...codes.map(code => el('option', { value: code.code }, code.definition))),
        el('label', { class: 'casekit-NoteForm-label' }, el('span', {}, t('codeMemo')), memo)
      )
    });
    this.name = name;
    this.memo = memo;
  }

  getValue(): Chosen {
    return { code: this.name.value.trim(), memo: this.memo.value.trim() };
  }

  private readonly name: HTMLInputElement;
  private readonly memo: HTMLTextAreaElement;
}

/** Ask for a code; null when the coder thought better of it. */
export async function askForCode(
  passage: Pick<Passage, 'title' | 'text'>,
  codes: readonly Code[]
): Promise<Chosen | null> {
  // Enter that ends a composition must not press the dialog's button; the dialog itself doesn't look.
  const whileComposing = (event: KeyboardEvent): void => {
    if (isComposing(event)) {
      event.stopPropagation();
    }
  };
  document.addEventListener('keydown', whileComposing, true);
  const answer = await showDialog({
    title: t('codeApply'),
    body: new CodeForm(passage, codes),
    focusNodeSelector: 'input',
    buttons: [Dialog.cancelButton({ label: t('cancel') }), Dialog.okButton({ label: t('save') })]
  }).finally(() => document.removeEventListener('keydown', whileComposing, true));
  if (!answer.button.accept || !answer.value) {
    return null;
  }
  if (!answer.value.code) {
    throw new Error(t('codeEmptyName'));
  }
  return answer.value;
}

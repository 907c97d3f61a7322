// Coding a passage: which code, and why.

import type { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

import { askForm } from './forms';
import { el } from '../../shared/dom';
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
  const answer = await askForm(t('codeApply'), new CodeForm(passage, codes), 'input');
  if (!answer) {
    return null;
  }
  if (!answer.code) {
    throw new Error(t('codeEmptyName'));
  }
  return answer;
}

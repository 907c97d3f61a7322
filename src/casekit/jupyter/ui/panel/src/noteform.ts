// Writing a note: what the passage says, the thought, the tags.

import type { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

import { askForm } from './forms';
import { el, isComposing } from '../../shared/dom';
import { type NoteText, tagsOf } from './notebook';
import type { Passage } from './passage';
import { t } from './strings';

class NoteForm extends Widget implements Dialog.IBodyWidget<NoteText> {
  constructor(passage: Pick<Passage, 'title' | 'text'>, written: NoteText) {
    const text = el('textarea', { class: 'casekit-NoteForm-text', rows: 5, 'aria-label': t('noteText'), name: 'note' });
    const tags = el('input', {
      class: 'casekit-NoteForm-tags',
      type: 'text',
      name: 'tags',
      'aria-label': t('tags'),
      placeholder: t('tagsHint')
    });
    text.value = written.text;
    tags.value = written.tags.join(' ');
    super({
      node: el(
        'div',
        { class: 'casekit-NoteForm' },
        el('p', { class: 'casekit-NoteForm-title' }, passage.title),
        passage.text ? el('blockquote', { class: 'casekit-NoteForm-quote' }, passage.text) : null,
        text,
        el('label', { class: 'casekit-NoteForm-label' }, el('span', {}, t('tags')), tags)
      )
    });
    // Enter writes a new line; with Ctrl or Cmd it presses the dialog's main button.
    text.addEventListener('keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event)) {
        event.preventDefault();
        this.node.closest('.jp-Dialog')?.querySelector<HTMLElement>('button.jp-mod-accept')?.click();
      }
    });
    this.text = text;
    this.tags = tags;
  }

  getValue(): NoteText {
    return { text: this.text.value.trim(), tags: tagsOf(this.tags.value) };
  }

  private readonly text: HTMLTextAreaElement;
  private readonly tags: HTMLInputElement;
}

/** Ask for a note; null when the writer thought better of it. */
export async function editNote(
  passage: Pick<Passage, 'title' | 'text'>,
  written: NoteText | null = null
): Promise<NoteText | null> {
  const answer = await askForm(written ? t('noteEdit') : t('noteNew'), new NoteForm(passage, written ?? { text: '', tags: [] }), 'textarea');
  if (!answer) {
    return null;
  }
  if (!answer.text && answer.tags.length === 0) {
    throw new Error(t('noteEmptyText'));
  }
  return answer;
}

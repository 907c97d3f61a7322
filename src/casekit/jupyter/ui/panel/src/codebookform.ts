// Writing a code: its name, what it is under, its colour, when it applies; and choosing the code to merge one into.

import type { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

import type { Code, CodeText } from './api';
import { apartFrom, indented } from './codebook';
import { askForm } from './forms';
import { el } from '../../shared/dom';
import { t } from './strings';

const GREY = '#999999';

class CodeBookForm extends Widget implements Dialog.IBodyWidget<CodeText> {
  constructor(codes: readonly Code[], code: Code | null, under: string) {
    const name = el('input', { type: 'text', name: 'name', autocomplete: 'off', class: 'casekit-NoteForm-tags' });
    const place = placeOf('under', apartFrom(codes, code), t('codeTop'));
    const colour = el('input', { type: 'color', name: 'colour', oninput: () => (this.coloured = true) });
    const definition = el('textarea', { name: 'definition', rows: 3, class: 'casekit-NoteForm-text' });
    const memo = el('textarea', { name: 'memo', rows: 2, class: 'casekit-NoteForm-text' });
    name.value = code?.name ?? '';
    place.value = under;
    colour.value = code?.colour || codes.find(one => one.id === under)?.colour || GREY;
    definition.value = code?.definition ?? '';
    memo.value = code?.memo ?? '';
    const row = (label: string, field: HTMLElement): HTMLElement =>
      el('label', { class: 'casekit-NoteForm-label casekit-mod-stacked' }, el('span', {}, label), field);
    super({
      node: el(
        'div',
        { class: 'casekit-NoteForm' },
        row(t('codeName'), name),
        row(t('codeUnder'), place),
        row(t('codeColour'), colour),
        row(t('codeDefinition'), definition),
        row(t('codeMemo'), memo)
      )
    });
    this.fields = { name, place, colour, definition, memo };
  }

  getValue(): CodeText {
    const { name, place, colour, definition, memo } = this.fields;
    return {
      name: name.value.trim(),
      under: place.value,
      definition: definition.value.trim(),
      memo: memo.value.trim(),
      ...(this.coloured ? { colour: colour.value } : {}) // untouched: as it was, or the next of the row
    };
  }

  private coloured = false;
  private readonly fields: {
    name: HTMLInputElement;
    place: HTMLSelectElement;
    colour: HTMLInputElement;
    definition: HTMLTextAreaElement;
    memo: HTMLTextAreaElement;
  };
}

class TargetForm extends Widget implements Dialog.IBodyWidget<string> {
  constructor(codes: readonly Code[], code: Code) {
    const place = placeOf('into', apartFrom(codes, code), '');
    super({
      node: el(
        'div',
        { class: 'casekit-NoteForm' },
        el('p', { class: 'casekit-NoteForm-title' }, t('codeMergeTip', code.code)),
        el('label', { class: 'casekit-NoteForm-label' }, el('span', {}, t('codeInto')), place)
      )
    });
    this.place = place;
  }

  getValue(): string {
    return this.place.value;
  }

  private readonly place: HTMLSelectElement;
}

function placeOf(name: string, codes: readonly Code[], top: string): HTMLSelectElement {
  return el(
    'select',
    { name },
    top ? el('option', { value: '' }, top) : null,
    ...codes.map(one => el('option', { value: one.id }, indented(one)))
  );
}

/** Ask for a code, new or changed; null when the writer thought better of it. */
export async function editCode(codes: readonly Code[], code: Code | null, under: string): Promise<CodeText | null> {
  const written = await askForm(t(code ? 'codeEdit' : 'codeNew'), new CodeBookForm(codes, code, under), 'input');
  if (written && !written.name) {
    throw new Error(t('codeEmptyName'));
  }
  return written;
}

/** Ask for the code to merge one into; "" or null when it is to stay. */
export function askForTarget(codes: readonly Code[], code: Code): Promise<string | null> {
  return askForm(t('codeMerge'), new TargetForm(codes, code), 'select');
}

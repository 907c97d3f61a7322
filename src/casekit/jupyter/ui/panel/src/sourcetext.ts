// A source's text as elements: blocks of pieces, every piece with its address, cuts and marks told apart.

import type { Block, Ground, Mark, Note, Piece, SourceView } from './api';
import { el } from '../../shared/dom';
import { markId } from './marks';
import { codePoints, splitAt } from './points';
import { t } from './strings';

/** The passage to show, half-open. */
export interface Target {
  start: number;
  end: number;
}

/** All blocks of a source; those that hold the target are marked. */
export function textOf(view: SourceView, target: Target | null, notes: ReadonlyMap<string, Note>): HTMLElement {
  const body = el('div', { class: 'casekit-Text', lang: view.script || 'zh' });
  let list: HTMLElement | null = null;
  let row: HTMLElement | null = null;
  for (const block of view.blocks) {
    const node = blockOf(block, target, notes, view.grounds ?? []);
    list = block.kind === 'li' ? (list ?? body.appendChild(el('div', { class: 'casekit-Text-list' }))) : null;
    row = block.kind === 'td' ? (row ?? body.appendChild(el('div', { class: 'casekit-Text-cells' }))) : null;
    (list ?? row ?? body).append(node);
  }
  return body;
}

function blockOf(
  block: Block,
  target: Target | null,
  notes: ReadonlyMap<string, Note>,
  grounds: readonly Ground[]
): HTMLElement {
  const pieces = target ? block.pieces.flatMap(piece => around(piece, target)) : block.pieces;
  const first = pieces[0];
  const last = pieces[pieces.length - 1];
  const blank = pieces.every(piece => piece.text.trim() === '');
  const gone = !blank && pieces.every(piece => piece.cut !== null || piece.text.trim() === '');
  const here = target !== null && pieces.some(piece => within(piece, target));
  const node = el('div', {
    class: ['casekit-Block', `casekit-Block-${block.kind}`, gone ? 'casekit-mod-cut' : '', here ? 'casekit-mod-target' : '']
      .filter(one => one !== '')
      .join(' '),
    'data-level': block.kind === 'h' ? block.level : null,
    role: block.kind === 'h' && !gone ? 'heading' : null,
    'aria-level': block.kind === 'h' && !gone ? Math.min(6, Math.max(3, block.level + 2)) : null,
    'data-from': first?.start,
    'data-to': last?.end
  });
  if (blank) {
    node.classList.add('casekit-mod-blank');
  }
  let cut: HTMLElement | null = null;
  let rule = '';
  const told = new Set<string>();
  pieces.forEach((piece, i) => {
    if (piece.cut) {
      const key = `${piece.cut.rule}:${piece.cut.reason}`;
      if (!cut || rule !== key) {
        cut = node.appendChild(cutOf(piece));
        rule = key;
      }
      cut.append(pieceOf(piece, target));
      return;
    }
    cut = null;
    node.append(pieceOf(piece, target));
    // a sentence may end inside a piece: its signs stand behind that piece
    node.append(...grounds.filter(one => piece.start < one.end && one.end <= piece.end).map(signOf));
    for (const mark of piece.marks) {
      const sign = mark.type === 'note' || mark.type === 'code';
      const goesOn = sign && (pieces[i + 1]?.marks.some(one => one.type === mark.type && one.id === mark.id) ?? false);
      if (sign && !goesOn && !told.has(mark.id)) {
        told.add(mark.id);
        node.append(mark.type === 'note' ? noteSign(mark, notes) : codeSign(mark));
      }
    }
  });
  return node;
}

/** Where a note ends: its text, and the way to it. */
function noteSign(mark: Mark, notes: ReadonlyMap<string, Note>): HTMLElement {
  const text = notes.get(mark.id)?.text ?? mark.label;
  return el('button', { type: 'button', class: 'casekit-NoteSign', 'data-note': mark.id, title: text, 'aria-label': t('openNote', text) });
}

/** Where a coding ends: which code, and the way to its passages. The sign is no text, so that nothing is copied with a quotation. */
function codeSign(mark: Mark): HTMLElement {
  const told = t('openCode', mark.label);
  const sign = el('button', { type: 'button', class: 'casekit-CodeSign', 'data-coding': mark.id, title: told, 'aria-label': told });
  paint(sign, mark);
  return sign;
}

/** A code's own colour; the mark's name stands in its tip. */
function paint(node: HTMLElement, mark: Mark): void {
  if (/^#[0-9a-f]{6}$/i.test(mark.kind)) {
    node.style.setProperty('--casekit-code', mark.kind);
  }
}

/** The way from a sentence of a retelling to the original that it rests on. */
function signOf(ground: Ground): HTMLElement {
  const told = ground.here ? t('restsOn', ground.told) : t('restsOnMissing', ground.told);
  return el(
    'button',
    {
      type: 'button',
      class: 'casekit-Ground',
      disabled: !ground.here,
      title: told,
      'aria-label': told,
      'data-source': ground.source,
      'data-at': ground.source_start,
      'data-to': ground.source_end
    }
  );
}

/** The shell of a cut: focusable, with its reason read aloud and shown. */
function cutOf(piece: Piece): HTMLElement {
  const reason = t('cutBecause', piece.cut?.reason ?? '');
  return el('span', { class: 'casekit-Cut', tabindex: 0, role: 'note', 'aria-label': reason, 'data-tip': reason });
}

function pieceOf(piece: Piece, target: Target | null): HTMLElement {
  const classes = ['casekit-Piece'];
  const tips: string[] = [];
  for (const mark of piece.marks) {
    classes.push('casekit-Mark', `casekit-Mark-${markId(mark)}`);
    if (mark.type !== 'note' && mark.label) {
      tips.push(mark.type === 'code' ? t('openCode', mark.label) : mark.label);
    }
  }
  if (piece.doubt) {
    classes.push('casekit-Doubt');
    tips.push(t('doubtful', piece.doubt));
  }
  if (target && within(piece, target)) {
    classes.push('casekit-Target');
  }
  const node = el(
    'span',
    {
      class: [...new Set(classes)].join(' '),
      'data-start': piece.start,
      'data-end': piece.end,
      'data-tip': tips.length > 0 && !piece.cut ? [...new Set(tips)].join(' · ') : null
    },
    piece.text
  );
  piece.marks.filter(mark => mark.type === 'code').forEach(mark => paint(node, mark));
  return node;
}

function within(piece: Piece, target: Target): boolean {
  return piece.start < target.end && target.start < piece.end;
}

/** The piece cut up at the target's borders, where its text can be. */
function around(piece: Piece, target: Target): Piece[] {
  if (!within(piece, target) || codePoints(piece.text) !== piece.end - piece.start) {
    return [piece];
  }
  const parts: Piece[] = [];
  let rest = piece;
  for (const border of [target.start, target.end]) {
    if (rest.start < border && border < rest.end) {
      const [before, after] = splitAt(rest.text, border - rest.start);
      parts.push({ ...rest, end: border, text: before });
      rest = { ...rest, start: border, text: after };
    }
  }
  return [...parts, rest];
}

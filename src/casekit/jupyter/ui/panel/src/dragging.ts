// Passages dragged onto notebooks and editors.

import type { ICell } from '@jupyterlab/nbformat';
import { MimeData } from '@lumino/coreutils';
import { Drag } from '@lumino/dragdrop';

import type { Desk } from './desk';
import { el } from '../../shared/dom';
import { cellOf } from './insert';
import type { Passage } from './passage';
import { addressText } from './api';
import { t } from './strings';

const CELLS = 'application/vnd.jupyter.cells';
const TEXT = 'text/plain';

/**
 * Let passages be dragged out of a node.
 *
 * The browser's own gesture (a draggable node, or selected text) starts it; the data then travels by JupyterLab's
 * drag, which notebooks and editors take.
 */
export function letDrag(node: HTMLElement, desk: Desk, passageAt: (target: Element) => Passage | null): void {
  let cells: Promise<ICell[]> | null = null;
  let wanted: Passage | null = null;
  let down = false;

  node.addEventListener('pointerdown', event => {
    down = event.button === 0;
    if (!down || !(event.target instanceof Element) || event.target.closest('button, input, a, summary')) {
      wanted = null;
      return;
    }
    wanted = passageAt(event.target);
    cells = null;
    document.addEventListener('pointerup', () => (down = false), { once: true, capture: true });
  });

  node.addEventListener('dragstart', event => {
    event.preventDefault();
    const passage = wanted;
    if (!passage || !down) {
      return;
    }
    cells ??= desk.api.cells([passage], 'card', desk.style);
    const { clientX, clientY } = event;
    let last = { clientX, clientY };
    const follow = (moved: PointerEvent): void => {
      last = { clientX: moved.clientX, clientY: moved.clientY };
    };
    document.addEventListener('pointermove', follow, true);
    void desk.trying(async () => {
      try {
        const made = await cells;
        if (down && made) {
          const target = await carry(passage, made, last);
          chooseDropped(desk, target);
        }
      } finally {
        document.removeEventListener('pointermove', follow, true);
      }
    });
  });
}

/** Drag cells about until they are dropped; returns the element they were dropped on. */
async function carry(
  passage: Passage,
  cells: readonly ICell[],
  at: { clientX: number; clientY: number }
): Promise<Element | null> {
  const mimeData = new MimeData();
  const text = cells.map(cell => (Array.isArray(cell.source) ? cell.source.join('') : cell.source)).join('\n\n');
  mimeData.setData(CELLS, cells.map(cellOf));
  mimeData.setData(TEXT, text);
  // A code editor takes any text: inside a notebook only whole cells may land, so that the citation stays with them.
  let target: Element | null = null;
  const overNotebook = (event: Event): void => {
    if (event.type === 'lm-drop') {
      target = event.target instanceof Element ? event.target : null;
    }
    const inside = event.target instanceof Element && event.target.closest('.jp-Notebook') !== null;
    if (inside) {
      mimeData.clearData(TEXT);
    } else if (!mimeData.hasData(TEXT)) {
      mimeData.setData(TEXT, text);
    }
  };
  const kinds = ['lm-dragenter', 'lm-dragover', 'lm-drop'];
  kinds.forEach(kind => document.addEventListener(kind, overNotebook, true));
  const image = el('div', { class: 'casekit-DragImage' }, `${passage.title}  ${addressText(passage)}`);
  const drag = new Drag({ mimeData, dragImage: image, proposedAction: 'copy', supportedActions: 'copy', source: null });
  try {
    const action = await drag.start(at.clientX, at.clientY);
    return action === 'none' ? null : target;
  } finally {
    kinds.forEach(kind => document.removeEventListener(kind, overNotebook, true));
    drag.dispose();
  }
}

/** A notebook also selects the cell above what is dropped into it: leave only what was dropped, and tell. */
function chooseDropped(desk: Desk, target: Element | null): void {
  const panel = target ? desk.notebooks.find(one => one.content.node.contains(target)) : undefined;
  if (!panel) {
    return;
  }
  const { content } = panel;
  const at = content.widgets.reduce((last, cell, i) => (content.isSelectedOrActive(cell) ? i : last), -1);
  content.deselectAll();
  content.activeCellIndex = at;
  desk.tell(t('inserted', panel.title.label));
}

// Cells into the notebook in front.

import { Dialog, showDialog } from '@jupyterlab/apputils';
import { MarkdownCell } from '@jupyterlab/cells';
import type { ICell } from '@jupyterlab/nbformat';
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { CellForm } from './api';
import type { Desk } from './desk';
import type { Passage } from './passage';
import { t } from './strings';

/** Put a passage below the active cell of the notebook in front, in one of its forms. */
export async function insertPassage(desk: Desk, passage: Passage, form: CellForm): Promise<void> {
  await desk.trying(async () => {
    const panel = desk.notebooks.currentWidget ?? (await newNotebook(desk));
    if (!panel) {
      return;
    }
    await panel.context.ready;
    const cells = await desk.api.cells([passage], form, desk.style);
    insertCells(panel, cells);
    desk.tell(t('inserted', panel.title.label));
  });
}

/** Insert cells below the active one, Markdown rendered; one step of the notebook's own undo. */
export function insertCells(panel: NotebookPanel, cells: readonly ICell[]): void {
  const { content } = panel;
  const model = content.model;
  if (!model || model.readOnly) {
    throw new Error(t('readOnly'));
  }
  const shared = model.sharedModel;
  const first = shared.cells[0];
  if (shared.cells.length === 1 && first?.cell_type === 'code' && first.getSource() === '') {
    // a notebook that nobody has written in yet: its blank cell stays, below
    shared.insertCells(0, cells.map(cellOf));
    show(panel, 0, cells.length);
    return;
  }
  const at = content.activeCellIndex + 1;
  shared.insertCells(at, cells.map(cellOf));
  show(panel, at, cells.length);
}

/** Replace the cell of a kind (`metadata.casekit.kind`), or put it at the end. */
export function putCell(panel: NotebookPanel, kind: string, cell: ICell): void {
  const model = panel.content.model;
  if (!model || model.readOnly) {
    throw new Error(t('readOnly'));
  }
  const shared = model.sharedModel;
  const old = shared.cells.findIndex(one => kindOf(one.getMetadata()) === kind);
  const at = old < 0 ? shared.cells.length : old;
  shared.transact(() => {
    if (old >= 0) {
      shared.deleteCell(old);
    }
    shared.insertCell(at, cellOf(cell));
  });
  show(panel, at, 1);
}

/** Collect what the notebook cites and set its reference list. */
export async function updateReferences(desk: Desk, panel: NotebookPanel): Promise<void> {
  await desk.trying(async () => {
    await panel.context.ready;
    const shared = panel.content.model?.sharedModel;
    if (!shared) {
      return;
    }
    const cells = shared.cells.map(cell => ({
      cell_type: cell.cell_type,
      source: cell.getSource(),
      metadata: cell.getMetadata()
    }));
    const answer = await desk.api.references(cells, desk.style);
    if (answer.count > 0 || cells.some(cell => kindOf(cell.metadata) === 'references')) {
      putCell(panel, 'references', answer.cell);
    }
    desk.tell(answer.message || t('referencesDone', answer.count));
  });
}

function kindOf(metadata: unknown): unknown {
  return (metadata as { casekit?: { kind?: unknown } } | undefined)?.casekit?.kind;
}

/** A cell as a notebook holds it; code has run nowhere yet. */
export function cellOf(cell: ICell): ICell {
  const { cell_type, source, metadata } = cell;
  const copy = { cell_type, source, metadata: { ...metadata } };
  return cell_type === 'code' ? { ...copy, outputs: [], execution_count: null } : copy;
}

function show(panel: NotebookPanel, at: number, count: number): void {
  const { content } = panel;
  content.deselectAll();
  content.activeCellIndex = at + count - 1;
  for (const widget of content.widgets.slice(at, at + count)) {
    if (widget instanceof MarkdownCell) {
      widget.rendered = true;
    }
  }
  void content.scrollToItem(at + count - 1, 'smart').catch(() => undefined); // closed meanwhile
}

async function newNotebook(desk: Desk): Promise<NotebookPanel | null> {
  const answer = await showDialog({
    title: t('noNotebook'),
    body: t('noNotebookTip'),
    buttons: [Dialog.cancelButton({ label: t('cancel') }), Dialog.okButton({ label: t('create') })]
  });
  if (!answer.button.accept) {
    return null;
  }
  const cwd = await folderThatIs(desk, desk.notebookFolder, desk.state?.workspace?.folder ?? '');
  await desk.app.serviceManager.kernelspecs.ready;
  const kernelName = desk.app.serviceManager.kernelspecs.specs?.default ?? 'python3';
  const panel = (await desk.app.commands.execute('notebook:create-new', { cwd, kernelName })) as NotebookPanel;
  await panel.context.ready;
  return panel;
}

async function folderThatIs(desk: Desk, wanted: string, otherwise: string): Promise<string> {
  try {
    await desk.app.serviceManager.contents.get(wanted, { content: false });
    return wanted;
  } catch {
    return otherwise;
  }
}

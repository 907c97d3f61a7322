// What the panel, the reader and the commands share.

import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IStateDB } from '@jupyterlab/statedb';
import { type ISignal, Signal } from '@lumino/signaling';

import { type Api, ApiError, type WorkspaceState } from './api';
import { Basket } from './basket';
import { Builder } from './build';
import { CodeBook } from './codebook';
import { NoteBook } from './notebook';
import type { Passage } from './passage';
import { Search } from './search';
import { setLanguage, t } from './strings';

/** How long a message that can be undone stays. */
const UNDO_MS = 10_000;
/** How long any other message stays. */
const TOLD_MS = 3_000;

/** How often a tab looks what other tabs have put into the basket. */
const LOOK_EVERY_MS = 4_000;

const STYLE_KEY = 'casekit:style';

export class Desk {
  readonly search: Search;
  readonly basket: Basket;
  readonly notes: NoteBook;
  readonly codes: CodeBook;
  readonly builder: Builder;
  /** Whether it is decided if the start page opens. */
  started = false;
  /** Shows the start page. */
  openStart: () => void = () => undefined;
  state: WorkspaceState | null = null;
  stateError: ApiError | null = null;
  /** The passage that commands act on: the hit in focus, or what is selected in a reader. */
  current: Passage | null = null;

  constructor(
    readonly app: JupyterFrontEnd,
    readonly api: Api,
    readonly notebooks: INotebookTracker,
    readonly documents: IDocumentManager,
    private readonly db: IStateDB
  ) {
    this.search = new Search(api);
    this.basket = new Basket(api, db);
    this.basket.failed.connect((_, error) => {
      Notification.error(error instanceof Error && error.message ? error.message : t('failed'), { autoClose: 8_000 });
    });
    this.notes = new NoteBook(api);
    this.codes = new CodeBook(api);
    this.builder = new Builder(this);
    const look = (): void => {
      if (document.visibilityState === 'visible') {
        void this.basket.refresh().catch(() => undefined);
      }
    };
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    window.setInterval(look, LOOK_EVERY_MS);
  }

  /** Emitted when the workspace's state has been asked for anew. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** Ask the server for the workspace's state. */
  async refresh(): Promise<void> {
    try {
      this.state = await this.api.state();
      this.stateError = null;
      setLanguage(this.state.language === 'en' ? 'en' : 'zh');
      const workspace = this.state.workspace;
      if (workspace) {
        await this.basket.open(`${workspace.name}:${workspace.folder}`);
        const kept = await this.db.fetch(STYLE_KEY);
        this._style = typeof kept === 'string' ? kept : '';
      }
    } catch (error) {
      this.state = null;
      this.stateError = error instanceof ApiError ? error : new ApiError(String(error), 'internal', 0);
    }
    this.app.commands.notifyCommandChanged();
    this._stateChanged.emit();
  }

  /** The reference style in use. */
  get style(): string {
    const styles = this.state?.styles ?? [];
    return styles.find(one => one.id === this._style)?.id ?? styles[0]?.id ?? '';
  }

  set style(id: string) {
    this._style = id;
    void this.db.save(STYLE_KEY, id);
  }

  /** The folder of the workspace's notebooks, relative to the server's root. */
  get notebookFolder(): string {
    const folder = this.state?.workspace?.folder ?? '';
    return folder ? `${folder}/notebooks` : 'notebooks';
  }

  choose(passage: Passage | null): void {
    this.current = passage;
    this.app.commands.notifyCommandChanged();
  }

  /** Tell that something was done, in the place of what was told before. */
  tell(message: string): void {
    if (this.told) {
      Notification.dismiss(this.told);
    }
    this.told = Notification.success(message, { autoClose: TOLD_MS });
  }

  /** Tell that something was done that can be taken back; returns what takes the message away again. */
  tellUndoable(message: string, undo: () => void | Promise<void>): () => void {
    const once = (): void => {
      if (this.undoable === once) {
        this.undoable = null;
      }
      Notification.dismiss(id);
      void this.trying(async () => {
        await undo();
        this.tell(t('undone'));
      });
    };
    const id = Notification.info(message, {
      autoClose: UNDO_MS,
      actions: [{ label: t('undo'), callback: once }]
    });
    this.undoable = once;
    return () => Notification.dismiss(id);
  }

  /** Take the last undoable thing back. */
  undo(): void {
    this.undoable?.();
  }

  get canUndo(): boolean {
    return this.undoable !== null;
  }

  /** Do something that may fail, and tell when it does. */
  async trying<T>(doing: () => Promise<T>): Promise<T | undefined> {
    try {
      return await doing();
    } catch (error) {
      Notification.error(error instanceof Error && error.message ? error.message : t('failed'), { autoClose: 8_000 });
      return undefined;
    }
  }

  private told = '';
  private undoable: (() => void) | null = null;
  private _style = '';
  private readonly _stateChanged = new Signal<this, void>(this);
}

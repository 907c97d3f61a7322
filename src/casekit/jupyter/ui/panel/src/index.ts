// The plugin: side panel, readers, commands.

import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStateDB } from '@jupyterlab/statedb';

import { actionsOn } from './actions';
import { Api } from './api';
import { addStart } from './starting';
import { addCommands } from './commands';
import { Desk } from './desk';
import { readIcon } from './icons';
import { CasePanel, type TabName } from './panel';
import { Reader } from './reader';

/** Reopens a reader when the page is loaded anew. */
const OPEN_READER = 'casekit:restore-reader';

const plugin: JupyterFrontEndPlugin<void> = {
  id: '@casekit/lab:plugin',
  description: 'Search, read, quote and collect passages of a casekit workspace.',
  autoStart: true,
  requires: [INotebookTracker, IDocumentManager, IStateDB],
  optional: [ICommandPalette, ILayoutRestorer, ILauncher],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  notebooks: INotebookTracker,
  documents: IDocumentManager,
  db: IStateDB,
  palette: ICommandPalette | null,
  restorer: ILayoutRestorer | null,
  launcher: ILauncher | null
): void {
  const desk = new Desk(app, new Api(app.serviceManager.serverSettings), notebooks, documents, db);
  const readers = new WidgetTracker<MainAreaWidget<Reader>>({ namespace: 'casekit-reader' });

  const reader = (source: string): MainAreaWidget<Reader> => {
    const open = readers.find(one => one.content.source === source);
    if (open) {
      return open;
    }
    const main = new MainAreaWidget({ content: new Reader(desk, actions, source) });
    main.id = `casekit-reader-${source}`;
    main.title.icon = readIcon;
    main.title.closable = true;
    main.toolbar.hide();
    void readers.add(main);
    return main;
  };

  const showTab = (tab: TabName): void => {
    panel.choose(tab);
    app.shell.activateById(panel.id);
    panel.focus();
  };

  const actions = actionsOn(desk, {
    open: passage => {
      const main = reader(passage.source);
      if (!main.isAttached) {
        // beside the notebook, so that both stay in view
        const beside = notebooks.currentWidget;
        const visible = readers.find(one => one !== main && one.isVisible);
        if (visible) {
          app.shell.add(main, 'main', { mode: 'tab-after', ref: visible.id });
        } else if (beside?.isVisible) {
          app.shell.add(main, 'main', { mode: 'split-right', ref: beside.id });
        } else {
          app.shell.add(main, 'main');
        }
      }
      app.shell.activateById(main.id);
      void main.content.goTo({ start: passage.start, end: passage.end }).then(() => readers.save(main));
    },
    showSearch: () => showTab('search'),
    showCode: id => {
      showTab('codes');
      void panel.codes.choose(id);
    }
  });

  const panel = new CasePanel(desk, actions);
  app.shell.add(panel, 'left', { rank: 150 });
  addCommands(desk, actions, showTab, palette);
  addStart(desk, db, palette, launcher, question => {
    showTab('search');
    desk.search.type(question, { now: true });
  });

  app.commands.addCommand(OPEN_READER, {
    label: '',
    isVisible: () => false,
    describedBy: { args: { type: 'object', properties: { source: { type: 'string' } } } },
    execute: args => {
      const main = reader(String(args['source']));
      if (!main.isAttached) {
        app.shell.add(main, 'main');
      }
      const start = Number(args['start'] ?? 0);
      const end = Number(args['end'] ?? 0);
      if (end > start) {
        void main.content.goTo({ start, end });
      }
    }
  });
  if (restorer) {
    restorer.add(panel, panel.id);
    void restorer.restore(readers, {
      command: OPEN_READER,
      args: main => ({ ...main.content.address }),
      name: main => main.content.source
    });
  }
  readers.currentChanged.connect((_, main) => {
    if (main) {
      desk.choose(main.content.passage);
    }
  });
  notebooks.currentChanged.connect(() => app.commands.notifyCommandChanged());
  void app.restored.then(() => desk.refresh());
}

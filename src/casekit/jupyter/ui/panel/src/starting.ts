// The start page in Lab: opened where nothing else is, its commands, and casekit's cards in the launcher.

import { type ICommandPalette, InputDialog, MainAreaWidget } from '@jupyterlab/apputils';
import type { ILauncher } from '@jupyterlab/launcher';
import type { IStateDB } from '@jupyterlab/statedb';

import type { Desk } from './desk';
import { cardIcon, panelIcon, readIcon } from './icons';
import { StartPage } from './startpage';
import { t } from './strings';

/** Ids of the commands. */
export const START = {
  open: 'casekit:start',
  newCase: 'casekit:new-case',
  newNotebook: 'casekit:new-notebook',
  notebook: 'casekit:open-notebook'
} as const;

/** Add the page's commands and launcher cards, and show it where Lab would show nothing of casekit. */
export function addStart(
  desk: Desk,
  db: IStateDB,
  palette: ICommandPalette | null,
  launcher: ILauncher | null,
  ask: (question: string) => void
): void {
  const { app } = desk;
  const { commands } = app;
  let page: MainAreaWidget<StartPage> | null = null;
  const openNotebook = (path: string): void => void commands.execute('docmanager:open', { path });

  const show = (): void => {
    if (!page || page.isDisposed) {
      const content = new StartPage(
        desk,
        desk.builder,
        {
          ask,
          openNotebook,
          newNotebook: () => void commands.execute(START.newNotebook),
          newCase: () => void commands.execute(START.newCase)
        },
        db
      );
      page = new MainAreaWidget({ content });
      page.id = 'casekit-start-page';
      page.toolbar.hide();
    }
    if (!page.isAttached) {
      app.shell.add(page, 'main', { activate: true });
    }
    app.shell.activateById(page.id);
  };
  desk.openStart = show;

  const nothing = { describedBy: { args: { type: 'object', properties: {} } } } as const;
  commands.addCommand(START.open, { ...nothing, label: () => `casekit: ${t('start')}`, icon: panelIcon, execute: show });
  commands.addCommand(START.newNotebook, {
    ...nothing,
    label: () => t('newNotebook'),
    icon: readIcon,
    execute: () => commands.execute('notebook:create-new', { cwd: desk.notebookFolder, kernelName: 'python3' })
  });
  commands.addCommand(START.newCase, {
    ...nothing,
    label: () => t('newCase'),
    icon: cardIcon,
    execute: async () => {
      const asked = await InputDialog.getText({ title: t('newCase'), label: t('newCaseAsk') });
      const name = asked.value?.trim();
      if (asked.button.accept && name) {
        const path = await desk.trying(() => desk.api.newCase(name));
        if (path !== undefined) {
          await commands.execute('docmanager:open', { path, factory: 'Editor' });
        }
      }
    }
  });
  commands.addCommand(START.notebook, {
    describedBy: { args: { type: 'object', properties: { path: { type: 'string' }, title: { type: 'string' } } } },
    label: args => String(args['title'] ?? ''),
    icon: readIcon,
    execute: args => openNotebook(String(args['path']))
  });
  for (const command of [START.open, START.newNotebook, START.newCase]) {
    palette?.addItem({ command, category: 'casekit' });
  }
  if (launcher) {
    launcher.add({ command: START.open, category: 'casekit', rank: 0 });
    launcher.add({ command: START.newCase, category: 'casekit', rank: 1 });
    void desk.api
      .start()
      .then(view => {
        view.notebooks.forEach(({ path, title }, i) =>
          launcher.add({ command: START.notebook, args: { path, title }, category: 'casekit', rank: 2 + i })
        );
      })
      .catch(() => undefined); // no workspace: the start page says so
  }
  void app.restored.then(async () => {
    await desk.refresh();
    const open = Array.from(app.shell.widgets('main'));
    if (desk.state?.workspace && open.every(widget => widget.id.startsWith('launcher'))) {
      show();
    }
    desk.started = true;
  });
}

// Empty, loading and error states: what is the matter, and what to do next.

import type { ApiError } from './api';
import { button } from './buttons';
import type { Desk } from './desk';
import { type Child, el } from '../../shared/dom';
import { t } from './strings';

/** A calm message in the middle of a view. */
export function stateOf(title: string, tip: string, ...more: Child[]): HTMLElement {
  return el(
    'div',
    { class: 'casekit-State' },
    el('p', { class: 'casekit-State-title' }, title),
    tip ? el('p', { class: 'casekit-State-tip' }, tip) : null,
    ...more
  );
}

/** What is shown in place of everything when the workspace cannot be searched; null when it can. */
export function troubleOf(desk: Desk): HTMLElement | null {
  const retry = button({ label: t('retry'), wordy: true, className: 'casekit-mod-main', onClick: () => void desk.refresh() });
  const terminal = (): HTMLElement | null =>
    desk.app.commands.hasCommand('terminal:create-new')
      ? button({
          label: t('openTerminal'),
          wordy: true,
          onClick: () => void desk.app.commands.execute('terminal:create-new', { cwd: desk.state?.workspace?.folder ?? '' })
        })
      : null;
  const row = (...buttons: Child[]): HTMLElement => el('div', { class: 'casekit-Row' }, ...buttons);
  if (desk.stateError) {
    return failureOf(desk.stateError, retry, desk);
  }
  const { state } = desk;
  if (!state) {
    return null; // not known yet: nothing stands in the way of typing
  }
  if (!state.workspace) {
    return stateOf(t('noWorkspace'), state.message || t('noWorkspaceTip'), row(retry, terminal()));
  }
  if (state.sources === 0) {
    const add = button({ label: t('add'), wordy: true, className: 'casekit-mod-main', onClick: () => desk.openStart() });
    return stateOf(t('emptyCorpus'), state.message, row(add));
  }
  if (!state.built) {
    return stateOf(t('notBuilt'), state.message || t('notBuiltTip'), desk.builder.place());
  }
  return null;
}

/** A failure in the user's words, with what to do. */
export function failureOf(error: ApiError, retry: HTMLElement, desk?: Desk): HTMLElement {
  const actions = el('div', { class: 'casekit-Row' }, retry);
  switch (error.code) {
    case 'no-service':
      return stateOf(t('noService'), t('noServiceTip'), actions);
    case 'unreachable':
      return stateOf(t('unreachable'), t('unreachableTip'), actions);
    case 'no-workspace':
      return stateOf(t('noWorkspace'), t('noWorkspaceTip'), actions);
    case 'not-built':
      return stateOf(t('notBuilt'), t('notBuiltTip'), ...(desk ? [desk.builder.place()] : []), actions);
    default:
      return stateOf(t('failed'), error.message, actions);
  }
}

// The index built from the panel: a button, then a bar with a way to stop, then what came of it.

import type { BuildState } from './api';
import { button } from './buttons';
import type { Desk } from './desk';
import { el, fill } from '../../shared/dom';
import { t } from './strings';

const ASK_EVERY_MS = 400;

/** Builds the workspace's index; one for the page, so that every place shows the same bar. */
export class Builder {
  constructor(private readonly desk: Desk) {}

  /** A place that shows the button, or how far a build is. `label` names the button. */
  place(label: string = t('build'), className = 'casekit-mod-main'): HTMLElement {
    const node = el('div', { class: 'casekit-Build', 'aria-live': 'polite' });
    const redraw = (): void => this.draw(node, label, className);
    this.places.add(redraw);
    new MutationObserver((_, seen) => {
      if (!node.isConnected && node.dataset['shown'] === 'yes') {
        this.places.delete(redraw);
        seen.disconnect();
      } else if (node.isConnected) {
        node.dataset['shown'] = 'yes';
      }
    }).observe(document.body, { childList: true, subtree: true });
    redraw();
    return node;
  }

  /** Begin, and go on asking until it has ended. */
  async start(): Promise<void> {
    const state = await this.desk.trying(() => this.desk.api.build());
    if (state) {
      await this.follow(state);
    }
  }

  /** Take up a build that runs already: another window may have begun it. */
  async resume(): Promise<void> {
    const state = await this.desk.api.buildState().catch(() => null);
    if (state?.running) {
      await this.follow(state);
    }
  }

  private async follow(first: BuildState): Promise<void> {
    if (this.following) {
      return;
    }
    this.following = true;
    this.show(first);
    try {
      while (this.state?.running) {
        await new Promise(resolve => window.setTimeout(resolve, ASK_EVERY_MS));
        this.show(await this.desk.api.buildState());
      }
    } catch {
      this.show(null); // the server is gone: the panel says so itself
    } finally {
      this.following = false;
    }
    await this.desk.refresh();
    if (this.state?.done) {
      this.desk.tell(t('buildDone', this.state.passages));
    }
  }

  private show(state: BuildState | null): void {
    this.state = state;
    this.places.forEach(redraw => redraw());
  }

  private draw(node: HTMLElement, label: string, className: string): void {
    const { state } = this;
    if (!state?.running) {
      fill(
        node,
        button({ label, wordy: true, className, onClick: () => void this.start() }),
        state?.message ? el('p', { class: 'casekit-State-tip' }, state.message) : null
      );
      return;
    }
    fill(
      node,
      el('p', {}, state.of > 0 ? t('buildStage', state.stage, state.at, state.of) : t('buildRuns')),
      el('progress', { max: Math.max(1, state.of), ...(state.of > 0 ? { value: state.at } : {}), 'aria-label': t('buildRuns') }),
      button({ label: t('stop'), wordy: true, onClick: () => void this.desk.trying(() => this.desk.api.build(true)) })
    );
  }

  private state: BuildState | null = null;
  private following = false;
  private readonly places = new Set<() => void>();
}

// Files, folders and links taken into the corpus: by drag, from a dialog, by address; with what was read of each.

import type { Added } from './api';
import { button } from './buttons';
import type { Desk } from './desk';
import { el } from '../../shared/dom';
import { t } from './strings';

/** A file with its place in the folder that was dragged. */
export interface Given {
  name: string;
  file: File;
}

/** The zone that takes files; `added` is called once all of them are read. */
export class AddZone {
  readonly node: HTMLElement;

  constructor(
    private readonly desk: Desk,
    private readonly added: (taken: number) => void
  ) {
    this.files = el('input', { type: 'file', multiple: true, hidden: true, class: 'casekit-Add-files', onchange: () => this.chosen(this.files) });
    this.folder = el('input', { type: 'file', multiple: true, hidden: true, onchange: () => this.chosen(this.folder) });
    this.folder.setAttribute('webkitdirectory', '');
    this.link = el('input', { type: 'url', class: 'casekit-Input', placeholder: 'https://', 'aria-label': t('addLink') });
    this.bar = el('progress', { max: 1, value: 0, hidden: true, 'aria-label': t('adding') });
    this.list = el('ul', { class: 'casekit-Receipts', 'aria-live': 'polite' });
    this.node = el(
      'section',
      {
        class: 'casekit-Add',
        'aria-label': t('add'),
        ondragover: (event: DragEvent) => this.over(event, true),
        ondragleave: (event: DragEvent) => this.over(event, false),
        ondrop: (event: DragEvent) => this.dropped(event)
      },
      el('p', { class: 'casekit-Add-tip' }, t('addTip')),
      el(
        'div',
        { class: 'casekit-Row' },
        button({ label: t('addFiles'), wordy: true, className: 'casekit-mod-main casekit-Add-choose', onClick: () => this.files.click() }),
        button({ label: t('addFolder'), wordy: true, onClick: () => this.folder.click() })
      ),
      el(
        'form',
        { class: 'casekit-Row', onsubmit: (event: SubmitEvent) => this.linked(event) },
        this.link,
        el('button', { type: 'submit', class: 'casekit-Button' }, t('addLink'))
      ),
      this.files,
      this.folder,
      this.bar,
      this.list
    );
  }

  /** Choose files from a dialog. */
  choose(): void {
    this.files.click();
  }

  private over(event: DragEvent, here: boolean): void {
    event.preventDefault();
    this.node.classList.toggle('casekit-mod-over', here);
  }

  private dropped(event: DragEvent): void {
    this.over(event, false);
    event.stopPropagation();
    const entries = Array.from(event.dataTransfer?.items ?? [], item => item.webkitGetAsEntry()).filter(one => one !== null);
    const files = Array.from(event.dataTransfer?.files ?? [], file => ({ name: file.name, file }));
    void (entries.length > 0 ? walked(entries) : Promise.resolve(files)).then(found => this.take(found));
  }

  private chosen(input: HTMLInputElement): void {
    const found = Array.from(input.files ?? [], file => ({ name: file.webkitRelativePath || file.name, file }));
    input.value = '';
    void this.take(found);
  }

  private linked(event: SubmitEvent): void {
    event.preventDefault();
    const url = this.link.value.trim();
    if (url) {
      void this.run([{ name: url, send: () => this.desk.api.addLink(url) }]).then(() => (this.link.value = ''));
    }
  }

  /** Take files one after the other: each is read, kept, and told of. */
  async take(given: readonly Given[]): Promise<void> {
    const seen = given.filter(one => !one.file.name.startsWith('.'));
    await this.run(seen.map(one => ({ name: one.name, send: () => this.desk.api.addFile(one.file) })));
  }

  private async run(jobs: readonly { name: string; send: () => Promise<Added> }[]): Promise<void> {
    let taken = 0;
    this.bar.hidden = false;
    this.bar.max = Math.max(1, jobs.length);
    for (const [number, job] of jobs.entries()) {
      this.bar.value = number;
      try {
        const told = await job.send();
        taken += told.added.filter(one => one.status !== 'present').length;
        this.tell(told, job.name);
      } catch (error) {
        this.line(job.name, error instanceof Error ? error.message : String(error), true);
      }
    }
    this.bar.hidden = true;
    await this.desk.refresh();
    this.added(taken);
  }

  private tell(told: Added, name: string): void {
    for (const one of told.added) {
      const status = one.status === 'present' ? t('addThere') : one.receipt;
      this.line(one.title, [status, ...one.warnings].filter(Boolean).join(' '), false);
    }
    told.refused.forEach(one => this.line(one.name, one.reason, true));
    told.skipped.forEach(one => this.line(one, t('addSkipped'), true));
    if (told.added.length + told.refused.length + told.skipped.length === 0) {
      this.line(name, t('addSkipped'), true);
    }
  }

  private line(name: string, text: string, bad: boolean): void {
    this.list.append(el('li', { 'data-bad': bad }, el('b', {}, name), ' ', el('span', {}, text)));
  }

  private readonly files: HTMLInputElement;
  private readonly folder: HTMLInputElement;
  private readonly link: HTMLInputElement;
  private readonly bar: HTMLProgressElement;
  private readonly list: HTMLElement;
}

/** All files below what was dragged, folders opened. */
async function walked(entries: readonly FileSystemEntry[], path = ''): Promise<Given[]> {
  const found: Given[] = [];
  for (const entry of entries) {
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
      found.push({ name: `${path}${entry.name}`, file });
    } else {
      const reader = (entry as FileSystemDirectoryEntry).createReader();
      let more: FileSystemEntry[];
      do {
        more = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // at most a hundred at once
        found.push(...(await walked(more, `${path}${entry.name}/`)));
      } while (more.length > 0);
    }
  }
  return found;
}


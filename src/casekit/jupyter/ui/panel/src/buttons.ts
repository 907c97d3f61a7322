// Buttons: every one has a name that is read aloud and shown on hover.

import type { LabIcon } from '@jupyterlab/ui-components';

import { el } from '../../shared/dom';

export interface ButtonOptions {
  label: string;
  onClick: (event: MouseEvent) => void;
  icon?: LabIcon;
  /** The key that does the same, shown after the name. */
  key?: string;
  /** Show the name beside the icon. */
  wordy?: boolean;
  className?: string;
}

/** A button with an icon, a text, or both. */
export function button(options: ButtonOptions): HTMLButtonElement {
  const { label, icon, key } = options;
  const node = el('button', {
    type: 'button',
    class: `casekit-Button ${options.className ?? ''}`.trim(),
    title: key ? `${label} (${key})` : label,
    onclick: options.onClick
  });
  if (icon) {
    node.appendChild(icon.element({ tag: 'span', className: 'casekit-Icon' }));
  }
  if (!icon || options.wordy) {
    node.append(label);
  } else {
    node.setAttribute('aria-label', label);
  }
  if (key) {
    node.setAttribute('aria-keyshortcuts', key);
  }
  return node;
}

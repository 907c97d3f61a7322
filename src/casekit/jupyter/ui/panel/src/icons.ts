// The panel's own icons, drawn on a grid of 16; they take the colour of the text beside them.

import { LabIcon } from '@jupyterlab/ui-components';

const SVG = 'xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"';

function stroke(name: string, inner: string): LabIcon {
  const style =
    'fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"';
  return new LabIcon({ name: `casekit:${name}`, svgstr: `<svg ${SVG}><g ${style}>${inner}</g></svg>` });
}

/** A lens over lines of text: the panel's own sign. */
export const panelIcon = new LabIcon({
  name: 'casekit:panel',
  svgstr:
    `<svg ${SVG}><path class="jp-icon3 jp-icon-selectable" fill="#616161" d="M2 2h9v1.4H2zM2 5h4.6v1.4H2zM2 8h3.2v1.4H2z` +
    'M2 11h4.2v1.4H2zM9.6 5.2a3.9 3.9 0 0 1 3.1 6.2l2 2-1 1-2-2a3.9 3.9 0 1 1-2.1-7.2zm0 1.4a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z"/></svg>'
});

export const referencesIcon = new LabIcon({
  name: 'casekit:references',
  svgstr:
    `<svg ${SVG}><path class="jp-icon3" fill="#616161" d="M2.5 2h2v2h-2zM6 2.3h7.5v1.4H6zM2.5 7h2v2h-2zM6 7.3h7.5v1.4H6z` +
    'M2.5 12h2v2h-2zM6 12.3h4.5v1.4H6z"/></svg>'
});

export const cardIcon = stroke('card', '<rect x="2" y="3" width="12" height="10" rx="1.2"/><path d="M5 6.5h6M5 9.5h4"/>');
export const quoteIcon = stroke(
  'quote',
  '<path d="M6.6 4.5C4.4 5 3.2 6.6 3.2 9.2v2.3h3.4V8.2H4.9M13 4.5c-2.2.5-3.4 2.1-3.4 4.7v2.3H13V8.2h-1.7"/>'
);
export const codeIcon = stroke('code', '<path d="M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5"/>');
export const basketIcon = stroke('basket', '<path d="M2 6.5h12l-1.2 7H3.2zM5 6.5 7 2.5M11 6.5l-2-4M6.5 9v2.2M9.5 9v2.2"/>');
export const noteIcon = stroke('note', '<path d="M3 2.5h10v7.3L9.8 13.5H3zM13 9.8H9.8v3.7M5.5 5.7h5M5.5 8.2h2.6"/>');
export const tagIcon = stroke('tag', '<path d="M2.5 2.500h5l6 6-5 5-6-6zM5.300 5.300v0" stroke-width="1.400"/>');
export const likeIcon = stroke('like', '<path d="M2 6c2-2.6 4-2.6 6 0s4 2.6 6 0M2 11c2-2.6 4-2.6 6 0s4 2.6 6 0"/>');
export const readIcon = stroke('read', '<path d="M8 4C6.5 2.9 4.5 2.7 2 3v9.600c2.5-.3 4.5-.1 6 1 1.5-1.1 3.5-1.3 6-1V3c-2.5-.3-4.5-.1-6 1zm0 0v9.6"/>');
export const copyIcon = stroke('copy', '<rect x="5.5" y="5.5" width="8" height="8" rx="1"/><path d="M10.5 5.500v-3h-8v8h3"/>');
export const starIcon = stroke('star', '<path d="m8 2 1.8 3.8 4.2.5-3.1 2.9.8 4.100L8 11.300l-3.7 2 .8-4.100L2 6.300l4.2-.500z"/>');
export const closeIcon = stroke('close', '<path d="m4 4 8 8M12 4l-8 8"/>');
export const upIcon = stroke('up', '<path d="m3.5 10 4.5-4.5 4.5 4.5"/>');
export const downIcon = stroke('down', '<path d="m3.5 6 4.5 4.500L12.5 6"/>');
export const editIcon = stroke('edit', '<path d="M3 13h2.500L13 5.5 10.5 3 3 10.500zM9 4.5 11.5 7"/>');
export const addIcon = stroke('add', '<path d="M8 3v10M3 8h10"/>');
export const mergeIcon = stroke('merge', '<path d="M3 3c0 5 5 4 5 8v2.500M13 3c0 5-5 4-5 8M5.500 11 8 13.500 10.500 11"/>');
export const undoIcon = stroke('undo', '<path d="M6 3 3 6l3 3M3 6h6.500a3.500 3.500 0 0 1 0 7H6"/>');
export const trashIcon = stroke('trash', '<path d="M3 4.500h10M6 4.500v-2h4v2M4.5 4.500l.7 9h5.600l.7-9M7 7v4M9 7v4"/>');
export const backIcon = stroke('back', '<path d="M13 8H3.500M7.5 4l-4 4 4 4"/>');
export const searchIcon = stroke('search', '<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.6 3.6"/>');
export const dragIcon = stroke('drag', '<path d="M6 4v0M6 8v0M6 12v0M10 4v0M10 8v0M10 12v0" stroke-width="2"/>');

// Elements made by hand, for the panel and the widgets: text only ever becomes a text node, never markup.

export type Child = Node | string | null | undefined | false;

export interface Attributes {
  // never: every listener may name the kind of event that it takes
  [name: string]: string | number | boolean | null | undefined | ((event: never) => void);
}

const SVG = 'http://www.w3.org/2000/svg';

/** A new element; `on…` functions become listeners, null, undefined and false attributes are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return made(document.createElement(tag), attributes, children);
}

/** A new element of a drawing. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return made(document.createElementNS(SVG, tag), attributes, children);
}

function made<T extends Element>(node: T, attributes: Attributes, children: readonly Child[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (typeof value === 'function') {
      if (!name.startsWith('on')) {
        throw new Error(`a listener is an attribute on…, not ${name}`);
      }
      node.addEventListener(name.slice(2), value as unknown as EventListener);
    } else {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(node, children);
  return node;
}

/** Append text and nodes, skipping what is absent. */
export function append(node: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) {
      continue;
    }
    node.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  }
}

/** Put these children in the place of whatever the node held. */
export function fill(node: Element, ...children: Child[]): void {
  node.replaceChildren();
  append(node, children);
}

let counter = 0;

/** An id that no other element of the page has. */
export function freshId(stem: string): string {
  counter += 1;
  return `casekit-${stem}-${counter}`;
}

/** Whether a key event belongs to an input method that is still composing. */
export function isComposing(event: KeyboardEvent): boolean {
  // 229: what browsers report while an input method handles the key
  return event.isComposing || event.keyCode === 229;
}

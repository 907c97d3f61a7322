// Elements without markup: every text goes in as a text node.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: any) => void)>;

const SVG = "http://www.w3.org/2000/svg";

function fill(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  fill(element, attributes, children);
  return element;
}

/** A button; `label` is what it says, `hint` what it does where the label alone would not tell. */
export function button(label: Child, press: (event: MouseEvent) => void, attributes: Attributes = {}): HTMLButtonElement {
  return h("button", { type: "button", class: "ck-button", click: press, ...attributes }, label);
}

/** Save a file that was made here. */
export function download(data: Blob, name: string): void {
  const url = URL.createObjectURL(data);
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A line that screen readers speak when it changes. */
export class Status {
  readonly element = h("div", { class: "ck-status", role: "status", "aria-live": "polite" });
  private busyCount = 0;

  tell(text: string, kind: "plain" | "error" = "plain"): void {
    this.element.textContent = text;
    this.element.classList.toggle("ck-error", kind === "error");
  }

  fail(error: unknown): void {
    this.tell(error instanceof Error ? error.message : String(error), "error");
  }

  /** Show that something is under way until it is done; what went wrong is told, the result else. */
  async during<T>(work: Promise<T>, doing: string): Promise<T | undefined> {
    let before = "";
    this.busyCount += 1;
    const shown = window.setTimeout(() => {
      before = this.element.textContent ?? ""; // what was told meanwhile comes back, not what was told first
      this.tell(doing);
      this.element.classList.add("ck-busy");
    }, 150); // what is faster than this needs no sign
    try {
      const result = await work;
      if (this.element.textContent === doing) this.tell(before);
      return result;
    } catch (error) {
      this.fail(error);
      return undefined;
    } finally {
      window.clearTimeout(shown);
      this.busyCount -= 1;
      if (!this.busyCount) this.element.classList.remove("ck-busy");
    }
  }
}

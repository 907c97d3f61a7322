// What widgets are put together from: shared elements under short names, buttons, downloads, a status line.
import { type Attributes, type Child, el as h, svg as s } from "../../shared/dom";

export { h, s };

/** A button; `label` is what it says, `hint` what it does where the label alone would not tell. */
export function button(label: Child, press: (event: MouseEvent) => void, attributes: Attributes = {}): HTMLButtonElement {
  return h("button", { type: "button", class: "ck-button", onclick: press, ...attributes }, label);
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

// The search field: type, pick with the arrow keys, Enter.
import { isComposing } from "../../../shared/dom";
import { h } from "../dom";
import type { Kernel } from "../model";
import { icon } from "../shapes";
import { say } from "../strings";
import type { TypeRow } from "./data";

interface Found {
  id: string;
  name: string;
  type: string;
  links: number;
}

let count = 0;
const PAUSE_MS = 120; // between key strokes of a fast typist

export class Finder {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private found: Found[] = [];
  private at = -1;
  private timer = 0;
  private asked = 0;
  private readonly id = `ck-find-${Math.random().toString(36).slice(2)}-${++count}`;

  constructor(
    private readonly kernel: Kernel,
    private readonly looks: (type: string) => TypeRow | undefined,
    private readonly picked: (id: string) => void,
    private readonly failed: (error: unknown) => void,
  ) {
    this.list = h("ul", { class: "ck-options", role: "listbox", id: this.id, hidden: true, "aria-label": say("search") });
    this.input = h("input", {
      type: "search",
      class: "ck-input",
      role: "combobox",
      placeholder: say("search"),
      "aria-label": say("search"),
      title: say("searchHint"),
      "aria-expanded": "false",
      "aria-controls": this.id,
      "aria-autocomplete": "list",
      autocomplete: "off",
      oninput: () => this.later(),
      onkeydown: (event: KeyboardEvent) => this.key(event),
      onblur: () => window.setTimeout(() => this.close(), 150),
    });
    this.element = h("div", { class: "ck-finder" }, this.input, this.list);
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.search(), PAUSE_MS);
  }

  private async search(): Promise<void> {
    const text = this.input.value.trim();
    const asked = ++this.asked;
    if (!text) return this.close();
    try {
      const found = await this.kernel.ask<Found[]>("find", { text });
      if (asked === this.asked) this.show(found); // else a newer question is under way
    } catch (error) {
      this.failed(error);
    }
  }

  private show(found: Found[]): void {
    this.found = found;
    this.at = found.length ? 0 : -1;
    this.list.replaceChildren(
      ...(found.length
        ? found.map((one, i) => {
            const look = this.looks(one.type);
            return h(
              "li",
              { role: "option", id: `${this.id}-${i}`, onmousedown: (event: Event) => event.preventDefault(), onclick: () => this.pick(i) },
              look ? icon(look.shape, look.colour) : null,
              h("span", {}, one.name),
              h("small", {}, `${one.links} ${say("links")}`),
            );
          })
        : [h("li", { class: "ck-missing", role: "option", "aria-disabled": "true" }, say("nothingFound"))]),
    );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  private mark(): void {
    [...this.list.children].forEach((child, i) => child.setAttribute("aria-selected", String(i === this.at)));
    if (this.at >= 0) {
      this.input.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
      this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    event.stopPropagation(); // the notebook has keys of its own
    if (isComposing(event)) return; // Enter belongs to the input method
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.found.length || this.list.hidden) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!this.list.hidden && this.at >= 0) this.pick(this.at);
      else void this.search();
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  private pick(i: number): void {
    const one = this.found[i];
    this.close();
    if (one) {
      this.input.value = one.name;
      this.picked(one.id);
    }
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

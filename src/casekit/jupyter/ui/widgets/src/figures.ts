// What the timeline and the chart have in common: figures, their legend, the panel with the sentence, the keyboard.
import { Status, button, h } from "./dom";
import { Kernel, choose, type Context, type Model } from "./model";
import { sentenceList, type Sentence } from "./sentences";
import { icon } from "./shapes";
import { say } from "./strings";

export interface Figure {
  id: string;
  told: string;
  subject: string;
  metric: string;
  unit: string;
  kind: string;
  kind_label: string;
  certainty: string;
  certainty_label: string;
  /** Kind and certainty in one phrase. */
  claim: string;
  /** That no original says it, in a word; empty where one does. */
  mark: string;
  low: number | null;
  high: number | null;
  open: "up" | "down" | "";
  rough: boolean;
  period: string;
  date: string;
  begin: number | null;
  end: number | null;
  title: string;
}

export interface Kind {
  kind: string;
  label: string;
  colour: string;
  shape: string;
  count: number;
}

/** What is aimed at, expected or hearsay is drawn as an outline: it is not what was reached. */
export function hollow(one: Figure): boolean {
  return one.kind === "target" || one.kind === "estimate" || one.certainty !== "stated";
}

export function dashes(one: Figure): string {
  return one.certainty === "hearsay" ? "2 2" : hollow(one) ? "5 3" : "";
}

export function inWords(one: Figure): string {
  return [one.subject, one.metric, one.told, one.date || one.period, one.claim, one.mark]
    .filter(Boolean)
    .join(" · ");
}

/** Chips by kind and by certainty that are also the filter. */
export class KindFilter {
  readonly element = h("div", { class: "ck-chips", role: "group", "aria-label": say("types") });
  private readonly hidden = new Set<string>();

  constructor(private readonly changed: () => void) {}

  /** Whether the chips leave a figure. */
  shows(one: Figure): boolean {
    return !this.hidden.has(one.kind) && !this.hidden.has(sure(one));
  }

  show(kinds: Kind[], figures: readonly Figure[]): void {
    const certainties = new Map<string, { label: string; count: number }>();
    for (const one of figures) {
      const there = certainties.get(sure(one));
      certainties.set(sure(one), { label: one.certainty_label, count: (there?.count ?? 0) + 1 });
    }
    const chip = (name: string, about: Record<string, string>, ...inside: (Node | string)[]): HTMLElement =>
      h(
        "button",
        {
          type: "button",
          class: "ck-chip",
          "aria-pressed": String(!this.hidden.has(name)),
          ...about,
          onclick: (event: MouseEvent) => {
            if (!this.hidden.delete(name)) this.hidden.add(name);
            (event.currentTarget as Element).setAttribute("aria-pressed", String(!this.hidden.has(name)));
            this.changed();
          },
        },
        ...inside,
      );
    this.element.replaceChildren(
      ...kinds.map((kind) =>
        chip(
          kind.kind,
          { "data-kind": kind.kind },
          icon(kind.shape, kind.colour, kind.kind === "target" || kind.kind === "estimate"),
          `${kind.label} ${kind.count}`,
        ),
      ),
      ...[...certainties].sort().map(([name, { label, count }]) => chip(name, { "data-certainty": name.slice(1) }, `${label} ${count}`)),
      h("small", { class: "ck-hint" }, say("hollowMeans")),
    );
  }
}

/** A certainty as the filter keeps it, beside kinds. */
function sure(one: Figure): string {
  return `~${one.certainty}`;
}

/** The chosen figure's sentence below the picture, and the choice told to Python. */
export class Reader {
  readonly element = h("aside", { class: "ck-below", "aria-label": say("evidence"), tabindex: "-1", hidden: true });
  readonly status = new Status();
  readonly kernel: Kernel;
  private readonly model: Model;
  private opened = 0;

  constructor(context: Context, private readonly changed: () => void) {
    this.model = context.model;
    this.kernel = new Kernel(context.model);
  }

  get chosen(): Set<string> {
    return new Set(this.model.get("selected") as string[]);
  }

  async press(one: Figure, more: boolean): Promise<void> {
    const before: string[] = this.model.get("selected");
    const on = before.includes(one.id);
    const now = more ? (on ? before.filter((id) => id !== one.id) : [...before, one.id]) : on && before.length === 1 ? [] : [one.id];
    choose(this.model, now);
    this.changed();
    if (!now.includes(one.id)) {
      this.element.hidden = true;
      return;
    }
    const turn = ++this.opened;
    const found = await this.status.during(this.kernel.ask<Sentence[]>("figure", { id: one.id }), say("reading"));
    if (!found || turn !== this.opened) return;
    this.element.replaceChildren(
      h(
        "div",
        { class: "ck-row" },
        h("h3", {}, inWords(one)),
        button(say("close"), () => (this.element.hidden = true), { class: "ck-button ck-small" }),
      ),
      sentenceList(found),
    );
    this.element.hidden = false;
  }
}

/** A mark that mouse and keyboard can press; arrow keys go to the next and previous mark. */
export function pressable(group: SVGGElement, one: Figure, reader: Reader, first: boolean): SVGGElement {
  group.classList.add("ck-mark");
  group.classList.toggle("ck-on", reader.chosen.has(one.id));
  const attributes: Record<string, string> = {
    tabindex: first ? "0" : "-1",
    role: "button",
    "aria-label": inWords(one),
    "aria-pressed": String(reader.chosen.has(one.id)),
    "data-id": one.id,
  };
  for (const [name, value] of Object.entries(attributes)) group.setAttribute(name, value);
  group.addEventListener("click", (event) => void reader.press(one, event.ctrlKey || event.metaKey || event.shiftKey));
  group.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      void reader.press(one, event.ctrlKey || event.metaKey);
      return;
    }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const all = [...group.ownerSVGElement!.querySelectorAll<SVGGElement>(".ck-mark")];
    const next = all[all.indexOf(group) + step];
    if (!next) return;
    group.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
  return group;
}

/** Draw when the place has a width, and again when it changes. */
export function onWidth(place: HTMLElement, draw: (width: number) => void): () => void {
  let last = 0;
  const watcher = new ResizeObserver(() => {
    const width = place.clientWidth;
    if (width && width !== last) {
      last = width;
      draw(width);
    }
  });
  watcher.observe(place);
  return () => watcher.disconnect();
}

// The timeline: a bar is as long as its date is wide; lanes by subject or metric; zoom by buttons, wheel with Ctrl, drag.
import { scale, short, timeTicks, widthOf } from "./axis";
import { button, h, s } from "./dom";
import { KindFilter, Reader, dashes, hollow, inWords, onWidth, pressable, type Figure, type Kind } from "./figures";
import type { Context } from "./model";
import { sign } from "./shapes";
import { noted, say } from "./strings";

interface TimelineData {
  title: string;
  lanes: "metric" | "subject";
  kinds: Kind[];
  figures: Figure[];
  left_out: number;
}

const GUTTER = 150;
const ROW = 20;
const LEAST_YEARS = 0.02; // a week
const ROOM_MIN = 300;

export function drawTimeline(context: Context): () => void {
  const { model, el } = context;
  let data: TimelineData = model.get("data");
  let lanes: "metric" | "subject" = data.lanes;
  let width = 0;
  let from = 0;
  let to = 1;

  const reader = new Reader(context, () => mark());
  const filter = new KindFilter(() => draw());
  const place = h("div", { class: "ck-plot", role: "region", "aria-label": data.title, tabindex: "0" });
  const by = h(
    "select",
    { class: "ck-select", "aria-label": say("lanesBy"), onchange: () => { lanes = by.value as typeof lanes; draw(); } },
    h("option", { value: "subject" }, say("bySubject")),
    h("option", { value: "metric" }, say("byMetric")),
  );
  by.value = lanes;

  function whole(): void {
    const begins = data.figures.map((one) => one.begin!);
    const ends = data.figures.map((one) => one.end!);
    const low = Math.min(...begins);
    const high = Math.max(...ends);
    const pad = Math.max(0.08, (high - low) * 0.03);
    from = low - pad;
    to = high + pad;
  }

  /** Where most of the figures stand; the few far away are there when all is wanted. */
  function usual(): void {
    whole();
    const spots = data.figures.map((one) => (one.begin! + one.end!) / 2).sort((a, b) => a - b);
    const low = spots[Math.floor(spots.length * 0.06)]!;
    const high = spots[Math.min(spots.length - 1, Math.ceil(spots.length * 0.94))]!;
    if (spots.length < 12 || high - low > (to - from) / 2) return;
    const pad = Math.max(0.3, (high - low) * 0.15);
    [from, to] = [Math.max(from, low - pad), Math.min(to, high + pad)];
  }

  /** The middle of what is chosen, or of what is shown. */
  function middle(): number {
    const chosen = reader.chosen;
    const inside = data.figures.filter((one) => one.end! >= from && one.begin! <= to && filter.shows(one));
    const meant = inside.some((one) => chosen.has(one.id)) ? inside.filter((one) => chosen.has(one.id)) : inside;
    const spots = meant.map((one) => (one.begin! + one.end!) / 2).sort((a, b) => a - b);
    return Math.min(to, Math.max(from, spots[spots.length >> 1] ?? (from + to) / 2));
  }

  function zoom(factor: number, around = middle()): void {
    const span = Math.max(LEAST_YEARS, (to - from) * factor);
    const share = (around - from) / (to - from);
    from = around - span * share;
    to = from + span;
    draw();
  }

  function shift(share: number): void {
    const step = (to - from) * share;
    from += step;
    to += step;
    draw();
  }

  /** The title of each lane and its figures, the fullest first. */
  function laned(): [string, Figure[]][] {
    const found = new Map<string, Figure[]>();
    for (const one of data.figures) {
      if (!filter.shows(one) || one.end! < from || one.begin! > to) continue;
      const name = one[lanes] || say("notNamed");
      const there = found.get(name);
      if (there) there.push(one);
      else found.set(name, [one]);
    }
    return [...found].sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0], "zh"));
  }

  function draw(): void {
    if (!width || !data.figures.length) return;
    const room = Math.max(ROOM_MIN, width);
    const at = scale(from, to, GUTTER, room - 12);
    const looks = new Map(data.kinds.map((kind) => [kind.kind, kind]));
    const parts: SVGElement[] = [];
    let top = 26;
    let first = true;
    const groups = laned();
    for (const [name, figures] of groups) {
      parts.push(s("line", { x1: 0, x2: room, y1: top, y2: top, class: "ck-line" }));
      const title = s("text", { x: 6, y: top + 17, class: "ck-lane" }, short(name, GUTTER - 20, 12));
      title.append(s("title", {}, name));
      parts.push(title);
      const ends: number[] = [];
      for (const one of figures) {
        const x1 = Math.max(GUTTER, at(one.begin!));
        const x2 = Math.min(room - 12, Math.max(at(one.end!), x1 + 5));
        const other = lanes === "metric" ? one.subject : one.metric;
        const label = short(noted(one.told, [one.claim, one.mark]) + (other ? ` ${other}` : ""), 260, 11);
        const wide = widthOf(label, 11) + 12;
        const before = x2 + wide > room && x1 - wide > GUTTER;
        let level = ends.findIndex((used) => used < x1 - 8 - (before ? wide : 0));
        if (level < 0) level = ends.length;
        ends[level] = x2 + (before ? 6 : wide);
        parts.push(bar(one, looks.get(one.kind)!, x1, x2, top + 6 + level * ROW, label, before, first));
        first = false;
      }
      top += 10 + ROW * ends.length;
    }
    const ticks = timeTicks(from, to, Math.max(2, (room - GUTTER) / 90)).filter((tick) => at(tick.at) >= GUTTER);
    const rules = ticks.flatMap((tick) => [
      s("line", { x1: at(tick.at), x2: at(tick.at), y1: 22, y2: top, class: "ck-rule" }),
      s("text", { x: at(tick.at), y: 15, class: "ck-tick", "text-anchor": "middle" }, tick.label),
    ]);
    const held = (document.activeElement as Element | null)?.getAttribute("data-id");
    place.replaceChildren(
      s("svg", { width: room, height: top + 4, viewBox: `0 0 ${room} ${top + 4}`, role: "group", "aria-label": data.title }, ...rules, ...parts),
    );
    if (held) place.querySelector<SVGElement>(`[data-id="${CSS.escape(held)}"]`)?.focus();
    const shown = groups.reduce((sum, [, figures]) => sum + figures.length, 0);
    const out = data.left_out ? ` · ${data.left_out} ${say("notDrawn")}` : "";
    reader.status.tell(`${say("shown")} ${shown} / ${say("of")} ${data.figures.length}${out} · ${say("timelineHint")}`);
  }

  function bar(one: Figure, look: Kind, x1: number, x2: number, y: number, label: string, before: boolean, first: boolean): SVGGElement {
    const open = hollow(one);
    return pressable(
      s(
        "g",
        {},
        s("title", {}, `${inWords(one)}\n${one.title}`),
        s("rect", { x: (before ? x1 - widthOf(label, 11) - 12 : x1 - 8), y: y - 3, width: x2 - x1 + widthOf(label, 11) + 20, height: 18, rx: 3, class: "ck-focus" }),
        s("rect", { x: x1, y, width: x2 - x1, height: 12, rx: 2, fill: open ? "var(--ck-paper)" : look.colour, stroke: look.colour, "stroke-width": 1.4, "stroke-dasharray": dashes(one) || null }),
        sign(look.shape, x1, y + 6, 5.5, look.colour, open),
        s("text", { x: before ? x1 - 9 : x2 + 6, y: y + 10, "text-anchor": before ? "end" : "start", class: "ck-label" }, label),
      ),
      one,
      reader,
      first,
    );
  }

  function mark(): void {
    const chosen = reader.chosen;
    for (const one of place.querySelectorAll(".ck-mark")) {
      const on = chosen.has(one.getAttribute("data-id")!);
      one.classList.toggle("ck-on", on);
      one.setAttribute("aria-pressed", String(on));
    }
  }

  const yearAt = (event: MouseEvent): number => {
    const x = event.clientX - place.getBoundingClientRect().left;
    return from + ((Math.max(GUTTER, x) - GUTTER) / (width - 12 - GUTTER)) * (to - from);
  };
  place.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the plain wheel scrolls the notebook
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, yearAt(event));
  }, { passive: false });
  let drag: { x: number; from: number; to: number; moved: boolean } | undefined;
  place.addEventListener("pointerdown", (event) => {
    if (event.button === 0) drag = { x: event.clientX, from, to, moved: false };
  });
  place.addEventListener("pointermove", (event) => {
    if (!drag || !event.buttons) return;
    const move = event.clientX - drag.x;
    if (Math.abs(move) < 5 && !drag.moved) return;
    drag.moved = true;
    const years = (move / (width - 12 - GUTTER)) * (drag.to - drag.from);
    from = drag.from - years;
    to = drag.to - years;
    draw();
  });
  const released = (): void => { drag = undefined; };
  window.addEventListener("pointerup", released);
  place.addEventListener("keydown", (event) => {
    if (event.target !== place) return;
    const action = { "+": () => zoom(1 / 1.4), "=": () => zoom(1 / 1.4), "-": () => zoom(1.4), "0": () => { whole(); draw(); }, ArrowLeft: () => shift(-0.15), ArrowRight: () => shift(0.15) }[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  });

  el.append(
    h(
      "section",
      { class: "ck-frame ck-timeline", "aria-label": data.title },
      h(
        "div",
        { class: "ck-bar" },
        h("h3", {}, data.title),
        by,
        button("+", () => zoom(1 / 1.6), { "aria-label": say("zoomIn"), title: say("zoomIn") }),
        button("−", () => zoom(1.6), { "aria-label": say("zoomOut"), title: say("zoomOut") }),
        button(say("fit"), () => { whole(); draw(); }),
      ),
      filter.element,
      place,
      reader.status.element,
      reader.element,
    ),
  );
  const take = (): void => {
    data = model.get("data");
    filter.show(data.kinds, data.figures);
    if (!data.figures.length) {
      place.replaceChildren(h("p", { class: "ck-empty" }, say("noDated")));
      return;
    }
    usual();
    draw();
  };
  take();
  const leave = onWidth(place, (now) => {
    width = now;
    draw();
  });
  model.on("change:data", take);
  model.on("change:selected", mark);
  return () => {
    leave();
    window.removeEventListener("pointerup", released);
    model.off("change:data", take);
    model.off("change:selected", mark);
    reader.kernel.close();
  };
}

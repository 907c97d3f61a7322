// The metric chart: by subject or over time, one unit at a time; open ends are arrows, ranges are bars.
import { logTicks, niceTicks, scale, short, timeTicks, widthOf, written, type Scale } from "./axis";
import { h, s } from "./dom";
import { KindFilter, Reader, dashes, hollow, inWords, onWidth, pressable, type Figure, type Kind } from "./figures";
import type { Context } from "./model";
import { sign } from "./shapes";
import { noted, say } from "./strings";

interface Group {
  id: string;
  label: string;
  unit: string;
  figures: Figure[];
  bare: number;
  left_out: number;
}

interface ChartData {
  title: string;
  groups: Group[];
  kinds: Kind[];
}

const GUTTER = 150;
const ROW = 22;
const ARROW = 44;
const HEIGHT = 340;

export function drawChart(context: Context): () => void {
  const { model, el } = context;
  const english = model.get("language") === "en";
  let data: ChartData = model.get("data");
  let group: Group | undefined = data.groups[0];
  let mode: "subject" | "time" = "subject";
  let log = false;
  let width = 0;

  const reader = new Reader(context, () => mark());
  const filter = new KindFilter(() => draw());
  const title = h("h3", {}, data.title);
  const place = h("div", { class: "ck-plot", role: "region", "aria-label": data.title, tabindex: "0" });
  const groups = h("select", {
    class: "ck-select",
    "aria-label": say("metricAndUnit"),
    onchange: () => {
      group = data.groups.find((one) => one.id === groups.value);
      choices();
      draw();
    },
  });
  const modes = h(
    "select",
    { class: "ck-select", "aria-label": say("chartBy"), onchange: () => { mode = modes.value as typeof mode; draw(); } },
    h("option", { value: "subject" }, say("bySubject")),
    h("option", { value: "time" }, say("overTime")),
  );
  const logBox = h("input", { type: "checkbox", onchange: () => { log = logBox.checked; draw(); } });
  const logLabel = h("label", { class: "ck-check" }, logBox, say("logScale"));

  const values = (figures: Figure[]): number[] => figures.flatMap((one) => [one.low, one.high]).filter((value): value is number => value !== null);
  const shown = (): Figure[] => (group?.figures ?? []).filter((one) => filter.shows(one));
  const dated = (figures: Figure[]): Figure[] => figures.filter((one) => one.begin !== null);

  function choices(): void {
    groups.replaceChildren(...data.groups.map((one) => h("option", { value: one.id, selected: one === group }, `${one.label} · ${one.figures.length}`)));
    groups.hidden = data.groups.length < 2;
    title.textContent = data.groups.length < 2 && group ? group.label : data.title;
    const positive = values(group?.figures ?? []).every((value) => value > 0);
    logBox.disabled = !positive;
    if (!positive) log = logBox.checked = false;
    const several = dated(group?.figures ?? []).length > 1;
    modes.options[1]!.disabled = !several;
    if (!several) mode = modes.value = "subject";
    const counts = new Map<string, number>();
    for (const one of group?.figures ?? []) counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
    filter.show(data.kinds.filter((kind) => counts.has(kind.kind)).map((kind) => ({ ...kind, count: counts.get(kind.kind)! })), group?.figures ?? []);
  }

  function ends(figures: Figure[]): [number, number] {
    const all = values(figures);
    const low = Math.min(...all);
    const high = Math.max(...all);
    if (log) return [low / 1.5, high * 1.5];
    const reach = Math.max(high, 0) - Math.min(low, 0) || 1;
    return [low < 0 ? low - reach * 0.06 : 0, high > 0 ? high + reach * 0.06 : 0];
  }

  function draw(): void {
    if (!width) return;
    const figures = mode === "time" ? dated(shown()) : shown();
    if (!figures.length) {
      place.replaceChildren(h("p", { class: "ck-empty" }, say("noValues")));
      tell(0);
      return;
    }
    const held = (document.activeElement as Element | null)?.getAttribute("data-id");
    place.replaceChildren(mode === "time" ? overTime(figures) : bySubject(figures));
    if (held) place.querySelector<SVGElement>(`[data-id="${CSS.escape(held)}"]`)?.focus();
    tell(figures.length);
  }

  function tell(count: number): void {
    const parts = [`${say("shown")} ${count} / ${say("of")} ${group?.figures.length ?? 0}`];
    if (group?.bare) parts.push(`${group.bare} ${say("withoutValue")}`);
    if (group?.left_out) parts.push(`${group.left_out} ${say("notDrawn")}`);
    parts.push(say("chartHint"));
    reader.status.tell(parts.join(" · "));
  }

  const look = (one: Figure): Kind => data.kinds.find((kind) => kind.kind === one.kind)!;
  const middle = (one: Figure): number => ((one.low ?? one.high)! + (one.high ?? one.low)!) / 2;
  const ticksOf = (low: number, high: number, most: number): number[] => (log ? logTicks(low, high) : niceTicks(low, high, most));

  function beside(one: Figure): string {
    return noted(one.told, [one.period || one.date, one.claim, one.mark]);
  }

  function bySubject(figures: Figure[]): SVGSVGElement {
    const rows = [...figures].sort((a, b) => middle(b) - middle(a));
    const [low, high] = ends(rows);
    const right = Math.max(GUTTER + 120, width - 190);
    const at = scale(low, high, GUTTER, right, log);
    const bottom = 26 + ROW * rows.length;
    const rules = ticksOf(low, high, Math.max(2, (right - GUTTER) / 100)).flatMap((tick) => [
      s("line", { x1: at(tick), x2: at(tick), y1: 20, y2: bottom, class: "ck-rule" }),
      s("text", { x: at(tick), y: 14, "text-anchor": "middle", class: "ck-tick" }, written(tick, english)),
    ]);
    let before = "";
    const marks = rows.map((one, i) => {
      const y = 36 + ROW * i;
      const name = one.subject || say("notNamed");
      const title = s("text", { x: GUTTER - 10, y: y + 4, "text-anchor": "end", class: "ck-lane" }, short(name, GUTTER - 16, 12));
      title.append(s("title", {}, name));
      if (name === before) title.setAttribute("class", "ck-lane ck-same");
      before = name;
      const end = Math.max(at(one.high ?? one.low!), one.open === "up" ? at(one.low ?? one.high!) + ARROW : 0);
      const label = short(beside(one), Math.max(80, width - end - 16), 11);
      return pressable(
        s(
          "g",
          {},
          s("title", {}, `${inWords(one)}\n${one.title}`),
          s("rect", { x: 2, y: y - ROW / 2 + 1, width: width - 6, height: ROW - 2, rx: 3, class: "ck-focus" }),
          title,
          ...reach(one, at, y, false),
          s("text", { x: end + 11, y: y + 4, class: "ck-label" }, label),
        ),
        one,
        reader,
        i === 0,
      );
    });
    return s("svg", { width, height: bottom + 4, viewBox: `0 0 ${width} ${bottom + 4}`, role: "group", "aria-label": group!.label }, ...rules, ...marks);
  }

  /** The value of a figure along one axis: a mark, a bar between the ends of a range, an arrow where it is open. */
  function reach(one: Figure, at: Scale, across: number, upright: boolean): SVGElement[] {
    const kind = look(one);
    const from = at(one.low ?? one.high!);
    const to = at(one.high ?? one.low!);
    const line = (a: number, b: number, extra: Record<string, string | number | null>): SVGLineElement =>
      upright ? s("line", { x1: across, x2: across, y1: a, y2: b, stroke: kind.colour, ...extra }) : s("line", { x1: a, x2: b, y1: across, y2: across, stroke: kind.colour, ...extra });
    const parts: SVGElement[] = [];
    if (from !== to) parts.push(line(from, to, { "stroke-width": 4, "stroke-dasharray": dashes(one) || null }));
    if (one.open) {
      const way = (one.open === "up" ? 1 : -1) * (upright ? -1 : 1);
      const tip = from + way * ARROW;
      parts.push(line(from, tip, { "stroke-width": 2, "stroke-dasharray": "4 3" }));
      const back = tip - way * 6;
      parts.push(s("path", { d: upright ? `M${across - 4} ${back}L${across} ${tip}L${across + 4} ${back}` : `M${back} ${across - 4}L${tip} ${across}L${back} ${across + 4}`, fill: "none", stroke: kind.colour, "stroke-width": 2 }));
    }
    for (const spot of new Set([from, to])) parts.push(upright ? sign(kind.shape, across, spot, 6, kind.colour, hollow(one)) : sign(kind.shape, spot, across, 6, kind.colour, hollow(one)));
    if (one.rough) parts.push(s("text", { x: upright ? across - 16 : from - 15, y: upright ? from + 4 : across + 4, class: "ck-label" }, "≈"));
    return parts;
  }

  function overTime(figures: Figure[]): SVGSVGElement {
    const rows = [...figures].sort((a, b) => a.begin! - b.begin! || a.end! - b.end!);
    const [low, high] = ends(rows);
    const left = 70;
    const bottom = HEIGHT - 28;
    const at = scale(low, high, bottom, 40, log);
    const first = Math.min(...rows.map((one) => one.begin!));
    const last = Math.max(...rows.map((one) => one.end!));
    const pad = Math.max(0.05, (last - first) * 0.04);
    const when = scale(first - pad, last + pad, left, width - 20);
    const rules = ticksOf(low, high, 6).flatMap((tick) => [
      s("line", { x1: left, x2: width - 12, y1: at(tick), y2: at(tick), class: "ck-rule" }),
      s("text", { x: left - 8, y: at(tick) + 4, "text-anchor": "end", class: "ck-tick" }, written(tick, english)),
    ]);
    for (const tick of timeTicks(first - pad, last + pad, Math.max(2, (width - left) / 100))) {
      rules.push(s("line", { x1: when(tick.at), x2: when(tick.at), y1: 30, y2: bottom, class: "ck-rule" }));
      rules.push(s("text", { x: when(tick.at), y: HEIGHT - 10, "text-anchor": "middle", class: "ck-tick" }, tick.label));
    }
    const taken: { x1: number; x2: number; y: number }[] = [];
    const marks = rows.map((one, i) => {
      const x1 = when(one.begin!);
      const x2 = Math.max(when(one.end!), x1 + 4);
      const x = (x1 + x2) / 2;
      const y = at(middle(one));
      const text = short([noted(one.told, [one.claim, one.mark]), one.subject].filter(Boolean).join(" "), 210, 11);
      const wide = widthOf(text, 11);
      const label = { x1: Math.min(x + 11, width - wide - 4), y: y - 8, x2: 0 };
      label.x2 = label.x1 + wide;
      while (taken.some((other) => Math.abs(other.y - label.y) < 13 && other.x1 < label.x2 && label.x1 < other.x2) && label.y > 16) label.y -= 13;
      taken.push(label);
      return pressable(
        s(
          "g",
          {},
          s("title", {}, `${inWords(one)}\n${one.title}`),
          s("rect", { x: x1 - 8, y: y - 12, width: x2 - x1 + 16, height: 24, rx: 3, class: "ck-focus" }),
          s("line", { x1, x2, y1: y, y2: y, stroke: look(one).colour, "stroke-width": 3, opacity: 0.45 }),
          ...reach(one, at, x, true),
          s("text", { x: label.x1, y: label.y, class: "ck-label" }, text),
        ),
        one,
        reader,
        i === 0,
      );
    });
    return s("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "group", "aria-label": group!.label }, ...rules, ...marks);
  }

  function mark(): void {
    const chosen = reader.chosen;
    for (const one of place.querySelectorAll(".ck-mark")) {
      const on = chosen.has(one.getAttribute("data-id")!);
      one.classList.toggle("ck-on", on);
      one.setAttribute("aria-pressed", String(on));
    }
  }

  const take = (): void => {
    data = model.get("data");
    group = data.groups.find((one) => one.id === group?.id) ?? data.groups[0];
    choices();
    draw();
  };
  el.append(
    h(
      "section",
      { class: "ck-frame ck-chart", "aria-label": data.title },
      h("div", { class: "ck-bar" }, title, groups, modes, logLabel),
      filter.element,
      place,
      reader.status.element,
      reader.element,
    ),
  );
  if (group) choices();
  else {
    place.replaceChildren(h("p", { class: "ck-empty" }, say("noValues")));
    for (const one of [groups, modes, logLabel]) one.hidden = true;
  }
  const leave = group ? onWidth(place, (now) => { width = now; draw(); }) : () => undefined;
  model.on("change:data", take);
  model.on("change:selected", mark);
  return () => {
    leave();
    model.off("change:data", take);
    model.off("change:selected", mark);
    reader.kernel.close();
  };
}

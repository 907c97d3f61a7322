// The comparison matrix: rows to be hidden, sorted and reduced to what differs; a cell opens its sentences.
import { Status, button, h } from "./dom";
import { Kernel, choose, type Context } from "./model";
import { sentenceList, type Sentence } from "./sentences";
import { say } from "./strings";

interface Cell {
  text: string;
  state: string;
  label: string;
  tags: { tag: string; label: string }[];
  places: [string, number, number][];
}

interface MatrixData {
  title: string;
  by: string;
  choices: [string, string][];
  rows: [string, string][];
  columns: [string, string][];
  cells: Cell[][];
}

type Order = "own" | "told" | "title";

export function drawMatrix({ model, el }: Context): () => void {
  const kernel = new Kernel(model);
  const status = new Status();
  let data: MatrixData = model.get("data");
  let hidden = new Set<string>();
  let differing = false;
  let order: Order = "own";

  const title = h("h3", {});
  const table = h("table", { class: "ck-matrix" });
  const detail = h("aside", { class: "ck-below", "aria-label": say("evidence"), tabindex: "-1", hidden: true });
  const restore = button("", () => {
    hidden = new Set();
    draw();
  }, { class: "ck-button ck-small", hidden: true });
  const by = h(
    "select",
    { class: "ck-select", "aria-label": say("compareBy"), onchange: () => void status.during(kernel.ask("by", { by: by.value }), say("working")) },
  );
  const sorter = h(
    "select",
    { class: "ck-select", "aria-label": say("sortRows"), onchange: () => { order = sorter.value as Order; draw(); } },
    h("option", { value: "own" }, say("ownOrder")),
    h("option", { value: "told" }, say("mostTold")),
    h("option", { value: "title" }, say("byTitle")),
  );
  const differ = h("input", { type: "checkbox", onchange: () => { differing = differ.checked; draw(); } });

  const told = (cell: Cell): boolean => cell.state !== "not-reported";
  const differs = (cells: Cell[]): boolean => new Set(cells.map((cell) => cell.text)).size > 1;

  function shownRows(): number[] {
    const rows = data.rows.map((_, i) => i).filter((i) => !hidden.has(data.rows[i]![0]) && (!differing || differs(data.cells[i]!)));
    if (order === "told") rows.sort((a, b) => data.cells[b]!.filter(told).length - data.cells[a]!.filter(told).length || a - b);
    if (order === "title") rows.sort((a, b) => data.rows[a]![1].localeCompare(data.rows[b]![1], "zh"));
    return rows;
  }

  function draw(): void {
    const chosen = new Set<string>(model.get("selected"));
    title.textContent = data.title;
    by.replaceChildren(...data.choices.map(([id, label]) => h("option", { value: id, selected: id === data.by }, label)));
    by.hidden = data.choices.length === 0;
    restore.hidden = hidden.size === 0;
    restore.textContent = `${say("showHidden")} (${hidden.size})`;
    const rows = shownRows();
    table.replaceChildren(
      h("thead", {}, h("tr", {}, h("td", {}), ...data.columns.map(([, name]) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, ...rows.map((i) => line(i, chosen))),
    );
    if (!data.rows.length || !data.columns.length) status.tell(say("nothing"));
    else status.tell(`${rows.length} / ${data.rows.length} ${say("rows")} · ${data.columns.length} ${say("cases")} · ${say("cellHint")}`);
  }

  function line(i: number, chosen: Set<string>): HTMLTableRowElement {
    const [id, name] = data.rows[i]!;
    return h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        h("span", {}, name),
        button("×", () => { hidden.add(id); draw(); }, { class: "ck-hide", "aria-label": `${say("hideRow")} ${name}`, title: say("hideRow") }),
      ),
      ...data.cells[i]!.map((cell, j) => box(cell, `${id}/${data.columns[j]![0]}`, `${name}, ${data.columns[j]![1]}`, chosen)),
    );
  }

  function box(cell: Cell, id: string, place: string, chosen: Set<string>): HTMLTableCellElement {
    const sure = [...cell.tags.map((tag) => h("span", { class: `ck-tag ck-tag-${tag.tag}` }, tag.label))];
    const content = told(cell)
      ? [
          h("span", { class: "ck-text" }, cell.text),
          h(
            "span",
            { class: "ck-marks" },
            cell.state !== "reported" && h("span", { class: "ck-tag" }, cell.label),
            ...sure,
            cell.places.length > 0 && h("small", {}, `${say("evidence")} ${cell.places.length} ${say(cell.places.length === 1 ? "place" : "places")}`),
          ),
        ]
      : [h("span", { class: "ck-missing" }, cell.text)];
    const opener: HTMLButtonElement = h(
      "button",
      {
        type: "button",
        class: "ck-cell",
        "data-id": id,
        "aria-pressed": String(chosen.has(id)),
        title: place,
        onclick: (event: MouseEvent) => void press(id, place, cell, opener, event.ctrlKey || event.metaKey || event.shiftKey),
        onkeydown: walk,
      },
      ...content,
    );
    return h("td", { class: `ck-${cell.state}` }, opener);
  }

  /** Arrow keys go from cell to cell. */
  function walk(event: KeyboardEvent): void {
    const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const here = (event.currentTarget as HTMLElement).closest("td")!;
    const row = here.parentElement as HTMLTableRowElement;
    const rows = [...row.parentElement!.children] as HTMLTableRowElement[];
    rows[rows.indexOf(row) + step[0]]?.cells[here.cellIndex + step[1]]?.querySelector<HTMLElement>(".ck-cell")?.focus();
  }

  async function press(id: string, place: string, cell: Cell, opener: HTMLElement, more: boolean): Promise<void> {
    const before: string[] = model.get("selected");
    const on = before.includes(id);
    choose(model, more ? (on ? before.filter((one) => one !== id) : [...before, id]) : on && before.length === 1 ? [] : [id]);
    mark();
    if (!(model.get("selected") as string[]).includes(id)) return close();
    const found = cell.places.length ? await status.during(kernel.ask<Sentence[]>("cell", { id }), say("reading")) : [];
    if (!found) return;
    detail.replaceChildren(
      h("div", { class: "ck-row" }, h("h3", {}, place), button(say("close"), () => { close(); opener.focus(); }, { class: "ck-button ck-small" })),
      h("p", {}, cell.text),
      found.length ? sentenceList(found) : h("p", { class: "ck-missing" }, told(cell) ? say("noEvidence") : cell.text),
    );
    detail.hidden = false;
  }

  function close(): void {
    detail.hidden = true;
  }

  function mark(): void {
    const chosen = new Set<string>(model.get("selected"));
    for (const cell of table.querySelectorAll<HTMLElement>(".ck-cell")) cell.setAttribute("aria-pressed", String(chosen.has(cell.dataset["id"]!)));
  }

  const take = (): void => {
    data = model.get("data");
    hidden = new Set();
    close();
    draw();
  };
  el.append(
    h(
      "section",
      { class: "ck-frame", "aria-label": data.title },
      h("div", { class: "ck-bar" }, title, by, sorter, h("label", { class: "ck-check" }, differ, say("onlyDiffering")), restore),
      h("div", { class: "ck-scroll", tabindex: "0", role: "region", "aria-label": data.title }, table),
      status.element,
      detail,
    ),
  );
  draw();
  model.on("change:data", take);
  model.on("change:selected", mark);
  return () => {
    model.off("change:data", take);
    model.off("change:selected", mark);
    kernel.close();
  };
}

// The search box: hits as you type; a newer query replaces those that wait.
import { isComposing } from "../../shared/dom";
import { Status, h } from "./dom";
import { Kernel, choose, type Context } from "./model";
import { sentenceList, type Sentence } from "./sentences";
import { say } from "./strings";

interface Hit {
  id: string;
  title: string;
  date: string;
  publisher: string;
  heading: string;
  pieces: { text: string; mark: boolean }[];
  why: string[];
}

interface SearchData {
  query: string;
  message: string;
  hits: Hit[];
}

const PAUSE_MS = 90; // between the key strokes of a fast typist

export function drawSearch({ model, el }: Context): () => void {
  const kernel = new Kernel(model);
  const status = new Status();
  const list = h("ol", { class: "ck-hits", "aria-label": say("hits") });
  let wanted: string | undefined;
  let asking = false;
  let timer = 0;
  let composing = false;

  const input = h("input", {
    type: "search",
    class: "ck-input ck-wide",
    placeholder: say("searchCorpus"),
    "aria-label": say("searchCorpus"),
    autocomplete: "off",
    oninput: () => later(),
    oncompositionstart: () => (composing = true),
    oncompositionend: () => {
      composing = false;
      later();
    },
    onkeydown: (event: KeyboardEvent) => {
      event.stopPropagation(); // the notebook has keys of its own
      if (isComposing(event)) return;
      if (event.key === "Enter") {
        window.clearTimeout(timer);
        void search();
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        list.querySelector<HTMLElement>("button")?.focus();
      }
    },
  });

  function later(): void {
    window.clearTimeout(timer);
    if (!composing) timer = window.setTimeout(() => void search(), PAUSE_MS);
  }

  async function search(): Promise<void> {
    wanted = input.value;
    if (asking) return; // the one under way is followed by the newest only
    asking = true;
    try {
      while (wanted !== undefined) {
        const text: string = wanted;
        wanted = undefined;
        const found = await status.during(kernel.ask<SearchData>("search", { text }), say("searching"));
        if (found && wanted === undefined) show(found);
      }
    } finally {
      asking = false;
    }
  }

  function show(data: SearchData): void {
    list.replaceChildren(...data.hits.map((hit, i) => item(hit, i)));
    if (!data.query) status.tell(say("typeToSearch"));
    else status.tell([`${data.hits.length} ${say("passages")}`, data.message].filter(Boolean).join(" · "));
  }

  function item(hit: Hit, at: number): HTMLElement {
    const detail = h("div", { class: "ck-detail", hidden: true });
    const opener = h(
      "button",
      {
        type: "button",
        class: "ck-hit",
        "aria-expanded": "false",
        "data-id": hit.id,
        onclick: () => void open(hit, opener, detail),
        onkeydown: (event: KeyboardEvent) => walk(event, at),
      },
      h("span", { class: "ck-text" }, ...hit.pieces.map((piece) => (piece.mark ? h("mark", {}, piece.text) : piece.text))),
      h("span", { class: "ck-about" }, [hit.title, hit.publisher, hit.date, hit.heading].filter(Boolean).join(" · ")),
      hit.why.length ? h("span", { class: "ck-why" }, hit.why.join(" · ")) : null,
    );
    return h("li", {}, opener, detail);
  }

  function walk(event: KeyboardEvent, at: number): void {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    const all = [...list.querySelectorAll<HTMLElement>(".ck-hit")];
    (event.key === "ArrowUp" && at === 0 ? input : all[at + (event.key === "ArrowDown" ? 1 : -1)])?.focus();
  }

  async function open(hit: Hit, opener: HTMLElement, detail: HTMLElement): Promise<void> {
    const opening = detail.hidden;
    const chosen = new Set<string>(model.get("selected"));
    if (opening) chosen.add(hit.id);
    else chosen.delete(hit.id);
    choose(model, [...chosen]);
    opener.setAttribute("aria-expanded", String(opening));
    detail.hidden = !opening;
    if (!opening || detail.childElementCount) return;
    const found = await status.during(kernel.ask<Sentence>("quote", { id: hit.id }), say("reading"));
    if (found) detail.replaceChildren(sentenceList([found]), h("p", { class: "ck-about" }, found.reference));
  }

  const take = (): void => {
    const data: SearchData = model.get("data");
    input.value = data.query;
    show(data);
  };
  el.append(
    h("section", { class: "ck-frame ck-search", "aria-label": say("searchCorpus") }, h("div", { class: "ck-bar", role: "search" }, input), status.element, list),
  );
  take();
  model.on("change:data", take);
  return () => {
    model.off("change:data", take);
    window.clearTimeout(timer);
    kernel.close();
  };
}

// A list of sentences with their addresses, each ready to be copied.
import { button, h } from "./dom";
import { say } from "./strings";

export interface Sentence {
  source: string;
  start: number;
  end: number;
  title: string;
  date: string;
  publisher: string;
  reference: string;
  pieces: { text: string; mark: boolean }[];
  missing: string;
}

export function sentenceList(sentences: Sentence[]): HTMLElement {
  return h("ol", { class: "ck-sentences", "aria-label": say("evidence") }, ...sentences.map(item));
}

function item(one: Sentence): HTMLElement {
  const quote = one.pieces.map((piece) => piece.text).join("");
  const about = [one.title, one.publisher, one.date].filter(Boolean).join(" · ");
  const text = one.pieces.length
    ? h("blockquote", {}, ...one.pieces.map((p) => (p.mark ? h("mark", {}, p.text) : p.text)))
    : h("p", { class: "ck-missing" }, one.missing);
  return h(
    "li",
    {},
    text,
    h("div", { class: "ck-about" }, about),
    h(
      "div",
      { class: "ck-tools" },
      h("code", {}, `${one.source}:${one.start}-${one.end}`),
      one.pieces.length > 0 && copier(say("copyQuote"), `「${quote}」\n${one.reference}`),
      one.pieces.length > 0 &&
        copier(say("copyCode"), `wb.quote(${JSON.stringify(one.source)}, ${one.start}, ${one.end})`),
    ),
  );
}

function copier(label: string, text: string): HTMLButtonElement {
  const made = button(label, () => {
    void copy(text).then((done) => {
      made.textContent = done ? say("copied") : label;
      window.setTimeout(() => (made.textContent = label), 1500);
    });
  }, { class: "ck-button ck-small" });
  return made;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h("textarea", { class: "ck-hidden" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy"); // where the page may not use the clipboard
    area.remove();
    return done;
  }
}

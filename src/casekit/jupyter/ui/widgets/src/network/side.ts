// The panel beside the drawing: a node's links as a list, a link's sentences; all of it works with the keyboard.
import { button, h } from "../dom";
import { sentenceList, type Sentence } from "../sentences";
import { icon } from "../shapes";
import { say } from "../strings";
import type { EdgeRow, NodeRow, TypeRow } from "./data";

export interface EdgeDetail {
  id: string;
  title: string;
  rule: string;
  sentences: Sentence[];
}

export interface SideActions {
  expand(id: string): void;
  openNode(id: string): void;
  openEdge(id: string): void;
}

export class Side {
  readonly element = h("aside", { class: "ck-side", "aria-label": say("links"), tabindex: "-1" });

  constructor(private readonly actions: SideActions) {
    this.nothing();
  }

  nothing(): void {
    this.element.replaceChildren(h("p", { class: "ck-hint" }, say("pick")));
  }

  node(node: NodeRow, look: TypeRow | undefined, edges: EdgeRow[], other: (id: string) => NodeRow | undefined): void {
    const hidden = Math.max(0, node.links - edges.length);
    this.element.replaceChildren(
      h("h3", {}, look ? icon(look.shape, look.colour) : null, node.name),
      h(
        "p",
        { class: "ck-hint" },
        [look?.label, `${node.mentions} ${say("mentions")}`, `${node.sources} ${say(node.mark ? "retellings" : "sources")}`].filter(Boolean).join(" · "),
      ),
      hidden > 0 ? button(`${say("expand")} (${hidden} ${say("notShown")})`, () => this.actions.expand(node.id), { class: "ck-button ck-expand" }) : "",
      h("ul", { class: "ck-links", "aria-label": `${node.name}: ${say("links")}` }, ...edges.map((edge) => this.link(node, edge, other))),
    );
  }

  private link(node: NodeRow, edge: EdgeRow, other: (id: string) => NodeRow | undefined): HTMLElement {
    const out = edge.subject === node.id;
    const far = other(out ? edge.object : edge.subject);
    const stance = edge.stance === "" ? "" : ` (${edge.stance})`;
    const text = edge.text && far?.type !== "figure" ? `:${edge.text}` : ""; // a figure's name says it already
    const relation = `${edge.label}${text}${stance}`;
    const name = far?.name ?? "";
    const words = out ? [`→ ${relation} `, h("b", {}, name)] : ["← ", h("b", {}, name), ` ${relation}`];
    return h(
      "li",
      {},
      button(h("span", {}, ...words), () => this.actions.openEdge(edge.id), {
        class: "ck-link",
        title: say("readLink"),
        "data-edge": edge.id,
      }),
      h("small", {}, [`${edge.places} ${say("places")}`, edge.mark].filter(Boolean).join(" · ")),
      far !== undefined &&
        button("›", () => this.actions.openNode(far.id), { class: "ck-button ck-small", "aria-label": `${say("goTo")} ${far.name}`, title: `${say("goTo")} ${far.name}` }),
    );
  }

  edge(detail: EdgeDetail, back: (() => void) | undefined): void {
    this.element.replaceChildren(
      h("div", { class: "ck-row" }, back !== undefined && button(`‹ ${say("back")}`, back, { class: "ck-button ck-small" })),
      h("h3", {}, detail.title),
      sentenceList(detail.sentences),
    );
    this.element.scrollTop = 0;
  }
}

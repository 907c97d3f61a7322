// The network explorer: drawing, search, filter, list, export, and what is chosen told to Python.
import type cytoscape from "cytoscape";
import { Status, button, download, h } from "../dom";
import { Kernel, choose, type Context } from "../model";
import { say } from "../strings";
import { onTheme, themeOf } from "../theme";
import { Arranger, type Places } from "./arrange";
import { canvas, edgeElement, fitting, nodeElement, styles, zoomed } from "./canvas";
import type { EdgeRow, NetworkData, NodeRow, TypeRow } from "./data";
import { label } from "./labels";
import { Finder } from "./finder";
import { showLegend } from "./legend";
import { pngOf, svgOf } from "./picture";
import { Side, type EdgeDetail } from "./side";

// The names of more links than this would cover each other.
const MOST_TOLD = 14;

export function drawNetwork(context: Context): () => void {
  const view = new NetworkView(context);
  return () => view.close();
}

class NetworkView {
  private readonly kernel: Kernel;
  private readonly status = new Status();
  private readonly arranger: Arranger;
  private readonly side: Side;
  private readonly place = h("div", { class: "ck-canvas", role: "img", "aria-label": say("network") });
  private readonly chips = h("div", { class: "ck-chips", role: "group", "aria-label": say("types") });
  private readonly finder: Finder;
  private cy: cytoscape.Core | undefined;
  private data: NetworkData;
  private looks = new Map<string, TypeRow>();
  private nodes = new Map<string, NodeRow>();
  private edges = new Map<string, EdgeRow>();
  private hidden = new Set<string>();
  private seenTypes = new Set<string>();
  private readonly model: Context["model"];
  private readonly leave: (() => void)[] = [];

  constructor({ model, el }: Context) {
    this.model = model;
    this.kernel = new Kernel(model);
    this.arranger = new Arranger(() => model.get("_esm"));
    this.side = new Side({
      expand: (id) => void this.expand(id),
      openNode: (id) => void this.openNode(id),
      openEdge: (id) => void this.openEdge(id),
    });
    this.finder = new Finder(this.kernel, (type) => this.looks.get(type), (id) => void this.find(id), (error) => this.status.fail(error));
    this.data = model.get("data");
    const tools = h(
      "div",
      { class: "ck-bar" },
      this.finder.element,
      button("+", () => this.zoom(1.4), { "aria-label": say("zoomIn"), title: say("zoomIn") }),
      button("−", () => this.zoom(1 / 1.4), { "aria-label": say("zoomOut"), title: say("zoomOut") }),
      button(say("fit"), () => this.fit(), { title: say("fitHint") }),
      button(say("arrange"), () => void this.arrange()),
      button(say("savePng"), () => void this.savePng()),
      button(say("saveSvg"), () => this.saveSvg()),
    );
    el.append(
      h(
        "section",
        { class: "ck-frame ck-network", "aria-label": say("network") },
        tools,
        this.chips,
        h("div", { class: "ck-split" }, this.place, this.side.element),
        this.status.element,
      ),
    );
    this.take(this.data);
    if (!this.data.nodes.length) {
      this.place.replaceChildren(h("p", { class: "ck-empty" }, say("emptyNetwork")));
      return;
    }
    this.start();
    const changed = (): void => this.merge(model.get("data"));
    const chosen = (): void => this.follow(model.get("selected"));
    model.on("change:data", changed);
    model.on("change:selected", chosen);
    this.leave.push(
      () => model.off("change:data", changed),
      () => model.off("change:selected", chosen),
      onTheme(() => this.repaint()),
    );
  }

  close(): void {
    for (const leave of this.leave) leave();
    this.arranger.stop();
    this.kernel.close();
    this.cy?.destroy();
  }

  // ---- data ----------------------------------------------------------------------------------------------------
  private take(data: NetworkData): void {
    this.data = data;
    this.looks = new Map(data.types.map((type) => [type.type, type]));
    this.nodes = new Map(data.nodes.map((node) => [node.id, node]));
    this.edges = new Map(data.edges.map((edge) => [edge.id, edge]));
    for (const type of data.types) {
      if (!this.seenTypes.has(type.type) && !type.shown) this.hidden.add(type.type);
      this.seenTypes.add(type.type);
    }
    this.legend();
  }

  private start(): void {
    // The place has its size only when the notebook has laid it out.
    const ready = new ResizeObserver(() => {
      if (!this.place.clientWidth) return;
      if (this.cy) {
        this.cy.resize();
        return;
      }
      this.draw();
    });
    ready.observe(this.place);
    this.leave.push(() => ready.disconnect());
  }

  private draw(): void {
    const cy = canvas(this.place, this.data, this.looks, this.hidden, themeOf(this.place));
    this.cy = cy;
    Object.assign(this.place, { casekit: cy }); // for those who look closer, and for tests
    cy.on("tap", "node", (event) => window.setTimeout(() => this.chosen(event.target.id()), 0));
    cy.on("tap", "edge", (event) => void this.openEdge(event.target.id()));
    cy.on("tap", (event) => {
      if (event.target === cy) this.clear();
    });
    cy.on("boxend", () => window.setTimeout(() => this.chosen(), 0));
    cy.on("dbltap", "node", (event) => void this.expand(event.target.id()));
    // The wheel scrolls the notebook until somebody works with the drawing.
    this.place.addEventListener("pointerdown", () => cy.userZoomingEnabled(true));
    this.place.addEventListener("pointerleave", () => cy.userZoomingEnabled(false));
    let later = 0;
    cy.on("zoom position", () => {
      window.clearTimeout(later);
      later = window.setTimeout(() => this.label(), 140); // when it has come to rest
    });
    cy.on("mouseover", "edge", (event) => event.target.addClass("ck-told"));
    cy.on("mouseout", "edge", (event) => event.target.removeClass("ck-told"));
    this.tell();
    this.follow(this.model.get("selected"));
    this.place.dataset["drawn"] = "1";
  }

  /** Take over what Python added: new nodes come in near their neighbours, the others stay. */
  private merge(data: NetworkData): void {
    const cy = this.cy;
    if (!cy) return;
    const before = new Set(this.nodes.keys());
    this.take(data);
    const came = data.nodes.filter((node) => !before.has(node.id));
    cy.batch(() => {
      cy.nodes().forEach((node) => void (this.nodes.has(node.id()) || node.remove()));
      cy.edges().forEach((edge) => void (this.edges.has(edge.id()) || edge.remove()));
      for (const node of came) {
        const anchor = this.anchor(node.id, before);
        const angle = (came.indexOf(node) * 2.39996) % (2 * Math.PI);
        const made = nodeElement(node, this.looks.get(node.type));
        if (anchor) made.position = { x: anchor.x + 90 * Math.cos(angle), y: anchor.y + 90 * Math.sin(angle) };
        cy.add(made);
      }
      for (const edge of data.edges) if (cy.getElementById(edge.id).empty()) cy.add(edgeElement(edge));
    });
    this.filter();
    if (came.length) void this.settle(new Set(came.map((node) => node.id)));
    const [only, ...more] = this.model.get("selected") as string[];
    if (only !== undefined && !more.length) this.list(only);
    this.tell();
  }

  private anchor(id: string, among: Set<string>): cytoscape.Position | undefined {
    for (const edge of this.edges.values()) {
      const other = edge.subject === id ? edge.object : edge.object === id ? edge.subject : undefined;
      if (other !== undefined && among.has(other)) return this.cy?.getElementById(other).position();
    }
    return undefined;
  }

  // ---- arranging -----------------------------------------------------------------------------------------------
  private async settle(came: Set<string>): Promise<void> {
    const cy = this.cy!;
    const near = new Set(came);
    for (const id of came) cy.getElementById(id).neighborhood("node").forEach((node) => void near.add(node.id()));
    const places = await this.status.during(this.arranger.run(this.task(near, [...near].filter((id) => !came.has(id)))), say("arranging"));
    if (places) await this.move(places, came);
  }

  private async arrange(): Promise<void> {
    if (!this.cy) return;
    const shown = new Set(this.visible().map((node) => node.id()));
    const places = await this.status.during(this.arranger.run(this.task(shown, [])), say("arranging"));
    if (!places) return;
    await this.move(places, shown);
    this.fit();
    this.status.tell(say("arranged"));
  }

  private task(among: Set<string>, fixed: string[]) {
    const cy = this.cy!;
    return {
      nodes: [...among].map((id) => ({ id, ...cy.getElementById(id).position() })),
      edges: [...this.edges.values()]
        .filter((edge) => among.has(edge.subject) && among.has(edge.object))
        .map((edge) => ({ id: edge.id, source: edge.subject, target: edge.object })),
      fixed,
    };
  }

  private async move(places: Places, only: Set<string>): Promise<void> {
    const cy = this.cy!;
    const nodes = cy.nodes().filter((node) => only.has(node.id()) && places[node.id()] !== undefined);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches || nodes.length > 150;
    const layout = nodes.layout({
      name: "preset",
      fit: false,
      animate: !calm,
      animationDuration: 350,
      positions: (node: any) => places[typeof node === "string" ? node : node.id()],
    } as any);
    const done = layout.promiseOn("layoutstop"); // before it runs: without animation it stops at once
    layout.run();
    await done;
    this.label();
  }

  private fit(): void {
    const cy = this.cy;
    const shown = this.visible();
    if (!cy || shown.empty()) return;
    cy.animate({ ...fitting(shown.map((node) => node.position()), this.place.clientWidth, this.place.clientHeight), duration: 250 });
  }

  private zoom(factor: number): void {
    if (this.cy) this.cy.animate({ ...zoomed(this.cy, factor, this.place.clientWidth, this.place.clientHeight), duration: 150 });
  }

  /** The nodes of the types that are not hidden. */
  private visible(): cytoscape.NodeCollection {
    return this.cy!.nodes().filter((node) => !this.hidden.has(node.data("type"))); // `:visible` would compute every style
  }

  // ---- filter and legend ---------------------------------------------------------------------------------------
  private legend(): void {
    showLegend(this.chips, this.data.types, this.hidden, () => {
      this.filter();
      this.tell();
    });
  }

  private filter(): void {
    const cy = this.cy;
    if (!cy) return;
    cy.batch(() => cy.nodes().forEach((node) => void node.toggleClass("ck-off", this.hidden.has(node.data("type")))));
    this.label();
  }

  private label(): void {
    if (this.cy && !this.cy.destroyed()) label(this.cy, this.visible(), new Set(this.model.get("selected") as string[]));
  }

  private tell(): void {
    const shown = this.cy ? this.visible().length : 0;
    const chosen = this.model.get("selected").length;
    const parts = [`${say("shown")} ${shown} / ${say("of")} ${this.data.all_nodes}`, say("networkHint")];
    if (chosen) parts.unshift(`${say("chosen")} ${chosen}`);
    this.status.tell(parts.join(" · "));
  }

  // ---- choosing ------------------------------------------------------------------------------------------------
  /** The user chose on the drawing: tell Python, list what the node is linked to. */
  private chosen(last?: string): void {
    const ids = this.cy!.$("node:selected").map((node) => node.id());
    choose(this.model, ids);
    this.emphasise(ids);
    const open = last !== undefined && ids.includes(last) ? last : ids[0];
    if (open !== undefined) this.list(open);
    else this.side.nothing();
    this.tell();
  }

  private clear(): void {
    this.cy?.elements().unselect();
    choose(this.model, []);
    this.emphasise([]);
    this.side.nothing();
    this.tell();
  }

  /** Python (or another view) chose: show it. */
  private follow(ids: string[]): void {
    const cy = this.cy;
    if (!cy) return;
    const now = cy.$("node:selected").map((node) => node.id());
    if (now.length === ids.length && ids.every((id) => now.includes(id))) return;
    cy.batch(() => {
      cy.elements().unselect();
      for (const id of ids) cy.getElementById(id).select();
    });
    this.emphasise(ids);
    if (ids[0] !== undefined && this.nodes.has(ids[0])) {
      this.list(ids[0]);
      this.reveal(ids[0]);
    } else this.side.nothing();
    this.tell();
  }

  private emphasise(ids: string[]): void {
    const cy = this.cy!;
    this.paint(cy, ids);
    this.label();
  }

  private paint(cy: cytoscape.Core, ids: string[]): void {
    cy.batch(() => {
      cy.elements().removeClass("ck-dim ck-told");
      if (!ids.length) return;
      const own = cy.collection(ids.map((id) => cy.getElementById(id)) as any);
      const near = own.closedNeighborhood();
      cy.elements().difference(near).addClass("ck-dim");
      if (own.connectedEdges().length <= MOST_TOLD) own.connectedEdges().addClass("ck-told");
    });
  }

  private reveal(id: string): void {
    const node = this.cy!.getElementById(id);
    if (node.empty()) return;
    if (node.hasClass("ck-off")) {
      this.hidden.delete(node.data("type"));
      this.filter();
      this.legend();
    }
    const box = this.cy!.extent();
    const { x, y } = node.position();
    if (this.cy!.zoom() < 0.6 || x < box.x1 || x > box.x2 || y < box.y1 || y > box.y2)
      this.cy!.animate({ center: { eles: node }, zoom: Math.max(this.cy!.zoom(), 0.9), duration: 250 });
  }

  private list(id: string): void {
    const node = this.nodes.get(id);
    if (!node) return;
    const edges = [...this.edges.values()].filter((edge) => edge.subject === id || edge.object === id);
    this.side.node(node, this.looks.get(node.type), edges, (other) => this.nodes.get(other));
  }

  private openNode(id: string): void {
    const cy = this.cy;
    if (!cy || cy.getElementById(id).empty()) return;
    cy.elements().unselect();
    cy.getElementById(id).select();
    this.chosen(id);
    this.reveal(id);
    this.side.element.focus({ preventScroll: true });
  }

  private async find(id: string): Promise<void> {
    if (!this.nodes.has(id)) await this.status.during(this.kernel.ask("show", { id }), say("working"));
    // the new data may come a moment after the answer
    for (let tries = 0; tries < 20 && this.cy?.getElementById(id).empty(); tries += 1)
      await new Promise((done) => window.setTimeout(done, 50));
    this.openNode(id);
  }

  private async openEdge(id: string): Promise<void> {
    const edge = this.edges.get(id);
    if (!edge || !this.cy) return;
    const [from] = this.model.get("selected") as string[];
    this.cy.edges().unselect();
    this.cy.getElementById(id).select();
    const detail = await this.status.during(this.kernel.ask<EdgeDetail>("edge", { id }), say("reading"));
    if (!detail) return;
    this.side.edge(detail, from !== undefined && this.nodes.has(from) ? () => this.list(from) : undefined);
    this.side.element.focus({ preventScroll: true });
  }

  private async expand(id: string): Promise<void> {
    const came = await this.status.during(this.kernel.ask<number>("expand", { id }), say("expanding"));
    if (came !== undefined) this.status.tell(came ? `${say("expanded")} ${came}` : say("allShown"));
  }

  // ---- files ---------------------------------------------------------------------------------------------------
  private async savePng(): Promise<void> {
    if (!this.cy) return;
    download(await pngOf(this.cy, themeOf(this.place)), "casekit-network.png");
    this.status.tell(`${say("saved")} casekit-network.png`);
  }

  private saveSvg(): void {
    if (!this.cy) return;
    const text = svgOf(this.cy, this.data.types, themeOf(this.place), say("network"));
    download(new Blob([text], { type: "image/svg+xml" }), "casekit-network.svg");
    this.status.tell(`${say("saved")} casekit-network.svg`);
  }

  private repaint(): void {
    if (!this.cy) return;
    this.cy.style(styles(themeOf(this.place), this.data.edges.length > 700) as any);
  }
}

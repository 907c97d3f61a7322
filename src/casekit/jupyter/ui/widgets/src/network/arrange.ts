// Arranging a network anew in a worker, so that the page never stands still.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

export interface Task {
  nodes: { id: string; x: number; y: number }[];
  edges: { id: string; source: string; target: string }[];
  /** Nodes that stay where they are; with any, only the others look for room. */
  fixed: string[];
}

export type Places = Record<string, { x: number; y: number }>;

let prepared = false;

function arrange(task: Task): Places {
  if (!prepared) {
    cytoscape.use(fcose);
    prepared = true;
  }
  const cy = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: "node", style: { width: 64, height: 40 } }], // a node with its label
    elements: [
      ...task.nodes.map((node) => ({ data: { id: node.id }, position: { x: node.x, y: node.y } })),
      ...task.edges.map((edge) => ({ data: { id: edge.id, source: edge.source, target: edge.target } })),
    ],
  });
  const known = new Map(task.nodes.map((node) => [node.id, node]));
  const options: any = {
    name: "fcose",
    animate: false,
    randomize: task.fixed.length === 0,
    quality: task.nodes.length > 300 ? "default" : "proof",
    nodeSeparation: 80,
    idealEdgeLength: 90,
    nodeRepulsion: 6000,
    numIter: task.nodes.length > 300 ? 1200 : 2500,
    tile: true,
    packComponents: true,
    fixedNodeConstraint: task.fixed.length
      ? task.fixed.map((id) => ({ nodeId: id, position: { x: known.get(id)!.x, y: known.get(id)!.y } }))
      : undefined,
  };
  cy.layout(options).run();
  const places: Places = {};
  cy.nodes().forEach((node) => {
    const { x, y } = node.position();
    if (Number.isFinite(x) && Number.isFinite(y)) places[node.id()] = { x, y };
  });
  cy.destroy();
  return places;
}

/** In the worker: wait for tasks. */
export function work(): void {
  self.onmessage = (event: MessageEvent<Task>) => {
    try {
      self.postMessage({ places: arrange(event.data) });
    } catch (error) {
      self.postMessage({ error: String(error) });
    }
  };
}

/** In the page: hand a task to a worker made of the bundle's own text (`source`). */
export class Arranger {
  private worker: Worker | undefined;
  private url = "";

  constructor(private readonly source: () => string) {}

  run(task: Task): Promise<Places> {
    this.stop(); // a newer wish replaces the older one
    this.url = URL.createObjectURL(new Blob([this.source()], { type: "text/javascript" }));
    const worker = new Worker(this.url, { type: "module" });
    this.worker = worker;
    return new Promise((done, failed) => {
      worker.onmessage = (event) => {
        this.stop();
        if (event.data.places) done(event.data.places);
        else failed(new Error(event.data.error));
      };
      worker.onerror = (event) => {
        this.stop();
        failed(new Error(event.message || "worker"));
      };
      worker.postMessage(task);
    });
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = "";
  }
}

// Names that can be read at any zoom: about the same size on screen, and only as many as have room.
import type cytoscape from "cytoscape";
import { widthOf } from "../axis";

const SCREEN_PX = 11.5;
const MOST = 44; // in the drawing's own units: beyond, names would be larger than what they name
const CELL = 160;

/**
 * Decide which names stand at the present zoom, the chosen and the best linked first.
 * `chosen` and their neighbours always have theirs.
 */
export function label(cy: cytoscape.Core, chosen: Set<string>): void {
  const zoom = cy.zoom();
  const font = Math.min(MOST, Math.max(12, SCREEN_PX / zoom));
  const grow = Math.min(2.2, Math.max(1, 0.55 / zoom));
  const near = new Set<string>();
  for (const id of chosen) cy.getElementById(id).closedNeighborhood("node").forEach((node) => void near.add(node.id()));
  const rank = (node: cytoscape.NodeSingular): number => (chosen.has(node.id()) ? 1e6 : near.has(node.id()) ? 1e5 : 0) + node.data("links");
  const nodes = cy.nodes(":visible").toArray() as cytoscape.NodeSingular[];
  nodes.sort((a, b) => rank(b) - rank(a));
  const taken = new Map<string, [number, number, number, number][]>();
  const named = new Set<string>();
  for (const node of nodes) {
    const { x, y } = node.position();
    const half = Math.min(widthOf(node.data("name"), font), 140) / 2;
    const top = y + (node.data("size") * grow) / 2 + 2;
    const box: [number, number, number, number] = [x - half, top, x + half, top + font * 1.15];
    const cells: string[] = [];
    for (let i = Math.floor(box[0] / CELL); i <= Math.floor(box[2] / CELL); i += 1)
      for (let j = Math.floor(box[1] / CELL); j <= Math.floor(box[3] / CELL); j += 1) cells.push(`${i},${j}`);
    const clash = cells.some((cell) => taken.get(cell)?.some((other) => other[0] < box[2] && box[0] < other[2] && other[1] < box[3] && box[1] < other[3]));
    if (clash && !chosen.has(node.id())) continue;
    named.add(node.id());
    for (const cell of cells) {
      const there = taken.get(cell);
      if (there) there.push(box);
      else taken.set(cell, [box]);
    }
  }
  cy.batch(() => {
    cy.nodes().forEach((node) => {
      const text = named.has(node.id()) ? node.data("name") : "";
      const size = node.data("size") * grow;
      if (node.data("label") !== text || node.data("font") !== font || node.data("drawn") !== size)
        node.data({ label: text, font, drawn: size, top: text ? 5 : 1 }); // names lie above the other nodes
    });
    cy.edges(".ck-told").forEach((edge) => void edge.data("font", font * 0.92));
  });
}

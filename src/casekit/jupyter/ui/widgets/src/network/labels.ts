// Names that can be read at any zoom: about the same size on screen, and only as many as have room.
import type cytoscape from "cytoscape";
import { widthOf } from "../axis";

const SCREEN_PX = 11.5;
const MOST = 44; // in the drawing's own units: beyond, names would be larger than what they name
const CELL = 160;

export interface Spot {
  id: string;
  name: string;
  x: number;
  y: number;
  size: number;
  links: number;
}

/** What a node shows at a zoom: its name or nothing, the size of letters and of its shape, and how far above others. */
export interface Look {
  label: string;
  font: number;
  drawn: number;
  top: number;
}

type Box = [left: number, top: number, right: number, bottom: number];

/** Which names stand at a zoom: the chosen always, then their neighbours and the best linked where there is room. */
export function plan(spots: Spot[], zoom: number, chosen: Set<string>, near: Set<string>): Map<string, Look> {
  const font = Math.min(MOST, Math.max(12, SCREEN_PX / zoom));
  const grow = Math.min(2.2, Math.max(1, 0.55 / zoom));
  const rank = (spot: Spot): number => (chosen.has(spot.id) ? 1e6 : near.has(spot.id) ? 1e5 : 0) + spot.links;
  const taken = new Map<string, Box[]>();
  const looks = new Map<string, Look>();
  for (const spot of [...spots].sort((a, b) => rank(b) - rank(a))) {
    const drawn = spot.size * grow;
    const half = widthOf(spot.name, font) / 2 + 2;
    const top = spot.y + drawn / 2 + 2;
    const box: Box = [spot.x - half, top, spot.x + half, top + font * 1.15];
    const cells: string[] = [];
    for (let i = Math.floor(box[0] / CELL); i <= Math.floor(box[2] / CELL); i += 1)
      for (let j = Math.floor(box[1] / CELL); j <= Math.floor(box[3] / CELL); j += 1) cells.push(`${i},${j}`);
    const clash = cells.some((cell) => taken.get(cell)?.some((other) => other[0] < box[2] && box[0] < other[2] && other[1] < box[3] && box[1] < other[3]));
    if (clash && !chosen.has(spot.id)) {
      looks.set(spot.id, { label: "", font, drawn, top: 1 });
      continue;
    }
    looks.set(spot.id, { label: spot.name, font, drawn, top: 5 });
    for (const cell of cells) {
      const there = taken.get(cell);
      if (there) there.push(box);
      else taken.set(cell, [box]);
    }
  }
  return looks;
}

/** Bring the names on the drawing up to its present zoom. */
export function label(cy: cytoscape.Core, nodes: cytoscape.NodeCollection, chosen: Set<string>): void {
  const near = new Set<string>();
  for (const id of chosen) cy.getElementById(id).neighborhood("node").forEach((node) => void near.add(node.id()));
  const spots = nodes.map((node) => ({ id: node.id(), name: node.data("name"), size: node.data("size"), links: node.data("links"), ...node.position() }));
  const looks = plan(spots, cy.zoom(), chosen, near);
  cy.batch(() => {
    nodes.forEach((node) => {
      const look = looks.get(node.id())!;
      const now = node.data();
      if (now.label !== look.label || now.font !== look.font || now.drawn !== look.drawn) node.data(look);
    });
    const font = Math.min(MOST, Math.max(12, SCREEN_PX / cy.zoom())) * 0.92;
    cy.edges(".ck-told").forEach((edge) => void edge.data("font", font));
  });
}

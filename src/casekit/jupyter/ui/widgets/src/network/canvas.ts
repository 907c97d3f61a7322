// The drawing itself: cytoscape with our looks.
import cytoscape from "cytoscape";
import { corners } from "../shapes";
import type { Theme } from "../theme";
import type { EdgeRow, NetworkData, NodeRow, TypeRow } from "./data";
import { plan, type Look } from "./labels";

export const NEGATED = "#c0392b";
// Beyond so many links curves and arrow heads cost frames: straight lines then, and pictures of them while panning.
const MANY_EDGES = 700;
const DASHES: Record<string, number[]> = { planned: [7, 5], hearsay: [2, 4], negated: [1, 4] };

export function radius(node: NodeRow): number {
  return Math.min(17, 7 + 1.5 * Math.sqrt(node.links));
}

export function nodeElement(node: NodeRow, look: TypeRow | undefined, shown?: Look): cytoscape.ElementDefinition {
  const points = look ? corners(look.shape) : undefined;
  return {
    group: "nodes",
    data: {
      id: node.id,
      name: node.name,
      type: node.type,
      links: node.links,
      label: "",
      top: 1,
      font: 12,
      size: 2 * radius(node),
      drawn: 2 * radius(node),
      colour: look?.colour ?? "#7f7f7f",
      shape: points ? "polygon" : "ellipse",
      points: points ? scaled(points) : "-1 -1 1 -1 1 1 -1 1",
      open: look?.shape === "ring" ? 1 : 0,
      ...shown,
    },
    position: { x: node.x, y: node.y },
  };
}

/** Corners as cytoscape wants them: all within -1 to 1. */
function scaled(points: number[]): string {
  const most = Math.max(...points.map(Math.abs), 1);
  return points.map((value) => (value / most).toFixed(3)).join(" ");
}

export function edgeElement(edge: EdgeRow): cytoscape.ElementDefinition {
  return {
    group: "edges",
    data: {
      id: edge.id,
      source: edge.subject,
      target: edge.object,
      font: 11,
      label: edge.text ? `${edge.label}:${edge.text}` : edge.label,
      polarity: edge.polarity,
      width: Math.min(4, 1 + 0.5 * Math.log2(edge.places || 1)),
    },
  };
}

/** Zoom and pan that show all these places in a frame. */
export function fitting(spots: { x: number; y: number }[], width: number, height: number): { zoom: number; pan: { x: number; y: number } } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of spots) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  const zoom = Math.min(1.4, (width - 90) / Math.max(1, right - left), (height - 76) / Math.max(1, bottom - top));
  const kept = Math.max(0.05, zoom);
  return { zoom: kept, pan: { x: width / 2 - (kept * (left + right)) / 2, y: height / 2 - 6 - (kept * (top + bottom)) / 2 } };
}

/** Zoom and pan that are `factor` times as near, around the middle of the frame. */
export function zoomed(cy: cytoscape.Core, factor: number, width: number, height: number): { zoom: number; pan: { x: number; y: number } } {
  const zoom = Math.min(cy.maxZoom(), Math.max(cy.minZoom(), cy.zoom() * factor));
  const share = zoom / cy.zoom();
  const { x, y } = cy.pan();
  return { zoom, pan: { x: width / 2 - (width / 2 - x) * share, y: height / 2 - (height / 2 - y) * share } };
}

/** Draw the network; everything is known before cytoscape sees it, so that it computes each look once. */
export function canvas(place: HTMLElement, data: NetworkData, looks: Map<string, TypeRow>, hidden: Set<string>, theme: Theme): cytoscape.Core {
  const many = data.edges.length > MANY_EDGES;
  const shown = data.nodes.filter((node) => !hidden.has(node.type));
  const view = fitting(shown, place.clientWidth, place.clientHeight);
  const names = plan(shown.map((node) => ({ ...node, size: 2 * radius(node) })), view.zoom, new Set(), new Set());
  return cytoscape({
    container: place,
    elements: [
      ...data.nodes.map((node) => ({
        ...nodeElement(node, looks.get(node.type), names.get(node.id)),
        classes: hidden.has(node.type) ? "ck-off" : "",
      })),
      ...data.edges.map(edgeElement),
    ],
    layout: { name: "preset", fit: false },
    ...(shown.length ? view : {}),
    style: styles(theme, many),
    minZoom: 0.05,
    maxZoom: 4,
    userZoomingEnabled: false,
    boxSelectionEnabled: true,
    selectionType: "single",
    textureOnViewport: many,
    pixelRatio: many ? 1 : "auto",
    motionBlur: false,
  });
}

export function styles(theme: Theme, many: boolean): any[] {
  const edge = theme.dark ? "#8b939c" : "#9aa3ad";
  return [
    {
      selector: "node",
      style: {
        width: "data(drawn)",
        height: "data(drawn)",
        shape: "data(shape)",
        "shape-polygon-points": "data(points)",
        "background-color": "data(colour)",
        "border-width": 1,
        "border-color": theme.paper,
        "z-index": "data(top)",
        label: "data(label)",
        color: theme.ink,
        "font-family": theme.font,
        "font-size": "data(font)",
        "min-zoomed-font-size": 5,
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-outline-width": 2,
        "text-outline-color": theme.paper,
      },
    },
    { selector: "node[open = 1]", style: { "background-color": theme.paper, "border-width": 3, "border-color": "data(colour)" } },
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "line-color": edge,
        "curve-style": many ? "haystack" : "bezier",
        ...(many ? { "haystack-radius": 0 } : { "target-arrow-shape": "triangle", "target-arrow-color": edge, "arrow-scale": 0.8, "control-point-step-size": 26 }),
        opacity: many ? 0.4 : 0.85,
      },
    },
    { selector: "edge[polarity = 'negated']", style: { "line-color": NEGATED, "target-arrow-color": NEGATED } },
    ...(many ? [] : Object.entries(DASHES).map(([name, dash]) => ({ selector: `edge[polarity = '${name}']`, style: { "line-style": "dashed", "line-dash-pattern": dash } }))),
    {
      selector: "edge.ck-told",
      style: {
        label: "data(label)",
        "font-family": theme.font,
        "font-size": "data(font)",
        "min-zoomed-font-size": 6,
        "text-max-width": "120px",
        "text-wrap": "ellipsis",
        color: theme.ink,
        "text-rotation": "autorotate",
        "text-outline-width": 2,
        "text-outline-color": theme.paper,
        "line-color": theme.brand,
        "target-arrow-color": theme.brand,
        opacity: 1,
        "z-index": 8,
      },
    },
    { selector: ".ck-dim", style: { opacity: 0.22 } },
    { selector: "node:selected", style: { "border-width": 4, "border-color": theme.brand, "z-index": 9, "font-weight": "bold" } },
    { selector: "edge:selected", style: { "line-color": theme.brand, "target-arrow-color": theme.brand, width: 4, opacity: 1 } },
    { selector: ".ck-off", style: { display: "none" } },
    { selector: "core", style: { "active-bg-opacity": 0.08, "selection-box-color": theme.brand, "selection-box-opacity": 0.15 } },
  ];
}

// The drawing as a file: PNG from the canvas, SVG written here from the places and looks on screen.
import type cytoscape from "cytoscape";
import { corners } from "../shapes";
import type { Theme } from "../theme";
import type { TypeRow } from "./data";
import { NEGATED } from "./canvas";

const DASHES: Record<string, string> = { planned: "7 5", hearsay: "2 4", negated: "1 4" };

function text(value: string): string {
  return value
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

const MOST_PX = 8000; // a side that browsers can hold

/** The drawing as a PNG file, at most twice its size. */
export async function pngOf(cy: cytoscape.Core, theme: Theme): Promise<Blob> {
  const box = cy.elements(":visible").boundingBox({});
  const scale = Math.min(2, MOST_PX / Math.max(1, box.w), MOST_PX / Math.max(1, box.h));
  return (await cy.png({ output: "blob", full: true, scale, bg: theme.paper })) as unknown as Blob;
}

export function svgOf(cy: cytoscape.Core, types: TypeRow[], theme: Theme, title: string): string {
  const nodes = cy.nodes(":visible");
  const box = nodes.nonempty() ? nodes.boundingBox({ includeLabels: true }) : { x1: 0, y1: 0, w: 200, h: 80 };
  const left = box.x1 - 24;
  const top = box.y1 - 24;
  const used = types.filter((type) => nodes.some((node) => node.data("type") === type.type));
  const width = Math.max(box.w + 48, used.reduce((sum, type) => sum + 40 + 13 * type.label.length, 40));
  const height = box.h + 48 + 34;
  const n = (value: number): string => value.toFixed(1);
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" font-family="${text(theme.font)}">`,
    `<title>${text(title)}</title><rect width="100%" height="100%" fill="${text(theme.paper)}"/>`,
  ];
  cy.edges(":visible").forEach((edge) => {
    const a = edge.source().position();
    const b = edge.target().position();
    const polarity = edge.data("polarity") as string;
    const dash = DASHES[polarity] ? ` stroke-dasharray="${DASHES[polarity]}"` : "";
    const colour = polarity === "negated" ? NEGATED : "#9aa3ad";
    out.push(
      `<line x1="${n(a.x - left)}" y1="${n(a.y - top)}" x2="${n(b.x - left)}" y2="${n(b.y - top)}" stroke="${colour}" stroke-width="${n(edge.data("width"))}"${dash}><title>${text(`${edge.source().data("name")} ${edge.data("label")} ${edge.target().data("name")}`)}</title></line>`,
    );
  });
  const drawn = (shape: string, x: number, y: number, r: number, colour: string): string => {
    const points = corners(shape);
    const look = shape === "ring" ? `fill="${text(theme.paper)}" stroke="${colour}" stroke-width="3"` : `fill="${colour}"`;
    if (!points) return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(shape === "dot" ? r * 0.7 : r)}" ${look}/>`;
    const pairs: string[] = [];
    for (let i = 0; i < points.length; i += 2) pairs.push(`${n(x + r * points[i]!)},${n(y + r * points[i + 1]!)}`);
    return `<polygon points="${pairs.join(" ")}" ${look}/>`;
  };
  const looks = new Map(types.map((type) => [type.type, type]));
  nodes.forEach((node) => {
    const { x, y } = node.position();
    const look = looks.get(node.data("type"));
    out.push(drawn(look?.shape ?? "dot", x - left, y - top, node.data("size") / 2, look?.colour ?? "#7f7f7f"));
  });
  nodes.forEach((node) => {
    const { x, y } = node.position();
    out.push(
      `<text x="${n(x - left)}" y="${n(y - top + node.data("size") / 2 + 14)}" text-anchor="middle" font-size="12" fill="${text(theme.ink)}" stroke="${text(theme.paper)}" stroke-width="3" paint-order="stroke">${text(node.data("name"))}</text>`,
    );
  });
  let at = 24;
  for (const type of used) {
    out.push(drawn(type.shape, at, height - 18, 6, type.colour));
    out.push(`<text x="${n(at + 12)}" y="${n(height - 14)}" font-size="12" fill="${text(theme.ink)}">${text(type.label)}</text>`);
    at += 34 + 13 * type.label.length;
  }
  return `${out.join("\n")}\n</svg>\n`;
}

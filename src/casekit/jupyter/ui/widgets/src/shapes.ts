// Shapes of things, drawn the same on the canvas, in legends and in saved pictures; corners in a box from -1 to 1.
import { s } from "./dom";

const POLYGONS: Record<string, number[]> = {
  square: [-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85],
  triangle: [0, -1, 1, 0.85, -1, 0.85],
  down: [0, 1, 1, -0.85, -1, -0.85],
  diamond: [0, -1.1, 1.1, 0, 0, 1.1, -1.1, 0],
  hexagon: [-0.55, -0.95, 0.55, -0.95, 1.1, 0, 0.55, 0.95, -0.55, 0.95, -1.1, 0],
  star: [0, -1.15, 0.3, -0.38, 1.1, -0.36, 0.48, 0.16, 0.68, 0.95, 0, 0.5, -0.68, 0.95, -0.48, 0.16, -1.1, -0.36, -0.3, -0.38],
  flag: [-0.9, -1, 0.9, -1, 0.9, 1, 0, 0.45, -0.9, 1],
  page: [-0.75, -1, 0.35, -1, 0.85, -0.5, 0.85, 1, -0.75, 1],
  cross: [-0.38, -1, 0.38, -1, 0.38, -0.38, 1, -0.38, 1, 0.38, 0.38, 0.38, 0.38, 1, -0.38, 1, -0.38, 0.38, -1, 0.38, -1, -0.38, -0.38, -0.38],
  bar: [-1.1, -0.55, 1.1, -0.55, 1.1, 0.55, -1.1, 0.55],
};

/** Corners of a shape, or undefined where it is round. */
export function corners(shape: string): number[] | undefined {
  return POLYGONS[shape];
}

/** A sign as an SVG element; `hollow` draws the outline alone. */
export function sign(shape: string, x: number, y: number, radius: number, colour: string, hollow = false): SVGElement {
  const open = hollow || shape === "ring";
  const look = { fill: open ? "var(--ck-paper)" : colour, stroke: open ? colour : "var(--ck-paper)", "stroke-width": open ? 1.8 : 0.8 };
  const points = POLYGONS[shape];
  if (!points) return s("circle", { cx: x, cy: y, r: shape === "dot" ? radius * 0.7 : radius, ...look });
  const pairs: string[] = [];
  for (let i = 0; i < points.length; i += 2) pairs.push(`${(x + radius * points[i]!).toFixed(1)},${(y + radius * points[i + 1]!).toFixed(1)}`);
  return s("polygon", { points: pairs.join(" "), ...look });
}

/** A small picture of a sign, for legends and lists. */
export function icon(shape: string, colour: string, hollow = false): SVGSVGElement {
  return s("svg", { viewBox: "0 0 16 16", width: 14, height: 14, class: "ck-icon", "aria-hidden": "true" }, sign(shape, 8, 8, 6, colour, hollow));
}

// The thing that everything acts on: an address, and what people see of it.

import type { Address, Hit } from './api';

export interface Passage extends Address {
  title: string;
  /** The characters there, shortened for display; never what is inserted. */
  text: string;
  date: string | null;
  /** The beginning of the characters there as stored, by which a changed source is noticed; absent where not known. */
  seen?: string;
}

/** How much of a passage the basket and the notes show, in UTF-16 units. */
const EXCERPT_CHARS = 160;

export function passageOf(hit: Hit): Passage {
  const said = hit.pieces.map(piece => piece.text).join('');
  return {
    source: hit.source,
    start: hit.start,
    end: hit.end,
    title: hit.title,
    text: excerpt(said),
    date: hit.date,
    seen: beginning(said)
  };
}

/** The beginning of a text on one line, whole characters only. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= EXCERPT_CHARS) {
    return line;
  }
  const points = Array.from(line.slice(0, EXCERPT_CHARS));
  points.pop(); // may be half a surrogate pair
  return `${points.join('')}…`;
}

/** As much of a text as tells it from another, whole characters only. */
export function beginning(text: string): string {
  return Array.from(text.slice(0, EXCERPT_CHARS)).slice(0, -1).join('');
}

export function sameAddress(a: Address, b: Address): boolean {
  return a.source === b.source && a.start === b.start && a.end === b.end;
}

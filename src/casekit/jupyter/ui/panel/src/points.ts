// Between what the browser selects (nodes, UTF-16 units) and addresses (code points of the stored text).

/** How many code points the first `units` UTF-16 units of a text hold. */
export function codePoints(text: string, units: number = text.length): number {
  let count = 0;
  for (let i = 0; i < units && i < text.length; count += 1) {
    const point = text.codePointAt(i) ?? 0;
    i += point > 0xffff ? 2 : 1;
  }
  return count;
}

/** The first `count` code points of a text, and the rest. */
export function splitAt(text: string, count: number): [string, string] {
  let i = 0;
  for (let n = 0; n < count && i < text.length; n += 1) {
    const point = text.codePointAt(i) ?? 0;
    i += point > 0xffff ? 2 : 1;
  }
  return [text.slice(0, i), text.slice(i)];
}

/** The element of a piece: `data-start`, `data-end`, and one text node. */
const PIECE = '[data-start]';

/**
 * The address of what a range covers, over the piece elements in `root`; null when it covers none.
 *
 * A piece whose text has another length than its address (converted script) counts whole.
 */
export function addressOfRange(root: Element, range: Range): { start: number; end: number } | null {
  const pieces = Array.from(root.querySelectorAll<HTMLElement>(PIECE)).filter(piece => covers(range, piece));
  const first = pieces[0];
  const last = pieces[pieces.length - 1];
  if (!first || !last) {
    return null;
  }
  const start = inside(first, range.startContainer, range.startOffset, 'start');
  const end = inside(last, range.endContainer, range.endOffset, 'end');
  return start < end ? { start, end } : null;
}

/** Whether the range holds at least one character of the piece (touching its border does not count). */
function covers(range: Range, piece: HTMLElement): boolean {
  if (!piece.firstChild || !range.intersectsNode(piece)) {
    return false;
  }
  const whole = document.createRange();
  whole.selectNodeContents(piece);
  return (
    range.compareBoundaryPoints(Range.END_TO_START, whole) < 0 && range.compareBoundaryPoints(Range.START_TO_END, whole) > 0
  );
}

function inside(piece: HTMLElement, container: Node, offset: number, side: 'start' | 'end'): number {
  const start = Number(piece.dataset['start']);
  const end = Number(piece.dataset['end']);
  const text = piece.textContent ?? '';
  const otherwise = side === 'start' ? start : end;
  if (!piece.contains(container) || codePoints(text) !== end - start) {
    return otherwise;
  }
  if (container.nodeType !== Node.TEXT_NODE) {
    return offset === 0 ? start : otherwise;
  }
  return start + codePoints(text, offset);
}

// Scales, round numbers on them, and how they are written.

export type Scale = (value: number) => number;

export function scale(low: number, high: number, start: number, end: number, log = false): Scale {
  const at = log ? Math.log10 : (value: number): number => value;
  const first = at(low);
  const span = at(high) - first || 1;
  return (value) => start + ((end - start) * (at(value) - first)) / span;
}

function roundStep(raw: number, times: number[]): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  return (times.find((one) => power * one >= raw) ?? 10) * power;
}

export function niceTicks(low: number, high: number, most = 6): number[] {
  if (!(high > low)) return [low];
  const step = roundStep((high - low) / most, [1, 2, 2.5, 5, 10]);
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i += 1) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

export function logTicks(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const factors = last - first <= 4 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = first; power <= last; power += 1) for (const factor of factors) ticks.push(10 ** power * factor);
  return ticks.filter((tick) => tick >= low && tick <= high);
}

export interface TimeTick {
  at: number;
  label: string;
}

/** Years, months or days within [low, high], which are years with fractions. */
export function timeTicks(low: number, high: number, most: number): TimeTick[] {
  const raw = (high - low) / Math.max(1, most);
  if (raw > 0.9) {
    const step = Math.max(1, roundStep(raw, [1, 2, 5, 10]));
    const ticks: TimeTick[] = [];
    for (let i = Math.ceil(low / step); i * step <= high; i += 1) ticks.push({ at: i * step, label: String(i * step) });
    return ticks;
  }
  const months = raw > 0.4 ? 6 : raw > 0.2 ? 3 : raw > 1 / 16 ? 1 : 0;
  const ticks: TimeTick[] = [];
  if (months) {
    for (let year = Math.floor(low); year <= high; year += 1)
      for (let month = 0; month < 12; month += months) {
        const at = fraction(year, month, 1);
        if (at >= low && at <= high) ticks.push({ at, label: `${year}-${String(month + 1).padStart(2, "0")}` });
      }
    return ticks;
  }
  const days = Math.max(1, Math.ceil(raw * 366));
  for (let year = Math.floor(low); year <= high; year += 1)
    for (let month = 0; month < 12; month += 1)
      for (let day = 1; day <= 28; day += days) {
        const at = fraction(year, month, day);
        if (at >= low && at <= high) ticks.push({ at, label: `${year}-${String(month + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}` });
      }
  return ticks;
}

function fraction(year: number, month: number, day: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const before = lengths.slice(0, month).reduce((sum, one) => sum + one, 0);
  return year + (before + day - 1) / (leap ? 366 : 365);
}

/** A number as people write it: 2000万, 1.5亿; 20M, 1.5B in English. */
export function written(value: number, english: boolean): string {
  const size = Math.abs(value);
  const steps: [number, string][] = english
    ? [[1e9, "B"], [1e6, "M"], [1e3, "k"]]
    : [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]];
  for (const [factor, name] of steps) if (size >= factor) return `${Number((value / factor).toPrecision(4))}${name}`;
  return String(Number(value.toPrecision(6)));
}

/** About how wide a text is at `size` pixels. */
export function widthOf(text: string, size: number): number {
  let wide = 0;
  for (const c of text) wide += c.charCodeAt(0) > 0x2e7f ? size : size * 0.56;
  return wide;
}

/** The text cut to `most` pixels. */
export function short(text: string, most: number, size: number): string {
  if (widthOf(text, size) <= most) return text;
  let out = "";
  for (const c of text) {
    if (widthOf(out + c, size) > most - size) break;
    out += c;
  }
  return `${out}…`;
}

// JupyterLab's colours as values (canvas needs them), and a call when the theme changes.

export interface Theme {
  ink: string;
  quiet: string;
  paper: string;
  rule: string;
  brand: string;
  font: string;
  dark: boolean;
}

const FONT =
  "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB','WenQuanYi Micro Hei',sans-serif";

export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  const value = (name: string, other: string): string => style.getPropertyValue(name).trim() || other;
  const paper = value("--ck-paper", "#ffffff");
  return {
    ink: value("--ck-ink", "#1c1f23"),
    quiet: value("--ck-quiet", "#565d66"),
    paper,
    rule: value("--ck-rule", "#c3c8ce"),
    brand: value("--ck-brand", "#1976d2"),
    font: FONT,
    dark: brightness(paper) < 0.5,
  };
}

/** Perceived brightness of a colour, 0 to 1. */
function brightness(colour: string): number {
  const probe = document.createElement("canvas").getContext("2d");
  if (!probe) return 1;
  probe.fillStyle = colour;
  const shown = probe.fillStyle;
  const hex = /^#(..)(..)(..)/.exec(shown);
  const parts = hex ? hex.slice(1).map((x) => parseInt(x, 16)) : (shown.match(/[\d.]+/g) ?? ["255", "255", "255"]).map(Number);
  return (0.299 * (parts[0] ?? 255) + 0.587 * (parts[1] ?? 255) + 0.114 * (parts[2] ?? 255)) / 255;
}

export function onTheme(changed: () => void): () => void {
  const watcher = new MutationObserver(() => window.setTimeout(changed, 60)); // the new style sheet comes a moment later
  watcher.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-name", "data-jp-theme-light", "class"] });
  const wish = window.matchMedia("(prefers-color-scheme: dark)");
  wish.addEventListener("change", changed);
  return () => {
    watcher.disconnect();
    wish.removeEventListener("change", changed);
  };
}

// The one module of all of casekit's widgets: the model's `widget` says which to draw.
import type { Context } from "./model";
import { work } from "./network/arrange";
import { drawNetwork } from "./network/view";
import { h } from "./dom";
import { drawChart } from "./chart";
import { drawMatrix } from "./matrix";
import { drawSearch } from "./search";
import { drawTimeline } from "./timeline";
import { say, speak } from "./strings";

const VIEWS: Record<string, (context: Context) => () => void> = {
  chart: drawChart,
  matrix: drawMatrix,
  network: drawNetwork,
  search: drawSearch,
  timeline: drawTimeline,
};

function render({ model, el }: Context): () => void {
  speak(model.get("language"));
  el.classList.add("ck-root", "casekit-drawn"); // the second hides the saved picture (casekit/pictured.py)
  el.dataset["lmSuppressShortcuts"] = "true"; // a letter typed on a button here must not cut the notebook's cell
  const view = VIEWS[model.get("widget")];
  if (!view) {
    el.append(h("p", { class: "ck-error" }, say("nothing")));
    return () => undefined;
  }
  return view({ model, el });
}

// The same text is also run by a worker that arranges networks: there is no page then.
if (typeof document === "undefined") work();

export default { render };

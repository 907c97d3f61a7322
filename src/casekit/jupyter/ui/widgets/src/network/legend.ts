// The types of nodes with their colours and shapes; each is a switch that hides or shows its nodes.
import { h } from "../dom";
import { icon } from "../shapes";
import type { TypeRow } from "./data";

export function showLegend(place: HTMLElement, types: TypeRow[], hidden: Set<string>, changed: () => void): void {
  place.replaceChildren(
    ...types.map((type) =>
      h(
        "button",
        {
          type: "button",
          class: "ck-chip",
          "aria-pressed": String(!hidden.has(type.type)),
          "data-type": type.type,
          onclick: (event: MouseEvent) => {
            if (!hidden.delete(type.type)) hidden.add(type.type);
            (event.currentTarget as Element).setAttribute("aria-pressed", String(!hidden.has(type.type)));
            changed();
          },
        },
        icon(type.shape, type.colour),
        `${type.label} ${type.count}`,
      ),
    ),
  );
}

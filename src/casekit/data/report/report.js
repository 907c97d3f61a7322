// The report of a draft: one finding after the other, all of them or only a group. Without this script it is a plain list.
"use strict";
(() => {
  const nav = document.querySelector("nav");
  const all = [...document.querySelectorAll("article")];
  const counter = nav.querySelector("output");
  let group = "all";
  let at = -1;
  nav.hidden = false;

  const shown = () => all.filter((one) => group === "all" || one.dataset.group === group);

  function count() {
    counter.textContent = `${at < 0 ? 0 : at + 1} / ${shown().length}`;
  }

  function choose(name) {
    const current = shown()[at];
    group = name;
    for (const button of nav.querySelectorAll("[data-only]")) {
      button.setAttribute("aria-pressed", String(button.dataset.only === name));
    }
    for (const part of document.querySelectorAll("section[data-group]")) {
      part.hidden = name !== "all" && part.dataset.group !== name;
    }
    at = current ? shown().indexOf(current) : -1;
    count();
  }

  function go(step) {
    const list = shown();
    if (!list.length) return;
    at = at < 0 ? (step > 0 ? 0 : list.length - 1) : (at + step + list.length) % list.length;
    for (const one of document.querySelectorAll(".at")) one.classList.remove("at");
    const mark = document.getElementById(list[at].dataset.mark);
    if (mark) mark.classList.add("at");
    list[at].classList.add("at");
    list[at].focus({ preventScroll: true });
    list[at].scrollIntoView({ block: "center" });
    count();
  }

  nav.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.only) choose(button.dataset.only);
    if (button.dataset.step) go(Number(button.dataset.step));
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, n: 1, k: -1, p: -1 }[event.key];
    const only = { 0: "all", 1: "wrong", 2: "open", 3: "told" }[event.key];
    const list = shown();
    if (step) go(step);
    else if (only) choose(only);
    else if (event.key === "Enter" && event.target.matches("article") && list[at]) {
      document.getElementById(list[at].dataset.mark)?.scrollIntoView({ block: "center" });
    } else return;
    event.preventDefault();
  });
  count();
})();

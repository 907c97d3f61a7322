// Comparison pages: which cases stand side by side. Without this script all of them do.
(function () {
  "use strict";
  const choose = document.getElementById("choose");
  const table = document.getElementById("matrix");
  if (!choose || !table) return;
  choose.hidden = false;
  const boxes = Array.from(choose.querySelectorAll(".boxes input"));
  const filled = document.getElementById("filled");
  const rows = Array.from(table.tBodies[0].rows);
  const head = table.tHead.rows[0];

  function wanted() {
    const named = new URLSearchParams(location.hash.slice(1)).get("cases");
    return named === null ? null : new Set(named.split(","));
  }
  function show() {
    boxes.forEach(function (box, i) {
      head.cells[i + 1].hidden = !box.checked;
      for (const row of rows) row.cells[i + 1].hidden = !box.checked;
    });
    for (const row of rows) {
      const seen = Array.from(row.cells).slice(1).filter((cell) => !cell.hidden);
      row.hidden = filled.checked && seen.length > 0 && seen.every((cell) => cell.classList.contains("not-reported"));
    }
  }
  function told() {
    show();
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    history.replaceState(null, "", chosen.length === boxes.length ? location.pathname : "#cases=" + chosen.join(","));
    for (const link of document.querySelectorAll(".tabs a")) link.hash = chosen.length === boxes.length ? "" : "cases=" + chosen.join(",");
  }
  const first = wanted();
  if (first) {
    for (const box of boxes) box.checked = first.has(box.value);
    choose.open = true;
    for (const link of document.querySelectorAll(".tabs a")) link.hash = location.hash;
  }
  choose.addEventListener("change", told);
  choose.querySelector("[data-all]").addEventListener("click", function () { for (const b of boxes) b.checked = true; told(); });
  choose.querySelector("[data-none]").addEventListener("click", function () { for (const b of boxes) b.checked = false; told(); });
  show();
})();

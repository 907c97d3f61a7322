// Search in the page itself: folded text (width, case, traditional to simplified), words anywhere, no request.
(function () {
  "use strict";
  const data = window.CASEKIT;
  const input = document.getElementById("q");
  const hits = document.getElementById("hits");
  const told = document.getElementById("told");
  if (!data || !input) return;

  const simple = new Map();
  const keys = Array.from(data.from);
  Array.from(data.to).forEach(function (to, i) { simple.set(keys[i], to); });

  // The text folded, and for every folded character the place of its origin.
  function fold(text) {
    const out = [], from = [];
    let at = 0;
    for (const character of text) {
      for (const plain of character.normalize("NFKC").toLowerCase()) {
        out.push(simple.get(plain) || plain);
        from.push(at);
      }
      at += character.length;
    }
    from.push(at);
    return { text: out.join(""), chars: out, from: from };
  }
  const folded = function (text) { return fold(text).text; };

  const pages = data.pages.map(function (p) { return { file: p[0], title: p[1], key: folded(p[1]), names: folded(p[2]), weight: p[3] }; });
  const rows = data.rows.map(function (r) {
    return { page: r[0], anchor: r[1], heading: r[2], text: r[3], key: folded(r[3]), head: folded(r[2]) };
  });

  function count(text, word) {
    let n = 0;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) n++;
    return n;
  }
  // How much a row says about a word: the page's name first, then names, headings, text.
  function weight(row, word) {
    const page = pages[row.page];
    const first = row.anchor === "";
    const many = count(row.key, word);
    return (page.key.includes(word) ? 6 : 0) + (first && page.names.includes(word) ? 6 : 0) + (row.head.includes(word) ? 2 : 0)
      + (many ? 2 + Math.log2(1 + many) : 0);
  }
  function holds(row, word) {
    return row.key.includes(word) || row.head.includes(word) || (row.anchor === "" && pages[row.page].names.includes(word))
      || pages[row.page].key.includes(word);
  }

  // Pages that hold every word, with the rows that hold at least one.
  function exact(words) {
    const found = new Map();
    for (const row of rows) {
      const own = words.filter((word) => holds(row, word));
      if (!own.length) continue;
      const page = found.get(row.page) || { page: row.page, words: new Set(), rows: [], score: 0 };
      const score = own.reduce((sum, word) => sum + weight(row, word), 0);
      own.forEach((word) => page.words.add(word));
      page.rows.push({ row: row, score: score + 4 * (own.length - 1) });
      found.set(row.page, page);
    }
    return Array.from(found.values()).filter((page) => page.words.size === words.length);
  }

  // Pairs of Chinese characters and whole Latin words, for questions that stand nowhere word for word.
  function pieces(query) {
    const some = new Set();
    for (const run of query.match(/[a-z0-9]+|[\u3400-\u9fff\u{20000}-\u{3ffff}]+/gu) || []) {
      const chars = Array.from(run);
      if (/[a-z0-9]/.test(run) || chars.length < 3) some.add(run);
      else for (let i = 0; i + 1 < chars.length; i++) some.add(chars[i] + chars[i + 1]);
    }
    return Array.from(some);
  }
  // Rows ranked by the rarity of the pieces they hold. Shown: those with two pieces or more (all of fewer) and at least half
  // of the best row's value; a choice, tried on a few questions.
  function near(query) {
    const all = pieces(query);
    const parts = all.map(function (piece) {
      const n = rows.filter((row) => holds(row, piece)).length;
      return { piece: piece, value: n ? Math.log(1 + rows.length / n) : 0 };
    }).filter((part) => part.value);
    const scored = [];
    for (const row of rows) {
      const own = parts.filter((part) => holds(row, part.piece));
      if (own.length < Math.min(2, all.length)) continue;
      scored.push({ row: row, score: own.reduce((sum, part) => sum + part.value, 0) });
    }
    const best = scored.reduce((most, hit) => Math.max(most, hit.score), 0);
    const found = new Map();
    for (const hit of scored) {
      if (hit.score < best / 2) continue;
      const page = found.get(hit.row.page) || { page: hit.row.page, rows: [] };
      page.rows.push(hit);
      found.set(hit.row.page, page);
    }
    return { pages: Array.from(found.values()), words: parts.map((part) => part.piece) };
  }

  // The text around the first place of a word, with all places marked; a line that is longer is cut at its ends alone.
  function marked(element, text, words) {
    const plain = fold(text);
    const ranges = casekitMarking.places(plain.text, words).map(([a, b]) => [origin(plain, a), origin(plain, b)]);
    const first = ranges.reduce((least, range) => Math.min(least, range[0]), ranges.length ? text.length : 0);
    const start = casekitMarking.whole(text, Math.max(0, first - 40));
    const end = casekitMarking.whole(text, Math.min(text.length, start + 170));
    if (start > 0) element.append("…");
    for (const [piece, hit] of casekitMarking.pieces(text.slice(start, end), ranges.map(([a, b]) => [a - start, b - start]))) {
      if (!hit) { element.append(piece); continue; }
      const mark = document.createElement("mark");
      mark.textContent = piece;
      element.append(mark);
    }
    if (end < text.length) element.append("…");
  }
  // The origin of the folded character that begins at this UTF-16 place of the folded text.
  function origin(plain, place) {
    let at = 0, i = 0;
    while (at < place && i < plain.chars.length) { at += plain.chars[i].length; i++; }
    return plain.from[i];
  }

  function search() {
    const query = folded(input.value).replace(/["'“”‘’「」『』《》]/g, " ").trim();
    hits.replaceChildren();
    told.textContent = "";
    if (!query) return;
    let words = query.split(/\s+/);
    let found = exact(words);
    let note = "";
    if (!found.length) {
      const close = near(query);
      found = close.pages;
      words = close.words;
      note = found.length ? data.words.near : "";
    }
    for (const page of found) {
      page.rows.sort((a, b) => b.score - a.score);
      page.score = (page.rows[0].score + 0.1 * page.rows.reduce((sum, r) => sum + r.score, 0)) * pages[page.page].weight;
    }
    found.sort((a, b) => b.score - a.score || a.page - b.page);
    told.textContent = found.length ? note + data.words.count.replace("{n}", found.length) : data.words.none;
    for (const page of found.slice(0, 50)) hits.append(shown(page, words));
  }
  function shown(page, words) {
    const article = document.createElement("article");
    const title = document.createElement("h2");
    const link = document.createElement("a");
    link.href = pages[page.page].file;
    link.textContent = pages[page.page].title;
    title.append(link);
    article.append(title);
    for (const hit of page.rows.slice(0, 3)) {
      const line = document.createElement("p");
      const at = document.createElement("a");
      at.href = pages[page.page].file + (hit.row.anchor ? "#" + encodeURIComponent(hit.row.anchor) : "");
      at.textContent = hit.row.heading || pages[page.page].title;
      at.className = "dim";
      line.append(at, " ");
      marked(line, hit.row.text, words);
      article.append(line);
    }
    if (page.rows.length > 3) {
      const more = document.createElement("p");
      more.className = "dim";
      more.textContent = data.words.more.replace("{n}", page.rows.length - 3);
      article.append(more);
    }
    return article;
  }

  let waiting = 0;
  input.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(search, 120); });
  document.getElementById("search").addEventListener("submit", function (event) {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(input.value));
    search();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { input.value = asked; search(); }
  input.focus();
})();

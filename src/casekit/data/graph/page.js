"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const WORDS = {
    search: ["搜索名称", "Search names"],
    types: ["类型", "Types"],
    relations: ["关系", "Relations"],
    firmness: ["说法", "Said as"],
    asserted: ["肯定", "asserted"],
    planned: ["计划", "planned"],
    hearsay: ["传闻", "hearsay"],
    negated: ["否定", "denied"],
    fit: ["全图", "Fit"],
    other: ["EN", "中文"],
    theme: ["明/暗", "Light/dark"],
    hint: ["点节点看它的关系，点连线读原文句子。可拖动、滚轮缩放。", "Click a node for its links, a line for its sentences. Drag; scroll to zoom."],
    mentions: ["处提及", "mentions"],
    articles: ["篇原文", "originals"],
    retellings: ["篇转述", "retellings"],
    retelling: ["转述", "retold"],
    commentary: ["评论", "commentary"],
    rule: ["规则", "rule"],
    links: ["关系", "Links"],
    none: ["没有关系符合筛选", "No link passes the filters"],
    evidence: ["原文", "Evidence"],
    shown: ["个节点 · ", " nodes · "],
    edges: ["条关系", " links"],
  };
  let tongue = data.language === "en" ? 1 : 0;
  const word = (key) => WORDS[key][tongue];
  const label = (table, key) => (table[key] || [key, key])[tongue];
  const nameOf = (node) => (tongue && node.en) || node.name;
  const id = (name) => document.getElementById(name);
  const SVG = "http://www.w3.org/2000/svg";

  // Elements are made by name and filled by textContent only: what the sources say stays text.
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
      else if (value !== false && value != null) element.setAttribute(key, value === true ? "" : value);
    }
    for (const child of children) element.append(child);
    return element;
  };
  const draw = (tag, attributes, parent) => {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (parent) parent.append(element);
    return element;
  };

  const { nodes, links } = data;
  const hidden = { type: new Set(data.hidden), relation: new Set(), polarity: new Set() };
  const view = { x: 0, y: 0, k: 1 };
  let chosen = null;
  nodes.forEach((node, i) => {
    node.i = i;
    node.dx = node.dy = 0;
    node.links = [];
  });
  // Lines between the same two nodes bend apart.
  const between = new Map();
  links.forEach((link, i) => {
    link.i = i;
    link.a = nodes[link.a];
    link.b = nodes[link.b];
    link.a.links.push(link);
    if (link.a !== link.b) link.b.links.push(link);
    const pair = Math.min(link.a.i, link.b.i) + "-" + Math.max(link.a.i, link.b.i);
    link.turn = between.get(pair) || 0;
    between.set(pair, link.turn + 1);
  });
  const radius = (node) => 5 + 2.2 * Math.sqrt(node.links.length);

  const linkShown = (link) =>
    !hidden.type.has(link.a.type) && !hidden.type.has(link.b.type) && !hidden.relation.has(link.relation) && !hidden.polarity.has(link.polarity);
  const nodeShown = (node) => !hidden.type.has(node.type) && node.links.some(linkShown);

  const lines = id("lines"), dots = id("dots"), picture = id("picture");
  for (const link of links) {
    link.element = draw("g", { class: "edge " + link.polarity, tabindex: 0, role: "button" }, lines);
    link.line = draw("path", { class: "line" }, link.element);
    if (link.relation !== "partner_of") link.line.setAttribute("marker-end", "url(#arrow)");
    link.hit = draw("path", { class: "hit" }, link.element);
    link.title = draw("title", {}, link.element);
    link.element.addEventListener("click", () => choose(link));
    link.element.addEventListener("keydown", (event) => event.key === "Enter" && choose(link));
  }
  for (const node of nodes) {
    node.element = draw("g", { class: "dot", tabindex: 0, role: "button" }, dots);
    draw("circle", { r: radius(node), fill: data.colours[node.type] || "#7f7f7f" }, node.element);
    node.label = draw("text", { y: -radius(node) - 4 }, node.element);
    node.element.addEventListener("keydown", (event) => event.key === "Enter" && choose(node));
    node.element.addEventListener("pointerdown", (event) => grab(event, node));
  }

  const place = () => {
    for (const node of nodes) node.element.setAttribute("transform", `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`);
    for (const { a, b, turn, line, hit } of links) {
      const dx = b.x - a.x, dy = b.y - a.y, far = Math.hypot(dx, dy) || 1;
      const bend = turn ? (turn % 2 ? 1 : -1) * Math.ceil(turn / 2) * 22 * (a.i < b.i ? 1 : -1) : 0;
      const mx = (a.x + b.x) / 2 - (dy / far) * bend, my = (a.y + b.y) / 2 + (dx / far) * bend;
      const ex = b.x - mx, ey = b.y - my, end = Math.hypot(ex, ey) || 1, stop = radius(b) + 2;
      const d = `M${a.x.toFixed(1)} ${a.y.toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${(b.x - (ex / end) * stop).toFixed(1)} ${(b.y - (ey / end) * stop).toFixed(1)}`;
      line.setAttribute("d", d);
      hit.setAttribute("d", d);
    }
  };
  const look = () => id("view").setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.k})`);

  // Fruchterman and Reingold's forces, cooling; the places that came with the page are already good.
  let heat = 0, frame = 0;
  const step = () => {
    frame = 0;
    const shown = nodes.filter((node) => !node.element.hidden_);
    const ideal = 62;
    for (let i = 0; i < shown.length; i++) {
      const a = shown[i];
      for (let j = i + 1; j < shown.length; j++) {
        const b = shown[j];
        const dx = a.x - b.x || 0.01 * (i - j), dy = a.y - b.y || 0.01, near = dx * dx + dy * dy;
        if (near > 90000) continue;
        const push = (ideal * ideal) / near;
        a.dx += dx * push; a.dy += dy * push; b.dx -= dx * push; b.dy -= dy * push;
      }
    }
    for (const link of links) {
      if (!linkShown(link)) continue;
      const dx = link.b.x - link.a.x, dy = link.b.y - link.a.y, far = Math.hypot(dx, dy) || 1;
      const pull = (far - ideal * 1.6) / far / 12;
      link.a.dx += dx * pull; link.a.dy += dy * pull; link.b.dx -= dx * pull; link.b.dy -= dy * pull;
    }
    for (const node of shown) {
      const far = Math.hypot(node.dx, node.dy) || 1, most = Math.min(far, 14 * heat);
      if (node !== held) { node.x += (node.dx / far) * most; node.y += (node.dy / far) * most; }
      node.dx = node.dy = 0;
    }
    place();
    heat *= 0.95;
    if (heat > 0.04) frame = requestAnimationFrame(step);
  };
  const warm = (degree) => {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches && !held) return;
    heat = Math.max(heat, degree);
    if (!frame) frame = requestAnimationFrame(step);
  };

  // Moving: the paper with the mouse, a node by itself, zoom with the wheel.
  let held = null, from = null, moved = false;
  const point = (event) => {
    const box = picture.getBoundingClientRect();
    return [(event.clientX - box.left - view.x) / view.k, (event.clientY - box.top - view.y) / view.k];
  };
  const grab = (event, node) => {
    event.stopPropagation();
    held = node; moved = false;
    picture.setPointerCapture(event.pointerId);
  };
  picture.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".edge")) return;
    from = [event.clientX - view.x, event.clientY - view.y]; moved = false;
    picture.classList.add("moving");
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (held) {
      moved = moved || Math.abs(event.movementX) + Math.abs(event.movementY) > 1;
      if (moved) { [held.x, held.y] = point(event); warm(0.5); place(); }
    } else if (from) {
      moved = true;
      view.x = event.clientX - from[0]; view.y = event.clientY - from[1];
      look();
    }
  });
  const release = () => {
    if (held && !moved) choose(held);
    else if (from && !moved) choose(null);
    held = from = null;
    picture.classList.remove("moving");
  };
  picture.addEventListener("pointerup", release);
  picture.addEventListener("pointercancel", () => { held = from = null; });
  picture.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = picture.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    const k = Math.min(6, Math.max(0.08, view.k * Math.exp(-event.deltaY * 0.0015)));
    view.x = x - ((x - view.x) * k) / view.k; view.y = y - ((y - view.y) * k) / view.k; view.k = k;
    look();
  }, { passive: false });
  const fit = () => {
    const shown = nodes.filter(nodeShown), box = picture.getBoundingClientRect();
    if (!shown.length || !box.width) return;
    const xs = shown.map((n) => n.x), ys = shown.map((n) => n.y);
    const left = Math.min(...xs) - 60, top = Math.min(...ys) - 40, wide = Math.max(...xs) + 60 - left, high = Math.max(...ys) + 40 - top;
    view.k = Math.min(box.width / wide, box.height / high, 1.6);
    view.x = (box.width - wide * view.k) / 2 - left * view.k;
    view.y = (box.height - high * view.k) / 2 - top * view.k;
    look();
  };

  // Reading: a node's links, a link's sentences.
  const marked = (text, names) => {
    const block = document.createDocumentFragment();
    for (const [piece, hit] of casekitMarking.pieces(text, casekitMarking.places(text, names))) {
      block.append(hit ? make("mark", {}, piece) : piece);
    }
    return block;
  };
  const tag = (link) => (link.stance ? make("span", { class: "tag " + link.polarity }, link.stance) : "");
  const told = (thing) => (thing.standing === "original" ? "" : make("span", { class: "tag hearsay" }, word(thing.standing)));
  const readLink = (link) => {
    const panel = [
      make("h3", {}, `${nameOf(link.a)} ${link.relation === "partner_of" ? "—" : "→"} ${nameOf(link.b)}`),
      make("p", { class: "small" }, label(data.relations, link.relation) + (link.text ? " · " + link.text : ""), tag(link), told(link), ` · ${word("rule")} ${link.rule}`),
      make("h2", {}, word("evidence")),
    ];
    for (const i of link.evidence) {
      const { source, start, end, text } = data.evidence[i];
      panel.push(make("blockquote", {}, marked(text, [link.a.name, link.b.name, link.text]), make("cite", {}, `${source}:${start}-${end}`)));
    }
    const both = make("p", {}, make("button", { type: "button", on: { click: () => choose(link.a) } }, nameOf(link.a)), " ", make("button", { type: "button", on: { click: () => choose(link.b) } }, nameOf(link.b)));
    return [...panel, both];
  };
  const readNode = (node) => {
    const own = node.links.filter(linkShown);
    const list = make("ul", { class: "list" });
    for (const link of own) {
      const out = link.a === node, other = out ? link.b : link.a;
      const arrow = link.relation === "partner_of" ? "—" : out ? "→" : "←";
      list.append(make("li", {}, make("button", { type: "button", on: { click: () => choose(link) } }, `${label(data.relations, link.relation)} ${arrow} ${nameOf(other)}${link.relation === "role_at" && link.text ? "（" + link.text + "）" : ""}`, tag(link), told(link))));
    }
    return [
      make("h3", {}, nameOf(node)),
      make("p", { class: "small" }, `${label(data.types, node.type)}${node.en && !tongue ? " · " + node.en : ""} · ${node.mentions} ${word("mentions")} · ${node.sources} ${word(node.standing === "original" ? "articles" : "retellings")}`),
      make("h2", {}, own.length ? `${word("links")} (${own.length})` : word("none")),
      list,
    ];
  };
  const choose = (thing) => {
    chosen = thing;
    const panel = id("panel");
    panel.replaceChildren(...(thing ? (thing.evidence ? readLink(thing) : readNode(thing)) : [make("p", { class: "small" }, word("hint"))]));
    panel.scrollTop = 0;
    const near = new Set();
    if (thing) {
      if (thing.evidence) near.add(thing.a).add(thing.b);
      else {
        near.add(thing);
        for (const link of thing.links) if (linkShown(link)) near.add(link.a).add(link.b);
      }
    }
    for (const node of nodes) {
      node.element.classList.toggle("dim", near.size > 0 && !near.has(node));
      node.element.classList.toggle("on", node === thing);
    }
    for (const link of links) {
      link.element.classList.toggle("dim", !!thing && link !== thing && link.a !== thing && link.b !== thing);
      link.element.classList.toggle("on", link === thing);
    }
  };

  // Filters and search.
  const refresh = () => {
    let n = 0, m = 0;
    for (const node of nodes) {
      const shown = nodeShown(node);
      node.element.hidden_ = !shown;
      node.element.style.display = shown ? "" : "none";
      n += shown;
    }
    for (const link of links) {
      const shown = linkShown(link);
      link.element.style.display = shown ? "" : "none";
      m += shown;
    }
    id("count").textContent = n + word("shown") + m + word("edges");
  };
  const filters = () => {
    const count = (items, key) => items.reduce((all, item) => all.set(item[key], (all.get(item[key]) || 0) + 1), new Map());
    const group = (title, kind, counts, table, colours) => {
      const block = [make("h2", {}, title)];
      for (const [key, number] of [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
        const box = make("input", { type: "checkbox", checked: !hidden[kind].has(key), on: { change: (event) => {
          hidden[kind][event.target.checked ? "delete" : "add"](key);
          refresh(); warm(0.6); choose(chosen);
        } } });
        const dot = colours ? make("i", {}) : "";
        if (colours) dot.style.background = colours[key] || "#7f7f7f";
        block.push(make("label", {}, box, dot, label(table, key), make("b", {}, String(number))));
      }
      return block;
    };
    const firmness = Object.fromEntries(["asserted", "planned", "hearsay", "negated"].map((key) => [key, WORDS[key]]));
    id("filters").replaceChildren(
      ...group(word("types"), "type", count(nodes, "type"), data.types, data.colours),
      ...group(word("relations"), "relation", count(links, "relation"), data.relations, null),
      ...group(word("firmness"), "polarity", count(links, "polarity"), firmness, null),
    );
  };
  const search = id("search"), found = id("found");
  let hits = [], at = -1;
  const showNode = (node) => {
    if (hidden.type.has(node.type)) { hidden.type.delete(node.type); filters(); refresh(); }
    const box = picture.getBoundingClientRect();
    view.k = Math.max(view.k, 1);
    view.x = box.width / 2 - node.x * view.k; view.y = box.height / 2 - node.y * view.k;
    look();
    choose(node);
    found.hidden = true;
    search.setAttribute("aria-expanded", "false");
  };
  const list = () => {
    const query = search.value.trim().toLowerCase();
    hits = query ? nodes.filter((n) => n.name.toLowerCase().includes(query) || (n.en || "").toLowerCase().includes(query)).sort((a, b) => b.links.length - a.links.length).slice(0, 20) : [];
    at = hits.length ? 0 : -1;
    found.replaceChildren(...hits.map((node, i) => make("li", { role: "option", "aria-selected": String(i === at), on: { mousedown: () => showNode(node) } }, `${nameOf(node)} · ${label(data.types, node.type)}`)));
    found.hidden = !hits.length;
    search.setAttribute("aria-expanded", String(!!hits.length));
  };
  search.addEventListener("input", list);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && hits[at]) showNode(hits[at]);
    else if (event.key === "Escape") { search.value = ""; list(); choose(null); }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % Math.max(1, hits.length);
      [...found.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === at)));
    }
  });
  search.addEventListener("blur", () => setTimeout(() => { found.hidden = true; }, 150));

  const speak = () => {
    document.documentElement.lang = tongue ? "en" : "zh-CN";
    search.placeholder = word("search");
    search.setAttribute("aria-label", word("search"));
    id("fit").textContent = word("fit");
    id("language").textContent = word("other");
    id("theme").textContent = word("theme");
    for (const node of nodes) {
      node.label.textContent = nameOf(node);
      node.element.setAttribute("aria-label", nameOf(node));
    }
    for (const link of links) {
      const text = `${nameOf(link.a)} ${label(data.relations, link.relation)} ${nameOf(link.b)}`;
      link.title.textContent = text;
      link.element.setAttribute("aria-label", text);
    }
    filters(); refresh(); choose(chosen);
  };
  id("fit").addEventListener("click", fit);
  id("language").addEventListener("click", () => { tongue = 1 - tongue; speak(); });
  const paint = (dark) => { document.documentElement.dataset.theme = dark ? "dark" : "light"; };
  id("theme").addEventListener("click", () => paint(document.documentElement.dataset.theme !== "dark"));
  paint(matchMedia("(prefers-color-scheme: dark)").matches);
  speak();
  place();
  fit();
  addEventListener("resize", fit);
})();

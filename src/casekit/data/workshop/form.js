// The forms of a workshop: one program for notebooks (anywidget) and for the web page. It asks nobody: answers are held against
// salted digests (PBKDF2, RFC 2898), and the reason of a right answer is opened by that answer.

const bytes = (text) => new TextEncoder().encode(text);
const K = [];
const H = [];
for (let n = 2, found = 0; found < 64; n++) {
  let prime = true;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
  if (!prime) continue;
  if (found < 8) H.push((Math.sqrt(n) % 1) * 4294967296 | 0);
  K.push((Math.cbrt(n) % 1) * 4294967296 | 0);
  found++;
}
const rot = (x, n) => (x >>> n) | (x << (32 - n));

function compress(state, w) {
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15], b = w[i - 2];
    w[i] = (w[i - 16] + (rot(a, 7) ^ rot(a, 18) ^ (a >>> 3)) + w[i - 7] + (rot(b, 17) ^ rot(b, 19) ^ (b >>> 10))) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const t = (h + (rot(e, 6) ^ rot(e, 11) ^ rot(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const u = ((rot(a, 2) ^ rot(a, 13) ^ rot(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
  }
  return [state[0] + a | 0, state[1] + b | 0, state[2] + c | 0, state[3] + d | 0, state[4] + e | 0, state[5] + f | 0, state[6] + g | 0, state[7] + h | 0];
}

function hashFrom(state, done, data) {
  const padded = new Uint8Array(((data.length + 8) >> 6) * 64 + 64);
  padded.set(data);
  padded[data.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, (done + data.length) * 8);
  const w = new Int32Array(64);
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
    state = compress(state, w);
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => out.setInt32(4 * i, word));
  return new Uint8Array(out.buffer);
}
export const sha256 = (data) => hashFrom(H, 0, data);

function keyed(key, pad) {
  const block = new Uint8Array(64).fill(pad);
  (key.length > 64 ? sha256(key) : key).forEach((byte, i) => { block[i] ^= byte; });
  const view = new DataView(block.buffer), w = new Int32Array(64);
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(4 * i);
  return compress(H, w);
}

export function slowKey(told, salt, rounds) {
  const key = bytes(told), inner = keyed(key, 54), outer = keyed(key, 92);
  const mac = (data) => hashFrom(outer, 64, hashFrom(inner, 64, data));
  let u = mac(join(bytes(salt), new Uint8Array([0, 0, 0, 1])));
  const out = u.slice();
  for (let i = 1; i < rounds; i++) {
    u = mac(u);
    for (let j = 0; j < 32; j++) out[j] ^= u[j];
  }
  return out;
}

async function derived(told, salt, rounds) {
  const subtle = globalThis.crypto && globalThis.crypto.subtle;
  if (!subtle || !told) return slowKey(told, salt, rounds);
  const key = await subtle.importKey("raw", bytes(told), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: rounds };
  return new Uint8Array(await subtle.deriveBits(how, key, 256));
}
const join = (a, b) => { const out = new Uint8Array(a.length + b.length); out.set(a); out.set(b, a.length); return out; };
const hex = (data) => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
const digestOf = (key) => hex(sha256(join(key, bytes("digest"))).slice(0, 16));

function opened(key, sealed) {
  const data = Uint8Array.from(atob(sealed), (c) => c.charCodeAt(0));
  for (let n = 0; n * 32 < data.length; n++) {
    const stream = sha256(join(join(key, bytes("reason")), new Uint8Array([n >>> 24, n >>> 16, n >>> 8, n])));
    for (let i = 0; i < 32 && n * 32 + i < data.length; i++) data[n * 32 + i] ^= stream[i];
  }
  return new TextDecoder().decode(data);
}

// A number rounded half up to so many places, as text; null where it is none.
export function rounded(text, places) {
  const plain = text.normalize("NFKC").replace(/[,，\s]/g, "").replace(/[%倍]+$/, "");
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(plain);
  if (!found || !(found[2] || found[3])) return null;
  const digits = (found[3] || "").padEnd(places + 1, "0");
  let whole = BigInt((found[2] || "0") + digits.slice(0, places));
  if (digits[places] >= "5") whole += 1n;
  const shown = whole.toString().padStart(places + 1, "0");
  const made = places ? `${shown.slice(0, -places)}.${shown.slice(-places)}` : shown;
  return (found[1] === "-" ? "-" : "") + made;
}

function wordKey(text, data) {
  const plain = text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const [from, to] = data.fold || ["", ""];
  const keys = Array.from(from), values = Array.from(to);
  return Array.from(plain, (c) => { const at = keys.indexOf(c); return at < 0 ? c : values[at]; }).join("");
}

// ---- what is seen ----------------------------------------------------------------------------------------------------
function made(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

function choice(data, part, given, keep, ids) {
  const letters = Object.keys(data.options);
  const box = made("select", { id: ids, onchange: () => keep(part, box.value) },
    made("option", { value: "" }, data.words.choose),
    ...letters.map((one) => made("option", { value: one, selected: given === one }, `${one}  ${data.options[one]}`)));
  return box;
}

function typed(data, part, given, keep, ids) {
  const box = made("input", { id: ids, type: "text", inputmode: "decimal", autocomplete: "off", placeholder: data.words.number, value: given || "",
    oninput: () => keep(part, box.value) });
  return box;
}

function sorter(data, answers, keep) {
  const letters = Object.keys(data.options);
  let order = data.parts.map((part) => answers[part]);
  if (new Set(order).size !== letters.length || order.some((one) => !one)) order = letters.slice();
  const list = made("ol", { class: "ck-sort" });
  let held = null;
  const store = () => { const all = {}; data.parts.forEach((part, i) => { all[part] = order[i]; }); keep(null, all); };
  const move = (from, to, focus) => {
    if (to < 0 || to >= order.length || from === to) return;
    order.splice(to, 0, order.splice(from, 1)[0]);
    draw();
    store();
    if (focus) list.children[to].querySelector(`button[data-way="${focus}"]`).focus();
  };
  const arrow = (i, way, sign) => made("button", { type: "button", "data-way": way, "aria-label": `${data.words[way]} ${order[i]}`,
    onclick: () => move(i, way === "up" ? i - 1 : i + 1, way) }, sign);
  function draw() {
    list.replaceChildren(...order.map((letter, i) => made("li", { draggable: true,
      ondragstart: (event) => { held = i; event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", letter); },
      ondragover: (event) => event.preventDefault(),
      ondrop: (event) => { event.preventDefault(); if (held !== null) move(held, i); held = null; } },
      made("span", { class: "ck-text" }, made("b", {}, letter), " ", data.options[letter]), arrow(i, "up", "↑"), arrow(i, "down", "↓"))));
  }
  draw();
  store();
  return made("div", {}, made("p", { class: "ck-small" }, data.words.drag), list);
}

const own = Math.random().toString(36).slice(2);
let counter = 0;
// The form of one exercise. `store` = {answers, save(answers), word(), setWord(text)}.
export function form(data, store) {
  const answers = { ...store.answers };
  const told = {};
  const result = made("p", { class: "ck-result", role: "status" });
  const keep = (part, value) => { if (part === null) Object.assign(answers, value); else answers[part] = value; store.save({ ...answers }); };
  const rows = [];
  const feedback = (part) => { told[part] = made("div", { class: "ck-told", "aria-live": "polite" }); return told[part]; };
  if (data.form === "note" || data.form === "essay") {
    const id = `ck-form-${own}-${++counter}`;
    const box = made("textarea", { id, rows: 6, placeholder: data.words.write, oninput: () => keep("text", box.value) });
    box.value = answers.text || "";
    rows.push(made("label", { for: id, class: "ck-title" }, data.title), box, feedback("*"));
  } else if (data.form === "order") {
    rows.push(sorter(data, answers, keep), ...data.parts.map(feedback));
  } else if (data.form === "set") {
    const chosen = new Set((answers["*"] || "").split(",").filter(Boolean));
    for (const [letter, text] of Object.entries(data.options)) {
      const box = made("input", { type: "checkbox", checked: chosen.has(letter), onchange: () => {
        if (box.checked) chosen.add(letter); else chosen.delete(letter);
        keep("*", Array.from(chosen).sort().join(",")); } });
      rows.push(made("label", { class: "ck-row" }, box, ` ${letter} ${text}`));
    }
    rows.push(feedback("*"));
  } else {
    for (const part of data.parts) {
      const id = `ck-form-${own}-${++counter}`;
      const field = (part in data.decimals ? typed : choice)(data, part, answers[part], keep, id);
      rows.push(made("div", { class: "ck-row" }, made("label", { for: id }, made("b", {}, part), " ", data.items[part] || ""), field, feedback(part)));
    }
  }
  const parts = data.form === "set" || data.form === "essay" ? ["*"] : data.parts || [];
  const quoted = (mark) => data.sentences && data.sentences[mark] ? `${mark}「${data.sentences[mark]}」` : mark;
  const say = (part, right, text) => {
    told[part].className = `ck-told ${right === null ? "" : right ? "ck-right" : "ck-wrong"}`;
    told[part].textContent = (right === null ? "" : right ? `✓ ${data.words.right} ` : `✗ ${data.words.wrong} `) + text;
  };
  const folded = (part) => {
    const value = String(answers[part] ?? "").trim();
    if (!value) return "";
    if (part in data.decimals) return rounded(value, data.decimals[part]) ?? undefined;
    return value.toLowerCase();
  };
  async function word() {
    if (!data.lock) return "";
    const key = wordKey(store.word(), data);
    if (!key) { result.textContent = data.words.noWord; return null; }
    if (digestOf(await derived(key, `${data.salt}:word`, data.rounds)) !== data.lock) { result.textContent = data.words.badWord; return null; }
    return `:${key}`;
  }
  async function judged(part, seasoned) {
    const value = folded(part);
    if (value === undefined) { say(part, null, data.words.notNumber); return null; }
    if (!value) { say(part, null, data.words.blank); return null; }
    const key = await derived(value, `${data.salt}:${data.name}/${part}${seasoned}`, data.rounds);
    const sentences = (data.look[part] || []).map(quoted).join("；");
    const right = digestOf(key) === data.digests[part];
    const label = data.form === "order" ? `${part} ` : "";
    if (right) say(part, true, `${label}${sentences} ${opened(key, data.reasons[part] || "")}`);
    else say(part, false, `${label}${data.hints[part] || data.hints["*"] || data.words.again} ${sentences}`);
    return right;
  }
  async function check() {
    if (data.form === "open") { result.textContent = data.words.open; return; }
    if (data.form === "essay") {
      const marks = Array.from(new Set(Array.from((answers.text || "").normalize("NFKC").matchAll(/E\s*(\d+)/gi), (m) => `E${Number(m[1])}`)));
      result.textContent = marks.length ? data.words.essay : `${data.words.essay} ${data.words.uncited}`;
      told["*"].replaceChildren(...marks.map((mark) => made("p", {}, data.sentences[mark] ? quoted(mark) : `${data.words.unknown} ${mark}`)));
      return;
    }
    const seasoned = await word();
    if (seasoned === null) return;
    const found = [];
    for (const part of parts) found.push(await judged(part, seasoned));
    const count = (value) => found.filter((one) => one === value).length;
    result.textContent = count(true) === parts.length ? `✓ ${data.words.allRight}`
      : data.words.score.replace("{right}", count(true)).replace("{wrong}", count(false)).replace("{blank}", count(null));
  }
  const button = data.form === "note" ? null : made("button", { type: "button", class: "ck-check", onclick: async () => {
    button.disabled = true;
    try { await check(); } finally { button.disabled = false; } } }, data.words.check);
  const asked = data.lock && data.form !== "open" && data.form !== "essay" ? made("label", { class: "ck-word" }, `${data.words.word} `,
    made("input", { type: "password", autocomplete: "off", value: store.word(), oninput: (event) => store.setWord(event.target.value) })) : null;
  return made("div", { class: "ck-form" }, ...rows, asked, button, data.form === "note" ? null : result);
}

export default {
  render({ model, el }) {
    const store = {
      answers: model.get("answers"),
      save: (answers) => { model.set("answers", answers); model.save_changes(); },
      word: () => model.get("word") || globalThis.casekitWord || "",
      setWord: (text) => { globalThis.casekitWord = text; model.set("word", text); model.save_changes(); },
    };
    el.classList.add("casekit-drawn"); // hides the saved picture (casekit/pictured.py)
    el.append(form(model.get("data"), store));
  },
};

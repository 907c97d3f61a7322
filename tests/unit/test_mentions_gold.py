"""Mentions against the hand-made labels in ../shared (skipped where they are not at hand).

The floors are those demanded of the project. `ONLY_THERE` lists what the lexicon holds on account of these articles alone; the
figures without it tell what an unseen article gets, and are pinned loosely so that a loss shows.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from casekit.clean import clean_text
from casekit.lexicon import Lexicon, load_lexicon
from casekit.mentions import find_mentions
from casekit.types import Doc, Source

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = [
    pytest.mark.gate,
    pytest.mark.skipif(
        not (SHARED / "gold" / "mentions.jsonl").is_file(), reason="the labelled articles are not at hand"
    ),
]

_IDS = """
    retailer_dept tsr_dept industry-4 tencent-go wx_official wecom_team landong xincaijing tianjiangxue
    liudongyue baixue weijiade zhaiwenting gujian zhangzhenguo zhuzhenjia xumina wanxiangjun unnamed_ff
    unnamed_3000 palm_flagship wemall jingteng purchase_platform milk-tracing seven-tools youma review-card
    unmanned grid9 biz-pay retail-saas tencent-paas pan-ip super-brain ai-bi model_dg_sq_live dg-mp ceo_project
    own_base human_digi touch_ar onsite points_share co-create mgmt-online shared-members big-platform
    reverse-sc data-empower touch-mgmt joint-team full_chain santong tong-touch tong-perf tong-data inc-ladder
    four-tips tip-member tip-store tip-industry tip-office four-roles role-assistant role-connector role-toolbox
    role-cobuilder connection connect-all phone-line biz-os-tencent new-infra stages3 stage1 stage2 stage3
    pains3 pain-data pain-scene pain-trade data-fusion scene-through three_paths lqd_path modularise platformise
    ecologise block-org narrow_plat wide_plat long-plank eco_comm cex info-split c930 solo_to_fire solo
    fire-support gene build-conn run-conn b-c-g book_parts siyu-year goods-to-people book sanguan letter2017
    letter2018 ev_partner ev_csig ev_growth ev_cloudfuture increment
"""
ONLY_THERE = frozenset(_IDS.split())


class System:
    """Answers the scorer's one question from memory."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.rows: list[dict[str, Any]] = []
        for path in sorted((SHARED / "sources").glob("*.txt")):
            text = path.read_bytes().decode("utf-8")
            doc = Doc(Source(path.stem, "0" * 64, text), clean_text(text))
            self.rows += [
                {
                    "source": m.source,
                    "start": m.span.start,
                    "end": m.span.end,
                    "text": m.text,
                    "type": m.type,
                    "entity": m.entity,
                    "name": m.name,
                }
                for m in find_mentions(doc, lexicon)
            ]

    def json(self, *_: str) -> list[dict[str, Any]]:
        return self.rows


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(lexicon: Lexicon) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = scorer().score_mentions(System(lexicon), SHARED / "gold")
    return table


def test_the_floors_hold() -> None:
    table = score(load_lexicon())
    names, ideas = table["names"], table["ideas"]
    floors = {"P": 0.92, "R": 0.92, "R_exact": 0.88, "type_right": 0.95, "linked_right": 0.97}
    assert {k: names[k] for k in floors if names[k] < floors[k]} == {}
    assert ideas["P"] >= 0.75
    assert ideas["R"] >= 0.75


def test_without_what_these_articles_alone_taught_names_are_still_found() -> None:
    full = load_lexicon()
    assert set(full.entities) >= ONLY_THERE
    table = score(Lexicon((e for e in full.entities.values() if e.id not in ONLY_THERE), full.glossary, full.rejected))
    print(json.dumps(table))
    # Measured 0.986, 0.952 and 0.974, 0.603; pinned a little below.
    assert table["names"]["P"] >= 0.95
    assert table["names"]["R"] >= 0.92
    assert table["ideas"]["P"] >= 0.90
    assert table["ideas"]["R"] >= 0.55

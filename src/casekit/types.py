"""The records that flow through casekit: frozen, plain, each with its address.

Offsets are Unicode code points into a source's stored text, half-open. Text never leaves its address: whatever is found
in a source is (source id, start, end), and every copied `text` equals `source[start:end]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from casekit.address import Address, Evidence, Span

__all__ = [
    "Address",
    "Block",
    "Cleaned",
    "Cut",
    "DateCertainty",
    "Doc",
    "Entity",
    "EntityType",
    "Evidence",
    "Fact",
    "Floats1d",
    "Floats2d",
    "Heading",
    "Hit",
    "Ints2d",
    "Mention",
    "Metadata",
    "Passage",
    "Rank",
    "Relation",
    "Role",
    "Script",
    "Source",
    "Span",
]

Floats1d: TypeAlias = npt.NDArray[np.float32]
Floats2d: TypeAlias = npt.NDArray[np.float32]
Ints2d: TypeAlias = npt.NDArray[np.int64]

Script = Literal["zh-Hans", "zh-Hant", "en", "mixed"]
Role: TypeAlias = Literal["story", "action", "result", "target", "hearsay", "limits", "questions", "sources"]
"""What part a section plays in a digest, a case study or a report."""
DateCertainty = Literal["stated", "upper-bound", "inferred", "unknown"]
Rank = Literal["original", "retelling", "commentary"]
EntityType = Literal["company", "brand", "org", "person", "product", "tactic", "framework", "book", "report", "event"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text layer as a reader saw it (paragraph, heading, list item, table row …).

    `kind` is "p", "h", "li", "td", "caption", "pre" or "quote"; `level` is 1-6 for headings, else 0. `tag_path` holds
    element names with classes and ids from the outside in ("div#nav.top", …), for structure rules; empty where the
    format has none. `link_chars` counts the characters of the block that stand inside links.
    """

    span: Span
    kind: str = "p"
    level: int = 0
    link_chars: int = 0
    tag_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a source as a publication; None or empty where it cannot be known.

    `date` is ISO 8601, as precise as known ("2021-01-19", "2019-02", "2020"). `title` holds the source's own
    characters with injected ones removed; `title_folded` is the same in simplified script. `rank` says whether the source
    is evidence itself (original), tells again what others said (retelling: digest, abstract, case study, translation) or
    speaks about them (commentary); `retells` are the ids of those others.
    """

    title: str | None = None
    title_folded: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    republished_from: str | None = None
    posted_by: str | None = None
    date: str | None = None
    date_certainty: DateCertainty = "unknown"
    language: str | None = None
    script: Script | None = None
    source_kind: str | None = None
    interest: str | None = None
    url: str | None = None
    rank: Rank = "original"
    retells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One stored text: `text` is exactly what was decoded (or the reader's whole text layer).

    `sha256` is of the original file's bytes, in hex.
    """

    id: str
    sha256: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """A range that is not part of the body, with the code of the rule that says so.

    What the rule means in words is said where it is shown (`casekit.clean.reason_of`), so that a record is the same in
    every language.
    """

    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the body; level 1 is the highest."""

    span: Span
    level: int = 1


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The body of a source: what is kept, what was cut and why.

    `kept` and `cuts` are sorted, disjoint, and together cover the text but for white space. `doubts` are ranges that a
    rule suspects but did not cut: they are still kept. `headings` lie inside kept spans.
    """

    kept: tuple[Span, ...]
    cuts: tuple[Cut, ...]
    doubts: tuple[Cut, ...]
    headings: tuple[Heading, ...]
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Doc:
    """A source with its body found: the input of mentions, facts and relations."""

    source: Source
    cleaned: Cleaned

    @property
    def id(self) -> str:
        """The source's id."""
        return self.source.id

    @property
    def text(self) -> str:
        """The source's stored text (all of it, cut characters included)."""
        return self.source.text


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the body, about 200 characters, with the headings above it."""

    source: str
    span: Span
    heading: tuple[str, ...] = ()

    @property
    def address(self) -> Address:
        """Where it stands."""
        return Address.of(self.source, self.span)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a query; `score` in [0, 1], higher is better.

    `text` is the source's slice, `quote` the same with cut characters left out. `why` tells what matched. `standing` is the
    rank of the source; `also` are retellings of it, which a search leaves out where the original answers. `locator` is the
    page, slide, cell or time in its file, in the language in force; empty where the format has none. `sentence` is the range
    in the source of the sentence that answers, or says most of what was asked; None where nothing was asked.
    """

    rank: int
    score: float
    passage: Passage
    text: str
    quote: str
    why: dict[str, object]
    standing: Rank = "original"
    also: tuple[str, ...] = ()
    locator: str = ""
    sentence: Span | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing of the lexicon (or of a workspace's own lexicon)."""

    id: str
    type: EntityType
    name: str
    name_hant: str | None = None
    name_en: str | None = None
    aliases: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Words of which one must stand in the same paragraph for an alias in `ambiguous` to count."""
    ambiguous: tuple[str, ...] = ()
    """Aliases (or the name) that are also ordinary words."""
    blocks: tuple[str, ...] = ()
    """Longer strings in which a match of this entity does not count (智慧零售战略合作部门 …)."""
    relations: tuple[tuple[str, str], ...] = ()
    """Known links (relation, entity id), such as ("made_by", "tencent"): background, never evidence."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a source that names an entity; `text` is the raw slice, `name` the simplified canonical name.

    `unlisted` is what only the article establishes: no lexicon lists it, and its id is made of its name.
    """

    source: str
    span: Span
    text: str
    type: EntityType
    entity: str
    name: str
    unlisted: bool = False

    @property
    def address(self) -> Address:
        """Where it stands."""
        return Address.of(self.source, self.span)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or date that a source states.

    Values are in base units (元, 人, …), None where the text leaves them open; percentages stay percent.
    `date_iso` is the date itself for dates, else the period of the figure. `metric` are the text's own words for what is
    measured, `measure` the listed measure that they name (data/measures), `modifier` how it was taken (同比, 日均, 占营收).
    A figure that tells how something changed has a `direction`, and `change` is "by" where it is the amount (增长11%) and "to"
    where it is the result (增至300家); the result of a change has `value_from`, what it was
    before (由42天缩短至31天), or `change_value` and `change_unit`, by how much it changed (下降3.2%至151亿元), as far as told.
    `assigned` tells that a person said whose it is, not the text.
    """

    source: str
    span: Span
    text: str
    subject: str | None = None
    subject_entity: str | None = None
    metric: str | None = None
    value_min: float | int | None = None
    value_max: float | int | None = None
    unit: str | None = None
    qualifier: str = ""
    period: str = ""
    date_iso: str | None = None
    kind: Literal["achieved", "target", "estimate", "size", "survey", "date"] = "achieved"
    certainty: Literal["stated", "hearsay", "expected"] = "stated"
    measure: str | None = None
    modifier: str = ""
    direction: Literal["", "up", "down"] = ""
    change: Literal["", "by", "to"] = ""
    value_from: float | int | None = None
    change_value: float | int | None = None
    change_unit: str | None = None
    headline: bool = False
    assigned: bool = False

    @property
    def address(self) -> Address:
        """Where it stands."""
        return Address.of(self.source, self.span)


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between two things, with the places that say so."""

    subject: str
    subject_id: str | None
    relation: str
    object: str | None
    object_id: str | None
    object_text: str | None
    polarity: Literal["asserted", "negated", "planned", "hearsay"]
    rule: str
    evidence: tuple[Address, ...]

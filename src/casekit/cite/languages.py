"""The language of a record: what its tag says where that is understood, else what its title is written in.

References:
    RFC 5646 (tags), ISO 639-1 and 639-2/B (two and three letters), the BibLaTeX manual, table 2 (names of languages).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from casekit.cite.text import HAN
from casekit.cues import Cues, cue_form, from_cues
from casekit.language import say

__all__ = ["TAGS_BY_NAME", "language_of"]

# BibLaTeX's names of languages, for records that are read from it
TAGS_BY_NAME = {
    "chinese": "zh-CN", "chinese-hans": "zh-CN", "chinese-simplified": "zh-CN", "chinese-hant": "zh-TW",
    "chinese-traditional": "zh-TW", "nchinese": "zh-CN", "english": "en-US", "american": "en-US", "usenglish": "en-US",
    "british": "en-GB", "ukenglish": "en-GB", "canadian": "en-CA", "australian": "en-AU", "newzealand": "en-NZ",
    "japanese": "ja-JP", "korean": "ko-KR", "russian": "ru-RU", "german": "de-DE", "ngerman": "de-DE",
    "austrian": "de-AT", "naustrian": "de-AT", "swissgerman": "de-CH", "nswissgerman": "de-CH", "french": "fr-FR",
    "canadien": "fr-CA", "spanish": "es-ES", "italian": "it-IT", "dutch": "nl-NL", "portuguese": "pt-PT",
    "brazilian": "pt-BR", "brazil": "pt-BR", "swedish": "sv-SE", "danish": "da-DK", "norwegian": "nb-NO",
    "norsk": "nb-NO", "finnish": "fi-FI", "polish": "pl-PL", "czech": "cs-CZ", "latin": "la", "greek": "el-GR",
}  # fmt: skip
_SECTIONS = ("zh", "zh-hant", "en", "ja", "ko", "ru", "de", "fr", "es", "it", "pt")
_HANT = re.compile(r"\bhant\b|\b(?:tw|hk|mo)$|traditional|繁|正体")
_TAG = re.compile(r"([a-z]{2,3})(?:-[a-z0-9]{1,8})*")
# ISO 639-1: a tag of two letters that is none of these (cn, tw, us …) is a country's and says nothing
_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_CODES = frozenset(_ISO_639_1.split()) - {"tw"}


@from_cues
def _names(cues: Cues) -> dict[str, str]:
    return {word: code for code in _SECTIONS for word in cues.words(f"language-names/{code}")}


def language_of(tag: str, texts: Sequence[str]) -> str:
    """zh, zh-hant, ja, ko, ru, or another language's code.

    A tag that is not understood, or that names several languages, leaves it to the first of `texts` (title, source,
    names) that is not empty.

    Examples:
        >>> language_of("Chinese (Simplified)", ["零售研究"]), language_of("cn", ["零售研究"])
        ('zh', 'zh')
        >>> language_of("chi;eng", ["Retail in China"])
        'en'
    """
    said = {one for part in re.split(r"[;；,，、/|&]+|\band\b|和", tag) if (one := _understood(part))}
    if len(said) == 1:
        return said.pop()
    return _written(next((text for text in texts if text), ""))


def _understood(tag: str) -> str:
    """The language that one tag names; "" where it names none."""
    names = _names()
    lowered = re.sub(r"\s*[-_]\s*", "-", cue_form(tag).strip(" .。:\"'[]"))
    base = re.sub(r"\s*[(（].*", "", lowered).strip()
    words = re.split(r"[\s,]+", base)
    code = names.get(base) or next((names[word] for word in words if word in names), "")
    if not code and base in TAGS_BY_NAME:
        code = TAGS_BY_NAME[base].lower()
    if not code and (found := _TAG.fullmatch(base)) and (found[1] in _CODES or (len(found[1]) == 3 and "-" in base)):
        code = names.get(found[1], base)
    if code.startswith("zh"):
        return "zh-hant" if code == "zh-hant" or _HANT.search(lowered) or _HANT.search(code) else "zh"
    return code.split("-")[0]


def _written(text: str) -> str:
    """The language by its script; the user's where there is no text at all."""
    if not text:
        return say("zh", "en")
    if re.search(r"[\u3040-\u30ff]", text):
        return "ja"
    if HAN.search(text):
        return "zh"
    if re.search(r"[\uac00-\ud7af]", text):
        return "ko"
    return "ru" if re.search(r"[\u0400-\u04ff]", text) else "en"

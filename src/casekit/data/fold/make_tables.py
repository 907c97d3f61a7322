"""Write the character and phrase tables of this folder from OpenCC's dictionaries; needs the `opencc` wheel for Linux.

Run by hand when OpenCC brings new characters: `python src/casekit/data/fold/make_tables.py`. `quote_v1.txt` is frozen:
fingerprints in case cards depend on it, so the script writes it only where it is missing.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent

# Variants that OpenCC's traditional-to-simplified table leaves alone although its other tables produce them.
VARIANTS = (
    "鍾钟锺钟馀余讬托谘咨迳径钜巨麹曲麺面錬炼衞卫敍叙枱台粧妆衹只祇只揹背荳豆牠它簷檐腭颚暱昵甯宁籐藤菓果鎗枪拏拿瑯琅燄焰"
    "隄堤糭粽伕夫澂澄彷仿唚吣觔斤耡锄薴苎苧苎峯峰羣群裡里喫吃牀床臺台妳你"
)
# For quotations the rest of the pairs that a phrase rule decides, decided character by character.
QUOTE_VARIANTS = "著着藉借覆复瞭了乾干像象祕秘沈沉昇升徵征蒐搜噁恶蘋苹餘余畫划画划俱具甦苏"
# Spellings of Taiwan's that OpenCC leaves (規畫 is 规划, 結帳 is 结账), in both scripts.
SPELLINGS = (
    "規畫规划 规画规划 策畫策划 策画策划 企畫企划 企画企划 計畫计划 计画计划 籌畫筹划 筹画筹划 擘畫擘划 擘画擘划 謀畫谋划 謀劃谋划 "
    "帳號账号 帐号账号 帳戶账户 帐户账户 帳單账单 帐单账单 帳款账款 帐款账款 帳務账务 帐务账务 結帳结账 结帐结账 記帳记账 记帐记账 "
    "對帳对账 对帐对账 部份部分 身分身份 圖象图像 图象图像 連絡联络 连络联络"
)
# Phrase rules with these misfire on ordinary text (生於倫敦), or the variants above make them needless (鍾).
UNWANTED = "於鍾坏"  # 坏: 打坏 is an ordinary word of simplified text


def dictionary(name: str) -> dict[str, str]:
    """The first candidate of every entry of one of OpenCC's dictionaries."""
    import opencc

    clib = Path(opencc.__file__).parent / "clib"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.txt"
        source = clib / "share" / "opencc" / f"{name}.ocd2"
        command = [clib / "bin" / "opencc_dict", "-i", source, "-o", out, "-f", "ocd2", "-t", "text"]
        subprocess.run([str(part) for part in command], check=True)
        rows = [line.split("\t") for line in out.read_text("utf-8").splitlines() if "\t" in line]
    return {key: values.split(" ")[0] for key, values in rows}


def closed(table: dict[str, str]) -> dict[str, str]:
    """The table with every chain followed to its end, identities left out."""
    result = {}
    for key in table:
        value = key
        for _ in range(8):
            value = table.get(value, value)
        if value != key:
            result[key] = value
    return result


def pairs(text: str) -> dict[str, str]:
    """ "abcd" read as a to b, c to d."""
    return dict(zip(text[::2], text[1::2], strict=True))


def write_characters(path: Path, table: dict[str, str]) -> None:
    """Two lines: all keys, all values, in code point order."""
    keys = sorted(table)
    path.write_text("".join(keys) + "\n" + "".join(table[key] for key in keys) + "\n", "utf-8", newline="\n")


def main() -> None:
    """Write all tables."""
    characters = {**dictionary("TSCharacters"), **dictionary("TSCharactersExt")}
    characters = {key: value for key, value in characters.items() if len(key) == 1 == len(value)}
    simplify = closed({**characters, **pairs(VARIANTS)})
    dictionaries = {name: dictionary(name) for name in ("TWVariants", "HKVariants")}
    # Rare simplified characters whose traditional form is simplified to another one (缐 線 线) go where it goes.
    backward: dict[str, str] = {}
    for key, traditional in dictionary("STCharacters").items():
        for regional in ("TWVariants", "HKVariants"):
            there = dictionaries[regional].get(traditional, traditional)
            for form in (traditional, there):
                goal = simplify.get(traditional, traditional)
                for stray in (key, form):
                    if simplify.get(stray, stray) != goal:
                        backward[stray] = goal
    simplify = closed({**characters, **backward, **pairs(VARIANTS)})
    write_characters(HERE / "characters.txt", simplify)
    quote = HERE / "quote_v1.txt"
    if not quote.exists():
        write_characters(quote, closed({**characters, **backward, **pairs(VARIANTS), **pairs(QUOTE_VARIANTS)}))
    rows = []
    for key, value in sorted(dictionary("TSPhrases").items()):
        value = "".join(simplify.get(c, c) if c not in key else c for c in value)
        plain = "".join(simplify.get(c, c) for c in key)
        if len(key) == len(value) and value != plain and not set(key) & set(UNWANTED):
            rows.append(f"{key}\t{value}")
    rows += [f"{pair[:2]}\t{pair[2:]}" for pair in SPELLINGS.split() if f"{pair[:2]}\t{pair[2:]}" not in rows]
    (HERE / "phrases.tsv").write_text("\n".join(sorted(rows)) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""What is asked of every verb and option in the walk through the doors: one line each, as it stands behind `casekit`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["CELLS", "LINES", "RETAIL", "SERVED", "STYLE_SHEET", "Line"]

# Invented statements about firms that the lexicon lists, so that there is something to filter by and a network to ask.
RETAIL = (
    "三家零售商的工具\n\n"
    "沃尔玛使用扫码购，顾客自己结账。绫致使用企业微信，导购用它联系会员。步步高使用企业微信和扫码购。\n\n"
    "绫致的会员达到300万。步步高的会员达到200万，计划明年做到500万。扫码购的用户达到50万。\n\n"
    "腾讯提出三通工程。绫致应用社群营销，步步高应用社群营销。林璟骅是腾讯智慧零售战略合作部的副总裁。\n"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the walk.

    Attributes:
        words: What stands behind `casekit`; words with blanks are in double quotation marks.
        empty: Whether the answer may hold nothing (else an empty one fails: it would prove nothing).
        refused: Whether it is refused, everywhere with the same words.
        before: Lines that are run first, through the same door.
    """

    words: str
    empty: bool = False
    refused: bool = False
    before: tuple[str, ...] = ()


STYLE_SHEET = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Tiny</title><id>tiny</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix="."><text variable="title"/></layout></bibliography>
</style>
"""

LINES = (
    # ---- the corpus
    Line("init 新工作区 --example"),
    Line("add in --id-from path --replace"),
    Line("add in/extra.txt --id eins --csl records.json"),
    Line("add in/extra.txt --retells chenlu --retells harbour --anyway --ocr --allow-private --follow-links"),
    Line("refresh --allow-private", empty=True),
    Line("refresh chenlu"),
    Line("remove lanjing harbour"),
    Line("build"),
    Line("build --full"),
    Line("corpus"),
    Line("corpus check chenlu"),
    Line("corpus list", refused=True),
    Line("show chenlu"),
    Line("show chenlu --evidence"),
    Line("show chenlu --receipt"),
    Line("text chenlu"),
    Line("text chenlu 0 9"),
    Line("text chenlu:0-9"),
    Line("text chenlu 3"),
    Line("cut chenlu 11 24"),
    Line("keep chenlu:11-24"),
    Line("undo chenlu", before=("cut chenlu 11 24",)),
    Line("undo chenlu", empty=True),
    Line("log", before=("cut chenlu 11 24",)),
    Line("push faiss:copy"),
    Line("push faiss:copy --replace", before=("push faiss:copy",)),
    Line("push", refused=True),
    Line("push redis://localhost", refused=True),
    Line("verify"),
    Line("verify --accept"),
    # ---- kept in order
    Line("families", empty=True),
    Line("diff chenlu --list"),
    Line("diff chenlu 1 --to 2", before=("add in/chenlu.txt --replace",)),
    Line("restore chenlu --version 1", before=("add in/chenlu.txt --replace",)),
    Line("restore lanjing", before=("remove lanjing",)),
    Line('edit chenlu --title "另一个标题" --author 甲 --author 乙 --publisher 某报 --date 2020-05 --certainty stated'),
    Line('edit chenlu --kind news --interest "甲" --republished-from 某站 --posted-by 某人 --clear publisher'),
    Line("edit chenlu --rank retelling --retells songguo --retells retail"),
    Line("edit chenlu --language zh --script zh-Hans --url https://example.org/a"),
    Line("edit chenlu --undo", before=("edit chenlu --publisher 某报",)),
    Line("catalogue export out.bib chenlu songguo"),
    Line("catalogue import records.json"),
    # ---- asked
    Line("search 会员 -k 3"),
    Line("search 会员 --source chenlu --source songguo -k 9"),
    Line("search 会员 --company 绫致"),
    Line("search 会员 --tool 企业微信"),
    Line("search 会员 --tactic 社群营销"),
    Line("search 腾讯 --person 林璟骅"),
    Line("search 腾讯 --framework 三通工程"),
    Line("search 会员 --naming 企业微信 --naming 绫致"),
    Line("search 会员 --kind target --kind size"),
    Line("search 会员 --certainty stated --certainty expected"),
    Line("search 会员 --keyword 零售"),
    Line("search 会员 --role story --role result", empty=True),
    Line("search 会员 --since 2019 --until 2022-03"),
    Line("search 顾客 --noted"),
    Line("search 会员 --at faiss:copy", before=("push faiss:copy",)),
    Line("search 会员 --at faiss:nothing-there", refused=True),
    Line("search 会员 --facets -k 5"),
    Line("search --batch queries.jsonl -k 2 --facets"),
    Line("search 会员 --tool 沃尔玛", refused=True),
    Line("search 会员 --company 沃尔马", refused=True),
    Line("search 会员 --since gestern", refused=True),
    Line("search 会员 -k 0", refused=True),
    Line("ask 自助结账机排队时间缩短了多少"),
    Line("ask 导购怎样联系老顾客 -k 2 --source chenlu"),
    Line("ask 门店怎样使用企业微信 --company 绫致 --tool 企业微信 --naming 企业微信", empty=True),
    Line("ask 门店怎样做社群营销 --tactic 社群营销 --framework 三通工程 --person 林璟骅", empty=True),
    Line("ask 会员有多少 --kind target --kind size --certainty stated --keyword 零售 --role result", empty=True),
    Line("ask 会员有多少 --since 2019 --until 2022-03", empty=True),
    Line("ask 会员有多少 --noted", empty=True),
    Line("ask 会员有多少 --at faiss:copy", empty=True, before=("push faiss:copy",)),
    Line("ask 会员有多少 --tool 沃尔玛", refused=True),
    Line(
        "ask 火星探测器的电池能用几年 --llm http://127.0.0.1:9/v1 --model 小模型 --seconds 2"
    ),  # refused: nobody is asked
    Line("like chenlu 11 50 -k 2"),
    Line("find 企业微信"),
    Line("find '导购 顾客' --near 12"),
    Line('find "会员 AND 企业微信 NOT 优衣库" --logic', empty=True),
    Line("find 企业* --logic"),
    Line("find 企业.{1,2} --regex"),
    Line("find 会员 --near 5", refused=True),
    Line("find ( --regex", refused=True),
    Line("kwic 会员"),
    Line("kwic 导购 --inside"),
    Line("words add 会员日 --tag n"),
    Line("words join 千店千面"),
    Line("words split 会员 日"),
    Line("words split 会员", refused=True),
    Line("words add 一", refused=True),
    Line("words forget 会员日", before=("words add 会员日",)),
    Line("words forget 会员日", refused=True),
    Line("words list", empty=True),
    Line("words list", before=("words join 千店千面",)),
    Line("words cut 名创优品有多少会员"),
    Line("words new -n 3", empty=True),
    Line("terms -n 5"),
    Line("terms --company 绫致 --key -n 5"),
    Line("terms --source chenlu --source songguo --tag n --tag v -n 5"),
    Line("terms --near 会员 --window 3 -n 5", empty=True),
    Line("terms --tool 企业微信 --tactic 社群营销 --naming 绫致 --since 2019 --until 2022-03 -n 3", empty=True),
    Line("terms --case 海角便利 -n 3", empty=True),
    Line("terms --case nobody", refused=True),
    Line("terms --key", refused=True),
    Line("quote chenlu 11 24"),
    Line("quote chenlu:11-24 --style apa --script zh-Hant"),
    Line("quote chenlu:11-24 --annotation"),
    Line("quote chenlu 0 999999", refused=True),
    Line("cite chenlu songguo --style apa"),
    Line("cite --csl records.json"),
    Line("cite --csl records.json --diff-editions"),
    Line("cite chenlu songguo --csl-style tiny.csl"),
    Line("cite chenlu --csl-style no-such-style", refused=True),
    Line("cite chenlu songguo --in-text --style gbt7714-2025-author-date"),
    Line("cite chenlu songguo --in-text --only songguo --locator 12"),
    Line("cite chenlu --only chenlu", refused=True),
    Line("cite nobody", refused=True),
    Line("check draft.md --all"),
    Line("check draft.md --html report.html"),
    Line("check draft.docx --annotate noted.docx"),
    Line("check draft.md draft.docx"),
    Line("check draft.md --strict"),
    Line("check draft.md --seal"),
    Line("check --text 会员有九千万人"),
    # ---- found
    Line("mentions --source retail"),
    Line("mentions --entity 企业微信"),
    Line("facts --source retail --kind target"),
    Line("facts --entity 步步高"),
    Line("facts --source retail --certainty stated"),
    Line("facts --compare", empty=True),
    Line("board 步步高的会员有多少", empty=True),
    Line("board --case 海角便利"),
    Line("board --tactic 企业微信 -k 5"),
    Line("board", refused=True),
    Line("board 会员 --case 海角便利", refused=True),
    Line("brief 步步高的会员有多少"),
    Line("brief --case 海角便利 -o brief.md --style apa -k 5"),
    Line("brief --tactic 企业微信 -o brief.html --format html"),
    Line("brief --basket --style apa"),
    Line("brief", refused=True),
    Line("relations --source retail"),
    Line("relations --entity 绫致"),
    Line("fact reject retail:67-71 --note 行业数字"),
    Line("fact reject retail:3-5", refused=True),
    Line("fact undo retail:67-71", before=("fact reject retail:67-71",)),
    Line("fact rejected", before=("fact reject retail:67-71",)),
    Line("fact open --source retail -n 2"),
    Line("fact assign retail:67-71 --subject 步步高 --note 上文说的"),
    Line("fact assign retail:67-71", refused=True),
    Line("fact unassign retail:67-71", before=("fact assign retail:67-71 --subject 步步高",)),
    Line("fact assigned", before=("fact assign retail:67-71 --subject 步步高",)),
    Line("relation reject 绫致 uses_tool 企业微信 --evidence retail:26-34 --note 待查"),
    Line("relation reject 绫致 uses_tool 扫码购", refused=True),
    Line("relation undo 绫致 uses_tool 企业微信", before=("relation reject 绫致 uses_tool 企业微信",)),
    Line("relation rejected", before=("relation reject 绫致 uses_tool 企业微信",)),
    Line("lexicon review -n 2"),
    Line("lexicon review --all -n 3"),
    Line("facts --source retail --no-subject", empty=True),
    Line("lexicon accept 张小满 --type person"),
    Line("lexicon accept --rest"),
    Line("lexicon accept 张小满 --rest", refused=True),
    Line("lexicon reject --rest"),
    Line("lexicon reject 张小满"),
    Line("lexicon merge 张小满 --into 企业微信"),
    Line("lexicon undo 张小满", before=("lexicon reject 张小满",)),
    # ---- the network
    Line("graph"),
    Line("graph --format json --around 绫致 --most 3"),
    Line("graph -o net.graphml --figures"),
    Line("network neighbours 绫致 --relation uses_tool -n 5"),
    Line("network paths 绫致 步步高 --longest 3 -n 5"),
    Line("network shared --by tactic -n 5"),
    Line("network shared 绫致"),
    Line("network together --within sentence --least 1 -n 5"),
    Line("network together 绫致 --least 1"),
    Line("network central -n 5"),
    Line("network communities -n 5"),
    Line("network single-source -n 5"),
    Line("network changes -n 5"),
    Line("network outcomes 企业微信 -n 5"),
    Line("network outcomes 扫码购"),
    Line("network neighbours 没有这个名字", refused=True),
    Line('relation add 绫致 uses_tool 云掌柜 --evidence retail:11-24 --polarity planned --text 店长 --note "编者的话"'),
    Line("relation list", before=("relation add 绫致 uses_tool 云掌柜 --evidence retail:11-24",)),
    Line("relation remove 1", before=("relation add 绫致 uses_tool 云掌柜 --evidence retail:11-24",)),
    # ---- proposed
    Line("propose proposals.jsonl --by 助手"),
    Line("propose nothing.jsonl --by 助手", refused=True),
    Line("proposal list", empty=True),
    Line("proposal list --all --by 助手 --only name", before=("propose proposals.jsonl --by 助手",)),
    Line("proposal accept 1", before=("propose proposals.jsonl --by 助手",)),
    Line("proposal accept --all --by 助手 --only relation", before=("propose proposals.jsonl --by 助手",)),
    Line("proposal reject --all --by 助手 --only name", before=("propose proposals.jsonl --by 助手",)),
    Line("proposal reject 1", refused=True),
    Line("proposal undo 1", before=("propose proposals.jsonl --by 助手", "proposal accept 1")),
    Line(
        "proposal undo --all --by 助手 --only name", before=("propose proposals.jsonl --by 助手", "proposal reject 1")
    ),
    Line("proposal accept", refused=True),
    Line(
        "proposal name --name 自己结账 --type tactic --words 沃尔玛使用扫码购，顾客自己结账。 --at retail:10-26 --by 助手"
    ),
    Line("proposal name --name 自己结账 --type tactic --words 顾客自己结帐 --by 助手", refused=True),
    Line("proposal code --code 导购 --memo 结账 --words 沃尔玛使用扫码购，顾客自己结账。 --at retail:10-26 --by 助手"),
    Line("proposal code --code 没有的编码 --words 沃尔玛使用扫码购，顾客自己结账。 --by 助手", refused=True),
    Line(
        "proposal figure --subject 晨露茶饮 --figure 两百位 --metric 联系 --kind achieved --certainty stated --period 新品上市那天 "
        "--words 每一名导购都有自己的企业微信，平均联系两百位顾客。 --at chenlu:68-93 --by 助手"
    ),
    Line(
        "proposal relation --subject 沃尔玛 --relation applies_tactic --object 自己结账 --text 顾客 --polarity asserted "
        "--words 沃尔玛使用扫码购，顾客自己结账。 --at retail:10-26 --by 助手"
    ),
    Line(
        "proposal statement --card 海角便利 --section results --text 用户到年底达到60万。 --said-by 海角便利 --about 云扫码 --metric 用户 "
        "--figure 60万 --period 年底 --kind achieved --certainty stated --words 到年底，云扫码用户达到60万。 --at haijiao-1:81-96 --by 助手"
    ),
    # ---- cases
    Line("case list"),
    Line("case show 海角便利"),
    Line("case new 绫致 --id lingzhi"),
    Line("case check 海角便利"),
    Line("case compare 海角便利 山前超市 --by tools"),
    Line("case lens 海角便利 --framework 三通工程"),
    Line("case similar 便利店 云扫码"),
    Line("case english 海角便利 --write"),
    Line("case export 海角便利 --format cmcc -o 稿.md --force"),
    Line("case compare 海角便利", refused=True),
    Line(
        "export 海角便利 -o out.md --compare tools --search 会员 -k 2 --at chenlu:11-24 --list places.txt --quotes all"
    ),
    Line(
        'export -o out.html --format html --no-cards --compare facets --title "标题" --author 某人 --date 2026-01-02 --style apa --quote-percent 5'
    ),
    Line("export -o out.md --font Noto"),
    Line('site build -o 网站 --title "标题" --quotes none --quote-percent 5'),
    # ---- codes
    Line("code add 店员 --under 会员 --definition 定义 --colour #0072b2 --memo 备忘", before=("code add 会员",)),
    Line("code add 会员", refused=True, before=("code add 会员",)),
    Line("code add 会员 --colour rot", refused=True),
    Line("code edit 会员 --definition 定义 --colour #0072b2 --memo 备忘", before=("code add 会员",)),
    Line("code rename 会员 顾客", before=("code add 会员",)),
    Line("code move 店员 --under 会员", before=("code add 会员", "code add 店员")),
    Line("code merge 店员 --into 会员", before=("code add 会员", "code add 店员")),
    Line("code remove 会员", empty=True, before=("code add 会员",)),
    Line("code remove 会员 --all", before=("code add 会员", "code apply 会员 chenlu 11 24")),
    Line("code remove 会员", refused=True, before=("code add 会员", "code apply 会员 chenlu 11 24")),
    Line("code apply 导购 chenlu:11-24 --memo 备忘 --coder 丙"),
    Line("code apply 导购 chenlu 0 999999", refused=True),
    Line("code uncode 导购 chenlu:11-24 --coder 甲"),
    Line("code uncode 导购 chenlu:11-24 --coder 丙", refused=True),
    Line("code undo"),
    Line("code export out.qdpx --source chenlu --positions utf-16"),
    Line("code import theirs.qdpx --coder 丙"),
    Line("code import records.json", refused=True),
    Line("code list"),
    Line("code retrieve"),
    Line("code retrieve 导购 --overlapping 门店 --source chenlu --coder 甲 --text 门店 --alone"),
    Line("code retrieve 导购 --case 海角便利", empty=True),
    Line("code retrieve nobody", refused=True),
    Line("code retrieve --case nobody", refused=True),
    Line("code matrix"),
    Line("code matrix 导购 --by code --column 门店 --below --coder 甲"),
    Line("code matrix --by case --wide --column 海角便利"),
    Line("code matrix --by source"),
    Line("code matrix --by coder --column nobody", refused=True),
    Line("code agree"),
    Line("code agree 门店 --first 甲 --second 乙 --unit character --source chenlu --below"),
    Line("code agree --first 甲 --second 丙", refused=True),
    # ---- memos
    Line('memo add 绫致 "门店的事见 [[case:海角便利]] 与 [[绫致 uses_tool 企业微信]]" --tag 门店'),
    Line("memo add case:海角便利 看过了"),
    Line('memo add "绫致 uses_tool 企业微信" 是不是都用'),
    Line("memo add nobody-knows 什么", refused=True),
    Line("memo add 绫致", refused=True),
    Line("memo edit m-1 改过的话 --tag 会员"),
    Line("memo edit m-9 改过的话", refused=True),
    Line("memo remove m-1"),
    Line("memo undo", before=("memo remove m-1",)),
    Line("memo undo", refused=True),
    Line("memo list"),
    Line("memo list 绫致 --text 门店"),
    Line("memo list nobody-knows", refused=True),
    Line("memo links case:海角便利"),
    Line("memo links nobody-knows", refused=True),
    # ---- other programs
    Line("tables all.xlsx --compare tools"),
    Line("tables all.sqlite"),
    Line("tables all.txt", refused=True),
    Line("vault 笔记库"),
    Line("annotations export notes.json --source chenlu"),
    Line("annotations import notes.json", before=("annotations export notes.json",)),
    Line("zotero pull records.json --replace --follow-links --collection 会员 --url http://127.0.0.1:9"),
    Line("zotero pull --url http://127.0.0.1:9", refused=True),
    Line("zotero push chenlu --url http://127.0.0.1:9", refused=True),
    # ---- workshops
    Line(
        "workshop new 山前超市 --cases 海角便利 --minutes 90 --audience 店长 --seed 3 --level 1 --exercises argue,figures "
        "-o w.ipynb --force"
    ),
    Line("workshop new --cases 海角便利，山前超市 --framework 三通工程 -o w.ipynb"),
    Line("workshop build master.ipynb -o 包 --no-papers --word 芝麻 --script zh-Hant"),
    Line("workshop check master.ipynb --no-run --package package"),
    # ---- maintenance
    Line("pack out.zip --no-sources"),
    Line("unpack out.zip 另一处", before=("pack out.zip",)),
    Line("backup out.zip"),
    Line("backup out.zip --check", before=("backup out.zip",)),
    Line("restore --backup out.zip --to 另一处", before=("backup out.zip",)),
    Line("restore --backup out.zip", refused=True),
    Line("purge lanjing --yes"),
    Line("purge lanjing", refused=True),
    Line("purge --trash --yes", before=("remove lanjing",)),
    Line("doctor"),
    Line("completion fish"),
    Line("completion tcsh", refused=True),
    Line("model show"),
    Line("model get nothing.whl", refused=True),
    Line("eval qrels.jsonl -k 3"),
    Line("eval qrels.jsonl -k 3 --against scores.json"),
    Line("eval --propose 3"),
)
"""Every act with every option of the command line and of notebooks, at least once."""

CELLS: Mapping[str, tuple[str, ...]] = {"check": ("check --all", "check --plain", "check --strict")}
"""What is asked of a cell's text, by verb."""

SERVED: Mapping[str, str] = {
    "lab": "lab notebooks/a.ipynb --port 8899 --no-browser",
    "page": "page --port 8899 --no-browser",
    "serve": "serve --port 8899 --host ::1",
    "mcp": "mcp --http --port 8899 --host ::1",
    "site serve": 'site serve -o 网站 --port 0 --title "标题" --quotes none --quote-percent 5',
}
"""Servers: what the command line takes for each; a notebook has none of them."""

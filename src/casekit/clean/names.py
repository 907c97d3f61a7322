"""People's names in bylines: what looks like one, and the names that a value holds."""

from __future__ import annotations

import re

__all__ = ["BRACKETS", "EDGE", "JOIN", "PLACEHOLDERS", "STOPPED", "is_person_name", "people", "without_brackets"]

# Signs that stand around values and are no part of them.
EDGE = " \t\u3000()()[]【】<>|丨/·,,;;:-–—*_#>•"
# What a sentence has and a name has not.
STOPPED = re.compile(r"[。!?;…]|[,,](?=.{12})")
# The 100 commonest surnames cover 85 % of people in China; the rest of the list are other common ones and double ones.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶"
    "黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳"
    "管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查"
    "麻苑迟邝诸官封谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸"
    "雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利于洪"
)
_DOUBLE = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "慕容",
        "司徒",
        "夏侯",
        "端木",
        "南宫",
        "独孤",
        "长孙",
        "宇文",
        "轩辕",
        "西门",
        "百里",
        "东郭",
        "呼延",
        "闻人",
        "澹台",
    ]
)
PLACEHOLDERS = frozenset(
    [
        "佚名",
        "匿名",
        "未知",
        "不详",
        "网络",
        "互联网",
        "网友",
        "管理员",
        "小编",
        "编辑",
        "本站",
        "本网",
        "转载",
        "原创",
        "综合",
        "无",
        "暂无",
        "admin",
        "administrator",
        "root",
        "webmaster",
        "editor",
        "author",
        "anonymous",
        "unknown",
        "none",
        "null",
        "test",
        "user",
        "guest",
        "站长",
        "网站管理员",
        "系统管理员",
        "作者",
        "记者",
        "来源",
        "整理",
        "责任编辑",
    ]
)
_ROLE = re.compile(
    r"^(?:本报|本刊|本网|特约|见习|实习|首席)*(?:记者|作者|通讯员|编辑|撰文|文|图|摄影|主笔|评论员)[::/|丨]?\s*|\s*(?:报道|供图|发自.*|摄|综合|整理|编译|著|撰|/文|文)$"
)
JOIN = re.compile(r"[\s、,,&;;/|丨+]+|(?<=\w)\s+and\s+(?=\w)")
BRACKETS = re.compile(r"[(\[【][^)\]】]*(?:[)\]】]|$)")
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]+")


def is_person_name(text: str, form: str) -> bool:
    """Whether this looks like one Chinese person's name: a surname and one or two characters more (2-4 in all)."""
    if not _HAN_ONLY.fullmatch(text) or not 2 <= len(text) <= 4:
        return False
    return (form[:2] in _DOUBLE and len(form) >= 3) or (form[0] in SURNAMES and len(text) <= 3)


def people(value: str, form: str, *, strict: bool = False) -> tuple[str, ...]:
    """The names in the value of an author field, as printed; empty where it holds none (佚名, admin, a sentence).

    Args:
        value: The characters as printed.
        form: Their cue form, of the same length.
        strict: Whether only names with a known surname count (where the value may hold other things too).
    """
    if "://" in form or "www." in form:
        return ()
    value, form = without_brackets(value, form)
    names = []
    latin = not any("\u4e00" <= c <= "\u9fff" for c in form)
    pieces = re.compile(r"\s*(?:,|;|&|、|/|\||\band\b)\s*") if latin else JOIN
    at = 0
    for found in (*pieces.finditer(form), None):
        end = found.start() if found else len(form)
        piece, piece_form = value[at:end], form[at:end]
        at = found.end() if found else len(form)
        cleaned = _ROLE.sub("", piece_form)
        offset = piece_form.find(cleaned)
        name, name_form = piece[offset : offset + len(cleaned)].strip(EDGE), cleaned.strip(EDGE)
        if not name_form or name_form in PLACEHOLDERS or name_form.isdigit() or "http" in name_form or "@" in name_form:
            continue
        if strict and not is_person_name(name, name_form):
            continue
        if STOPPED.search(name_form) or len(name) > 24:
            continue
        names.append(name)
    # 张 三: a two-character name spaced out to the width of three.
    if len(names) == 2 and all(len(n) == 1 and _HAN_ONLY.fullmatch(n) for n in names):
        return ("".join(names),)
    return tuple(n for n in dict.fromkeys(names) if len(n) > 1 or not _HAN_ONLY.fullmatch(n))


def without_brackets(value: str, form: str) -> tuple[str, str]:
    """A value and its form without what stands in brackets."""
    keep = [True] * len(form)
    for found in BRACKETS.finditer(form):
        keep[found.start() : found.end()] = [False] * (found.end() - found.start())
    return (
        "".join(c for c, k in zip(value, keep, strict=True) if k),
        "".join(c for c, k in zip(form, keep, strict=True) if k),
    )

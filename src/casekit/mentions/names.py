"""What Chinese names of people look like."""

from __future__ import annotations

import re

__all__ = ["SURNAMES", "TRANSLITERATED", "person_at"]

# The 200 commonest single surnames (Ministry of Public Security, name reports 2019-2021) and the double ones in use.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷"
    "龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝"
    "路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖"
    "巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都"
    "普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由诸"
)
_DOUBLE = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "司徒",
    "东方",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "端木",
    "南宫",
    "独孤",
    "宇文",
)
# Characters that given names hardly ever hold but sentences do after a name.
_NEVER = frozenset(
    "在说表看提指认告对曾的与称是也则就又将于向把从还及有不用给被到因已去这那等回谈和或却都并便此其之你我他她它们个为了着过吗呢吧呀哦会能可要让使由很更最再才只先后曾如"
    "做写问答听讲想觉道带率领接受出席宣介透强坦直感补总分解估担卸任辞离加入创办管负所以及但而且若即既虽当每各某另何怎什么谁哪总氏股方们者业商家户部门层员众人,.。、:;!?()[]《》\"' \n-~·…/+%&"
)
_AFTER = re.compile(
    "[,.。、:;!?()\\[\\]《》 \n/]|\\Z|说|表示|认为|指出|告诉|坦言|介绍|透露|称|谈|提|回忆|补充|强调|解释|看来|直言|笑|回应|总结|分析|曾|也|则|还|就|又|将|于|在|对|向|把|从|和|与|及|的|是|"
    "用|给|被|宣布|呼吁|分享|写|问|答|接受|出席|担任|卸任|辞|离|加入|创办|带|率|亲自|先生|女士|博士|教授|等|估算|感慨|报道|获悉|了解|摄|发|主|正|已|为|以|有|做|看|想|要|会|能|可|让|联合|共同|一行|这|那|所|并|却|都|不"
)
# Characters that Chinese renderings of foreign names are made of (as in Xinhua's tables of transliteration).
TRANSLITERATED = (
    "保符隆夫顿斐蕾娅薇莎茜妮黛琪露俄佛仑尤济楚埔莓廖厦锡筱"
    "阿埃艾爱安昂奥巴白班邦包鲍贝本比彼毕波伯勃博布查达大戴丹道德登邓迪蒂丁东杜多厄恩尔法凡菲费芬丰弗福富盖甘冈高戈格葛古瓜哈海汉豪赫黑亨洪侯胡华怀霍基吉季加贾简"
    "杰金津卡开凯坎康考柯科克肯孔库夸拉莱赖兰朗劳勒雷黎李里利丽连良林琳龙卢鲁路伦罗洛吕马玛迈麦曼芒毛茂梅门蒙米密明缪摩莫墨默姆木穆拿纳娜乃奈南内尼宁纽农努诺欧帕派潘庞"
    "佩彭皮平珀普齐奇恰钱强乔切钦琼丘屈热仁日荣茹儒瑞若萨塞赛桑瑟森沙山珊尚舍申圣施石史士舒斯思丝松苏孙索塔泰坦汤唐陶特滕提田铁廷图托托瓦万旺威韦维魏温文翁沃乌吾武伍西希席锡"
    "夏香肖谢辛欣兴休许雪逊雅亚延扬杨耶叶伊依易英尤雨约泽扎詹张章朱兹佐祖尔"
)


def person_at(text: str, at: int, *, firm: bool = False) -> int:
    """The end of the person's name that starts at `at` in folded text, or `at` when none does.

    Args:
        text: Folded text without quotation marks.
        at: Where a name may start, such as right after a role.
        firm: Whether what follows need not look like the end of a name (the place itself proves that one stands here).
    """
    first = 2 if text[at : at + 2] in _DOUBLE else 1 if text[at : at + 1] in SURNAMES else 0
    if not first:
        return at
    for given in (2, 1):
        end = at + first + given
        name = text[at + first : end]
        if len(name) < given or any(c in _NEVER or not "\u3400" <= c <= "\u9fff" for c in name):
            continue
        if firm or _AFTER.match(text, end):
            return end
    return at

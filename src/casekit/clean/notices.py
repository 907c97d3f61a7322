"""Notices that pages print around articles: disclaimers, copyright and registration lines, cookie banners."""

from __future__ import annotations

import re

from casekit.clean.lines import Line

__all__ = ["is_paid", "notice_rule"]

# A notice without a label (声明:) is mostly made of its set phrases; a sentence that discusses one is not. Chosen by reasoning.
MIN_SHARE = 0.5
MIN_CHARS, MAX_CHARS = 4, 500

_PHRASE = re.compile(
    r"(?:不|并不|亦不)代表.{0,24}?(?:观点|立场|意见|态度)|与.{0,12}?(?:立场|观点)无关|仅供(?:读者)?参考(?:学习)?|仅代表.{0,12}?(?:个人|本人)(?:的)?(?:观点|意见|看法)?|"
    r"仅代表作者.{0,4}观点|(?:属于|系|为).{1,12}?(?:登载|发布|刊登|刊载).{0,4}?(?:商业信息|广告|推广|信息)|商业(?:推广|信息|广告)|"
    r"版权归(?:原)?(?:作者|.{1,12}?)所有|著作权归.{0,6}?所有|如(?:有|涉及|若)?.{0,10}?侵(?:权|犯|害).{0,24}?(?:联系|告知|通知|删除|处理)|"
    r"(?:请|可)?(?:及时)?(?:与我们|与本站|和我们|联系我们|联系作者|联系本站|联系).{0,8}?(?:删除|处理|更正|授权|取得授权|获得授权)|"
    r"未经.{0,16}?(?:授权|许可|允许|同意).{0,10}?(?:不得|禁止|严禁|请勿|谢绝).{0,10}?(?:转载|使用|复制|摘编|镜像)?|"
    r"转载(?:或内容合作)?(?:请|需|须|务必|时)?(?:请)?(?:注明|标明|联系|保留).{0,12}?(?:出处|来源|作者|授权|链接|信息)?|(?:禁止|谢绝|请勿|不得|严禁)(?:任何形式的)?(?:转载|复制)|"
    r"(?:不构成|不作为).{0,8}?(?:投资|任何).{0,4}?(?:建议|依据)|投资(?:有风险|者据此操作)|风险(?:自担|自负)|入市需谨慎|责任自负|(?:不承担|概不负).{0,8}?责任|"
    r"仅提供信息(?:存储|发布)(?:空间)?(?:服务|平台)?|信息(?:发布|存储)平台|自媒体(?:平台)?.{0,12}?(?:上传|发布)|由.{0,12}?用户上传(?:并发布)?|本文由.{0,20}?(?:原创)?(?:发布|授权|投稿)|"
    r"本文(?:来自|转自|转载自|来源于?|首发于?|摘自|选自).{0,24}|本文为.{0,20}?(?:原创|投稿|作品|稿件)(?:文章)?|(?:图片|文字|内容|素材|资料|信息)?(?:均)?(?:来自|来源于?|源于)(?:于)?(?:互联网|网络)|"
    r"(?:以下|本文?)文章(?:来源于?|来自|转自|转载自).{0,24}|经(?:授权|作者授权)(?:发布|转载)|授权转载|发现更多|提供信息存储|内容为作者(?:独立|个人)观点|凡(?:本网|注明).{0,30}?(?:作品|稿件|来源)|本(?:网|站|平台|公众号)(?:转载|对此|不保证|无关|只提供|仅).{0,12}|"
    r"文章内容|本声明|原创作品|特此声明|真实性|扩散传播|传递更多信息|(?:views|opinions) expressed|does not (?:necessarily )?(?:reflect|represent)|"
    r"not (?:intended as |constitute )?(?:investment|financial) advice|reproduction (?:without permission )?is prohibited|reprinted with permission"
)
_OPENER = re.compile(
    r"[((\[【*※#>\s]*(?:特别|免责|版权|平台|重要|郑重|风险|网站|本站|作者)?\s*(?:声明|注|说明|提示|提醒|须知|备注|disclaimer|note|editor's note)\s*[)】\]]?\s*[:|]"
)
_COPYRIGHT = re.compile(
    r"©|copyright|\(c\)\s*(?:19|20)\d\d|版权所有|all rights? reserved|icp[备证]|[icp]{3}备?\d{6,}|公网安备|增值电信|许可证(?:编?号)?[:::]|[京沪粤浙苏川渝鲁闽鄂湘豫冀辽吉黑皖赣桂琼滇黔陕甘晋津蒙新宁青藏]"
    r"(?:[a-z]\d-|icp)|powered? by|网络文化经营|举报电话|违法和?不良信息"
)
_COOKIE = re.compile(
    r"(?:this (?:web)?site|we(?: and our partners)?) uses? cookies|cookie (?:policy|notice|settings|preferences)|accept (?:all )?cookies|use of cookies|"
    r"by (?:continuing|clicking|using)|your (?:consent|browsing experience|privacy choices)|privacy policy|manage (?:cookies|preferences)|personalis?z?ed? (?:ads|content)|"
    r"本(?:网)?站使用cookies?|使用cookie|接受(?:所有)?cookie"
)
_PAID = re.compile(
    r"商业(?:信息|推广|广告|合作)|(?:广告|软文|推广)(?:信息|内容|文章|稿件)?|付费(?:内容|推广)|企业供稿|赞助内容|advertorial|sponsored (?:content|post)|paid post|advertisement feature"
)
_OPEN_QUOTES = "“\"「『《'"


def _unquoted(found: re.Match[str], form: str) -> bool:
    return form[found.start() - 1 : found.start()] not in set(_OPEN_QUOTES)


def notice_rule(line: Line) -> str | None:
    """ "disclaimer", "legal" or "page-chrome" for a line that is a notice about the page, else None.

    Says nothing of where the line stands: an article may end on a sentence about disclaimers, which is why set phrases
    in quotation marks don't count and must make up a good part of the line.
    """
    form = line.form
    if not MIN_CHARS <= len(form) <= MAX_CHARS:
        return None
    if len({m[0] for m in _COOKIE.finditer(form)}) >= 2:
        return "page-chrome"
    found = [m for m in _PHRASE.finditer(form) if _unquoted(m, form)]
    size = max(1, line.size)
    share = sum(sum(map(str.isalnum, m[0])) for m in found) / size
    rights = [m for m in _COPYRIGHT.finditer(form) if _unquoted(m, form)]
    if (
        rights
        and (rights[0].start() <= 2 or not form.endswith("。"))
        and (rights[0].start() <= 24 or len(rights) >= 2 or size <= 60)
    ):
        return "legal"
    if found and (_OPENER.match(form) or share >= MIN_SHARE):
        return "disclaimer"
    return None


def is_paid(form: str) -> bool:
    """Whether a notice says that the article is paid for."""
    return bool(_PAID.search(form)) and not re.search(
        r"(?:禁止|非|并非|不是|拒绝)(?:任何)?(?:商业|广告|软文|推广)", form
    )

"""The words by which articles say that somebody uses, does, owns or heads something: plain lists, no rules.

All are in folded (simplified, lower case) form. They are ordinary words of business prose, collected by their meaning;
to add one, put it in its list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

__all__ = [
    "ENDING",
    "FRAMEWORK_VERBS",
    "GENERIC",
    "HELP",
    "INSTRUMENTAL",
    "LINE_UP",
    "MEANS",
    "OUTCOME",
    "PREPOSITION",
    "PROPOSE",
    "ROLE",
    "TACTIC_VERBS",
    "USE_VERBS",
    "any_of",
]


def any_of(*words: str | Iterable[str]) -> str:
    """A regular expression for any of the words, longest first; common beginnings are shared, so that it runs fast."""
    flat = {w for entry in words for w in (entry.split() if isinstance(entry, str) else entry)}
    return _grouped(sorted(flat))


def _grouped(words: list[str]) -> str:
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:1], []).append(word[1:])
    parts = []
    for head, tails in heads.items():
        if tails == [""]:
            parts.append(re.escape(head))
        elif head:
            optional = "?" if "" in tails else ""
            parts.append(f"{re.escape(head)}{_grouped([t for t in tails if t])}{optional}")
    return f"(?:{'|'.join(parts)})"


# --- somebody makes use of a tool, or of a way of working, that is named after the verb
USE_VERBS: Final = (
    "使用 运用 利用 应用 采用 选用 启用 用上 用起 引入 引进 接入 开通 上线 推出 部署 搭建 自建 建立 建设 建起 打造 构建 开发 研发 组建 成立 "
    "发布 入驻 登陆 注册 加入 选择 试用 试水 布局 嵌入 对接 纳入 搬入 搬进 装进 升级 投放 开设 开出 落地 安装 配备 打通 玩转 投入 "
    "尝试 试点 购买 采购 订购 选定 切换到 迁移到 迁到 铺设 上马 经营 运营 分享 测试 试过 试了 试用了 用了 用来 全面启用 联合开发 推广 普及 融入 导入"
)
# --- somebody ends the use of it
ENDING: Final = "停用 弃用 停掉 停止 放弃 拒绝 拒绝了 取消 叫停 终止 退出 关闭 关停 不用 砍掉 撤出 下架"
# --- by means of it
MEANS: Final = "借助 借力 借由 依托 依靠 凭借 通过 基于 背靠 靠着 倚靠 仰仗 透过 经由 得益于 受益于"
# --- somebody does something that is a way of working
TACTIC_VERBS: Final = (
    "推行 推进 推动 实施 实行 施行 开展 开启 启动 贯彻 践行 跑通 实践 探索 进行 拥抱 转向 迈向 走向 坚持 采取 奉行 强化 深耕 "
    "发力 主打 开放 发起 提出 所提 主张 倡导 迎合 契合 配合 复制 扎根 聚焦 完善 深化 押注 加码 加速 加快 推崇 执行 开始 转型为 转为 升级为 拓宽为 拓展为 扩展为 延伸为 转变为 派出 派驻 引领 "
    "重视 看重 押在 首创 独创 创新 形成 沉淀 积累 盘活"
)
# --- of these somebody may be said to work by a framework; 做, 打造, 拥抱 and the like are said of any idea
FRAMEWORK_VERBS: Final = "采用 引入 引进 运用 应用 推行 实施 实行 施行 贯彻 践行 落地 迎合 契合 配合 实践 复制 开启 启动 推进 采取 奉行 执行 开展 遵循 对 以 加入 借助 依托 凭借"
# --- what comes of it
OUTCOME: Final = "做到 实现 完成 达成 达到 支撑 支撑起 促成 促进 助推 撑起 带来 带动 赋能 助力 保障"
# --- somebody puts an idea forward
PROPOSE: Final = "提出 首提 所提 首创 独创 定义 称为 称之为 称作 叫做 叫作 命名为 倡导 提倡 主张 发布 推出 总结出 归纳出 提炼出 概括为 形容 阐述 设计出 抛出 首倡 创立 创造"
# --- helping somebody else to it
# --- tools that are used so are the means of something else that the sentence names
INSTRUMENTAL: Final = "使用 利用 运用 应用 打通 以 用 靠 借"
HELP: Final = "帮助 帮 助力 协助 支持 赋能 扶持 引导 推动 辅助"

# --- who is spoken of without a name
GENERIC: Final = (
    "企业 品牌商 品牌方 零售商 商家 商户 零售品牌 服务商 用户 消费者 顾客 客户 大家 人们 同行 同业 行业 外界 合作伙伴 内容商 渠道商 厂商 经销商 供应商 "
    "公众 年轻人 员工 店员 导购 老百姓 巨头 玩家 业内 从业者 你 谁 任何人"
)
PREPOSITION: Final = "与 和 跟 同 向 对 对于 为 给 从 把 将 被 比 于 由 除 除了 离开 针对 关于 告诉 接受 面对 让 使 令 像 如同 来自 根据 据 对标 区别于 不同于"
LINE_UP: Final = "、 和 与 及 以及 跟 或 或者 + / & 还有 乃至 ,以及 ,还有"


# --- posts and titles of persons
ROLE: Final = (
    "联合创始人 创始合伙人 管理合伙人 创始人 创办人 董事会主席 董事局主席 联席主席 副主席 主席 副董事长 董事长 执行董事 独立董事 董事 首席执行官 首席运营官 首席财务官 "
    "首席技术官 首席信息官 首席数字官 首席营销官 首席市场官 首席战略官 首席增长官 首席科学家 首席产品官 首席品牌官 联席首席执行官 执行总裁 高级副总裁 集团总裁 副总裁 联席总裁 总裁 "
    "总经理 副总经理 执行总监 总监 副总监 负责人 主理人 合伙人 店长 掌门人 操盘手 秘书长 会长 副会长 理事长 院长 副院长 教授 主任 副主任 经理 高级经理 主管 "
    "发言人 分析师 研究员 顾问 总编辑 主编 记者 老板 ceo cfo coo cto cio cmo cdo cgo cso vp svp evp co-ceo 行政总裁 大区经理 产品经理 总工程师 总架构师"
)

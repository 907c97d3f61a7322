# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: casekit,tags,-all
#     formats: ipynb,py:percent
#     notebook_metadata_filter: kernelspec,jupytext,-all
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 7 换成您自己的语料
#
# *Bring your own corpus*
#
# > **您的问题**：手头有一夹子网页、Word 和笔记。**能不能今天就按意思查？程序把哪些字当成了杂质？怎样交给没有版权许可的同事？**
#
# **二十分钟以后，您手上有** 一个自己的工作区，和一个可以交给同事的文件：目录、词条、案例卡、笔记都在，原文不在。
#
# - **顾问** 十分钟后就能按意思检索自己的材料。
# - **写作者** 看清哪些字被当成杂质剔除、为什么，判断错了就推翻它。
# - **培训师** 登记自己的公司名，在原文上记笔记，把工作区交给同事。
#
# 这里的文章是为演示编的，公司和人都不存在；工作区建在 `notebooks/` 旁边新的 `演示工作区1/`（再跑一遍是 `2`），不动您现在的语料，也不会随它打包。用自己的文件时，从“建工作区”开始，把 `inbox` 换成您的文件夹。

# %%
# %load_ext casekit
from itertools import count
from pathlib import Path

import casekit

beside = (Path("..") / f"演示工作区{n}" for n in count(1))
desk = next(one for one in beside if not one.exists())  # 每次一个新的，已有的不动
inbox = desk / "待入库"
inbox.mkdir(parents=True)

# %% [markdown]
# ## 四篇文章，四种格式
#
# 一篇繁体的论坛转帖，一页带导航和“相关阅读”的网页，一份 Markdown 笔记，一份 Word。

# %%
(inbox / "forum.txt").write_text(
    """首頁 > 論壇 > 零售觀察
青禾便利的店員怎麼留住熟客
發表於 2023-05-12 09:30 | 只看該作者
作者：林書硯

青禾便利在南方有兩百多家門店。去年秋天，店長們發現早餐時段的熟客少了三成，原因是附近開了一家咖啡外帶店。

總部沒有打折，而是讓每位店員用企業微信加熟客，每天早上八點前把當天的現煮豆漿拍一張照片發到群裡。店員吳曉棠說，
她一個人就維護著四個群，群裡的客人能叫出她的名字。

半年後，參加的門店早餐銷售額增長了18%，沒有參加的門店只增長了4%。總部說，這個數字還沒有扣除新品的影響。

分享到：微信 微博
上一篇：連鎖藥房的夜間小窗
下一篇：社區菜場的秤
""",
    "utf-8",
)
(inbox / "notes.md").write_text(
    """---
title: 山茶书店访谈笔记
author: 周予
date: 2024-03-08
---

# 山茶书店访谈笔记

## 会员

店主说，书店有会员六千人，其中四成每个月至少来一次。会员卡是纸的，店员在背面记下读者上次买的书。

## 小程序

去年书店做了小程序，可以预约到店取书。预约的人里有一半会再买一本别的书。店主的目标是年底让预约占到销售的三成。
""",
    "utf-8",
)
_ = (inbox / "page.html").write_text(
    """<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>海桐超市把收银台搬到手机上</title>
<meta name="author" content="方沐"><meta property="article:published_time" content="2023-11-02"></head><body>
<nav><a href="/">首页</a> <a href="/r">零售</a> <a href="/j">登录</a></nav>
<article><h1>海桐超市把收银台搬到手机上</h1>
<p>海桐超市的扫码购上线一年，顾客自己扫商品条码、在手机上付款，出口核对一下小票就能走。</p>
<p>总经理程砚秋表示，扫码购目前占全部订单的22%，高峰时段排队时间缩短了一半。她希望明年这个比例达到35%。</p>
<p>有店员担心岗位被取代。海桐的做法是把收银员转成“理货加答疑”，并为此做了两轮培训。</p></article>
<aside><h2>相关阅读</h2><ul><li><a href="/1">某连锁咖啡关店三百家背后</a></li><li><a href="/2">生鲜电商的最后一公里</a></li></ul></aside>
<footer>版权所有 未经许可不得转载</footer></body></html>
""",
    "utf-8",
)

# %%
import docx

paper = docx.Document()
paper.add_heading("青禾便利社群运营复盘", 1)
paper.add_paragraph("复盘人：青禾便利运营部，2023年6月。")
paper.add_paragraph("我们在六十家门店试行店员社群，为期六个月。有效的做法只有两条：固定时间、固定的人。")
paper.add_paragraph("没有效果的做法也要写下来：群里发优惠券的门店，退群率是不发券门店的三倍。")
paper.save(inbox / "review.docx")

# %% [markdown]
# ## 一、建工作区，加入
#
# 每个文件一张收据：可见多少字，留下多少，剔除多少；读不了的会点名说明。

# %%
wb = casekit.Workbench.init(desk / "我的案例")
wb.add([inbox])

# %% [markdown]
# ## 二、哪些字被剔除了，为什么
#
# 原文一个字也不改；剔除只是记下“这一段不是正文”，每一处都有规则和理由。划掉的就是，指上去看理由。

# %%
wb.show("forum")

# %%
wb.show("page").cleaned.cuts

# %% [markdown]
# 判断错了就推翻它：`cut` 剔除一段，`keep` 留下一段，`undo` 收回上一次。您的裁定在重建索引以后仍然有效。
# 这里把“总部说……”那一句剔除，再收回。

# %%
text = wb.text("forum")
start = text.index("總部說")
wb.cut("forum", start, text.index("。", start) + 1)
[cut for cut in wb.show("forum").cleaned.cuts if cut.span.start == start]

# %%
wb.undo("forum")
[cut for cut in wb.show("forum").cleaned.cuts if cut.span.start == start]

# %% [markdown]
# ## 三、建索引，两种文字都能查

# %%
wb.build()

# %%
wb.search("店员怎样用社群留住熟客", k=3)

# %% [markdown]
# 用繁体问简体的文章：

# %%
wb.search("海桐超市的掃碼購佔全部訂單的多少？", k=2)

# %% [markdown]
# 语料里没有的，直说没有：

# %%
wb.search("沃尔玛的扫码购有多少用户？", k=2)

# %% [markdown]
# ## 四、自己的词条
#
# 这些公司不在随程序带的词库里。文中自己证实的名称已经认得（标“未登记”）；登记以后，别名和英文名也能用。
# 写进 `corpus/lexicon/` 的一个文本文件，一行一条，再建一次索引：

# %%
(desk / "我的案例/corpus/lexicon/own.yaml").write_text(
    """- {name: 青禾便利, type: company, en: Qinghe, aliases: [青禾]}
- {name: 海桐超市, type: company, en: Haitong Market, aliases: [海桐]}
- {name: 山茶书店, type: company, en: Camellia Books}
""",
    "utf-8",
)
wb = casekit.open(desk / "我的案例")
wb.build()

# %%
wb.search("How many stores does Qinghe have?", k=2)

# %% [markdown]
# 每个数字是做到的、目标，还是听说，读进来就分好了：22% 是做到的，35% 是希望达到的。

# %%
wb.facts(source="page")[["text", "metric", "kind", "certainty", "period"]]

# %% [markdown]
# ## 五、笔记
#
# 笔记写在一段原文上，存成 `notebooks/notes/` 里的文本文件，能搜到，但从不混进证据。

# %%
hit = wb.search("退群率", k=1).hits[0]
span = hit.passage.span
wb.notes.add(hit.passage.source, span.start, span.end, "发券反而伤社群：拿来和另一家对照。", ["社群", "反例"])

# %% [markdown]
# ## 六、交出去：一个文件
#
# 整个工作区装进一个文件。`sources=False` 不带原文：只有目录、词条、案例卡和笔记，可以给没有版权许可的人；对方加入自己的副本，
# 每条证据就回到原句。

# %%
packed = wb.pack(desk / "给同事的.zip", sources=False)
packed

# %% [markdown]
# 同事那边：拆开就是一个工作区。

# %%
from pandas import DataFrame

other = casekit.Workbench(casekit.Workbench.unpack(packed.path, desk / "同事的工作区"))
DataFrame(other.corpus())[["id", "title", "state_text"]]

# %% [markdown]
# ## 试一试
#
# 1. 把 `inbox` 换成您自己的一个文件夹，从“建工作区”起再跑一遍。
# 2. 找一处剔错的地方，`keep` 它，再建一次索引。
# 3. 只用鼠标做同样的事：JupyterLab 的开始页，把文件夹拖进去。

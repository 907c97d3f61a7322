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
# # 8 语料怎样分词，怎样教它
#
# *How the corpus is segmented, and how to teach it*
#
# > **您的问题**：要写步步高。**它的材料里哪些词特别多、别处少见？“会员”总和哪些词在一起？** 检索漏掉了一个行话，怎样教会它？
#
# **二十分钟以后，您手上有** 一份 Excel：这家公司特有的词，带次数和统计量；以及一个教会了新词的语料。
#
# - **顾问** 看出一家公司的材料里哪些词特别多，别处少见。
# - **培训师** 用词云和分布图开场，问“为什么是这些词”。
# - **写作者** 核对一个词在语料里到底怎么用，和哪些词在一起。
#
# 中文不写空格，词要切出来。casekit 在构建时用 jieba 的词典切好每一篇正文，词表里的名称、文中确认的名称都不切开，
# 每个词记下位置和词性。检索、`why`、逐词索引（kwic）和下面的统计用的是同一份分词。

# %%
from casekit.jupyter import wb

wb.build()

# %% [markdown]
# ## 一、看一句话怎么切
#
# 斜线后面是 jieba 的词性记号：n 名词、v 动词、nt 机构名、nr 人名、nz 其他专名、m 数词。词典里没有的词不猜词性。

# %%
# %casekit words cut 步步高的导购会引导购买过的顾客加企业微信

# %% [markdown]
# “引导购买”里没有“导购”：逐词索引因此只列真正的“导购”。

# %%
wb.kwic("导购")[:5]

# %% [markdown]
# ## 二、语料里有哪些词

# %%
words = wb.words()
words.cloud(60)

# %% [markdown]
# 同样的数，写成表。`per_thousand` 是每千词里有几个；`tags` 选词性。

# %%
words.terms(15, tags=["n", "nz"])

# %% [markdown]
# ## 三、一家公司特有的词
#
# 提到步步高的段落，与其余语料相比：`g2` 是对数似然（越大越不像偶然），`log_ratio` 是倍数（1 为两倍，2 为四倍）。

# %%
wb.words(company=["步步高"]).keyness(12)

# %% [markdown]
# ## 四、常在一起的词
#
# 同一句话里左右五个词以内，按 logDice 排：14 为上限，与语料大小无关。

# %%
words.collocations("会员", 12)

# %% [markdown]
# ## 五、一个词散在各处，还是集中在一篇
#
# 一条竖线是一处；底色换一次是换一个来源。DP 接近 0 是到处都有，接近 1 是集中在一小块。

# %%
words.dispersion(["会员", "导购", "小程序"])

# %% [markdown]
# ## 六、教它
#
# 先看哪些相邻的词“像一个词”（总在一起，左右又自由）：这是候选，由人来定。

# %%
words.new(10)

# %% [markdown]
# 三种教法，都写在 `corpus/lexicon/words.txt`，一行一条，也可以直接改那个文件：
#
# | 命令 | 意思 |
# |---|---|
# | `words add 词 --tag n` | 多认识一个词；与更常见的词冲突时让步 |
# | `words join 词` | 这几个字在哪里都是一个词 |
# | `words split 甲 乙` | 连写的甲乙从来不是一个词 |
#
# 下次构建时生效，而且只重切含有这些字的来源。

# %%
# %casekit words join 品牌商

# %%
wb.build()

# %%
# %casekit words cut 品牌商自己做小程序

# %% [markdown]
# 收回也一样：

# %%
# %casekit words forget 品牌商

# %%
wb.build()

# %% [markdown]
# ## 七、交出去：这家公司特有的词

# %%
from pathlib import Path

import casekit

Path("交付").mkdir(exist_ok=True)
casekit.write_table(wb.words(company=["步步高"]).keyness(50), "交付/步步高的词.xlsx")

# %% [markdown]
# ## 试一试
#
# 1. 把第三节的公司换一家，挑三个词，回到原文看它们为什么多。
# 2. 第四节换成“门店”，窗口改成 `window=3`。
# 3. 在第六节的候选里挑一个教进去，构建，再看一次候选。

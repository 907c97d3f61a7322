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
# # 4 数字与矛盾
#
# *Figures and contradictions*
#
# > **您的问题**：报告里想写“步步高的会员有多少”。**能写哪个数字？它是做到的、目标，还是听说？说的是哪个时间、谁说的？** 别处有没有不同的说法？
#
# **二十分钟以后，您手上有** 一份 Excel：这家公司的每个数字，带性质、把握、时间和可以点的出处；以及“四栏”一览。
#
# - **顾问** 引用一个数字之前，先知道它是什么。
# - **培训师** 拿口径不同的数字当教材，教学员读数字。
# - **写作者** 几处说法不一致时，先于读者看见。

# %%
from casekit.jupyter import wb

wb.build()

# %% [markdown]
# ## 一、某家公司的数字
#
# 每一行都有出处。“性质”分已实现、目标、估计、规模、调查、日期；没有把握的另标“据说”“预期”。

# %%
facts = wb.facts(entity="步步高")
facts

# %% [markdown]
# 这是一张 pandas 表，可以照常筛选：只看不是日期、也不是规模的。

# %%
facts[~facts["kind"].isin(["date", "size"])]

# %% [markdown]
# 计算用的列也在：数值已换成基本单位（万、亿已乘开），百分数仍是百分数；“超”“近”“多”这样的字在 `qualifier` 里，不会丢。

# %%
facts[["text", "value_min", "value_max", "unit", "qualifier"]].dropna(subset=["value_min"])

# %% [markdown]
# ## 二、同一个数字，几处怎么说
#
# 一致、口径不同（时间或性质不同）、矛盾。同一篇文章的几个副本只算一个来源。

# %%
groups = wb.network.compare()
groups

# %% [markdown]
# 只看不一致的：

# %%
[group for group in groups if group.verdict != "agree"]

# %% [markdown]
# ## 三、放到时间上看

# %%
from casekit.jupyter import timeline

timeline(entity="步步高")

# %% [markdown]
# ## 四、画成图
#
# 一个指标，几家公司。“目标”和“听说”的画法与“已实现”不同，免得混在一起。

# %%
from casekit.jupyter import chart

chart("门店")

# %% [markdown]
# 表格形式：行是主体，列是指标（原文的叫法，“存量会员”不等于“会员”），没有的写“未报道”。每格都带性质：30% 是据说，不是成绩。

# %%
wb.network.metrics(subjects=["沃尔玛", "步步高", "绫致", "迪信通"], metrics=["门店", "零售门店", "存量会员", "导购"])

# %% [markdown]
# ## 五、交出去：能写的数字
#
# 先把四栏过一遍：只有“实据”一栏可以不加限定地写；“自称”要写明谁说的，“计划”不是成绩，“传闻”先核实。

# %%
# %casekit board --case 步步高

# %% [markdown]
# 同样的数字存成 Excel，出处一栏可以点开。

# %%
from pathlib import Path

import casekit

Path("交付").mkdir(exist_ok=True)
casekit.write_table(wb.facts(entity="步步高"), "交付/步步高的数字.xlsx")

# %% [markdown]
# ## 试一试
#
# 1. 换一家公司，数一数“已实现”和“目标”各有几个。
# 2. 在第二节里挑一组“口径不同”，用一句话写清差别在哪里。
# 3. `%casekit facts --entity 沃尔玛 --compare` 是命令写法。

# %%
# %casekit facts --entity 沃尔玛 --compare

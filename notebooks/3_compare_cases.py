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
# # 3 比较案例，套上框架
#
# *Compare cases and lay a framework over them*
#
# > **您的问题**：客户是连锁超市。**案例库里谁最像他？几家放在一起，谁做了、谁没做、谁没有报道？** 带哪几个案例去见他？
#
# **二十分钟以后，您手上有** 一份比较表（Word）：各家都有的行在前，格子里带时间和可靠程度，文末有编号的文献。
#
# - **顾问** 拿去见客户。
# - **培训师** 用一个框架当镜头看案例，空格就是讨论题。
# - **写作者** 每个格子都有出处，写下的比较经得起问。

# %%
from casekit.jupyter import wb

wb.build()

# %% [markdown]
# ## 一、有哪些案例

# %%
wb.cases.list()

# %% [markdown]
# 看一张完整的案例卡。原文在您的语料里的，每句话下面跟着原句；不在的，只有地址（见 `corpus/README.md`）。

# %%
wb.cases.get("沃尔玛")

# %% [markdown]
# ## 二、并排比较
#
# `by` 可以是 `facets`（行业、规模、工具、打法……）、`tools`、`tactics`、`frameworks`、`metrics`。

# %%
names = ["沃尔玛", "步步高", "味全"]
wb.cases.compare(names)

# %%
wb.cases.compare(names, by="metrics")

# %% [markdown]
# 可以点的比较表：点一个格子，出处就到 `table.selected`。

# %%
from casekit.jupyter import matrix

table = matrix(names)
table

# %% [markdown]
# ## 三、套上框架
#
# “三通工程”有几个部分，每个案例在每个部分上说过什么？**“未报道”不等于“没做”**，只说明语料里没有。

# %%
wb.cases.lens("三通工程", names)

# %%
matrix(names, lens="三通工程")

# %% [markdown]
# ## 四、和我的客户最像的是谁

# %%
wb.cases.similar("连锁超市,门店多,想让店员用企业微信联系会员")

# %% [markdown]
# ## 五、案例卡还站得住吗
#
# 语料会变。核对每条证据是否还在原处：

# %%
wb.cases.check()

# %% [markdown]
# ## 六、交出去：一份比较表
#
# `--no-cards` 只要比较表；不写它，后面附上每张案例卡。`.pdf`、`.pptx`、`.xlsx` 也可以。

# %%
from pathlib import Path

Path("交付").mkdir(exist_ok=True)

# %%
# %casekit export 沃尔玛 步步高 味全 --compare facets --no-cards -o 交付/比较.docx

# %% [markdown]
# ## 试一试
#
# 1. 换三个案例比较，哪一行全是“未报道”？这一行适合做讨论题。
# 2. 用自己的话描述一个客户，看相近的案例和理由。
# 3. `%casekit case lens 沃尔玛 步步高 --framework 三通工程` 是同一件事的命令写法。

# %%
my_client = "快消品牌,没有自己的门店,想直接联系消费者"
wb.cases.similar(my_client, k=3)

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
# # 5 从引文到参考文献，再到核对草稿
#
# *From quote to reference list and draft check*
#
# > **您的问题**：明天交稿。**每句引文是不是一字不差，每个数字是不是原文那样说的，文献列全了没有？**
#
# **二十分钟以后，您手上有** 一份附参考文献的引文汇编（Word），和一份逐处核对过的草稿。
#
# - **顾问** 方案里的每句引文一字不差，出处现成。
# - **培训师** 讲义末尾的参考文献自动收齐，同一来源只列一次。
# - **写作者** 交稿前一分钟，把引文和数字逐一与语料对一遍。

# %%
from casekit.jupyter import wb

wb.build()

# %% [markdown]
# ## 一、引一段
#
# 先检索，再按地址引。引文是原来的字（剔除的杂字不在内），后面是著录和段落。

# %%
hit = wb.search("步步高的会员做到什么程度?", k=1).hits[0]
quotation = wb.quote(hit.passage.source, hit.passage.span.start, hit.passage.span.end)
quotation

# %% [markdown]
# 要放进繁体文稿，可以转换字形；转换过的会注明。

# %%
wb.quote(hit.passage.source, hit.passage.span.start, hit.passage.span.end, script="zh-Hant")

# %% [markdown]
# ## 二、在文字里引
#
# 在 Markdown 里写 `[@来源编号]` 就是引用。例如：沃尔玛的案例研究见 [@case-walmart]，味全的见 [@case-weiquan]。
#
# 侧栏“证据卡”插进来的格子，出处已经带在格子里，不用再写。

# %% [markdown]
# ## 三、参考文献
#
# 收齐这本笔记本引过的来源：证据卡、`[@编号]` 和 `wb.quote`。读的是**上次保存**的内容，改过请先保存（`Ctrl + S`）。

# %%
from casekit.jupyter import references

references()

# %% [markdown]
# 换一种格式；`%casekit cite --style` 后面按 `Tab` 看全部格式。

# %%
references(style="apa")

# %%
# %casekit cite case-walmart case-weiquan --style bibtex

# %% [markdown]
# ## 四、核对草稿
#
# 把草稿放在 `%%casekit check` 下面：每处引文、每个数字都与语料对一遍。绿色一致，红色有问题；灰色是“未核实”：数字在语料里，
# 但说的是不是这家、这件事没有得到证实，或者语料里没有可比的，要您自己看一眼。
# 下面故意写错两处，看看能不能抓到。

# %% tags=["active-ipynb"]
# %%casekit check
# 迪信通有1800家零售门店，分布在25个省市。
#
# 步步高的会员，按案例研究的说法，“超2000万存量会员实现数字化”。
#
# 我们建议客户先在 12 家门店试点。

# %% [markdown]
# 结果也是数据：最后一次输出是 `_`，或用 `wb.check_text(...)`。

# %%
draft, findings = wb.check_text("味全的销售预测精准度提高到60%-70%。")
[(one.status, one.message) for one in findings]

# %% [markdown]
# 整份文件（.md .txt .docx .ipynb）用 `%casekit check 文件`，命令行是 `casekit check 文件`。

# %% [markdown]
# ## 五、交出去：引文汇编
#
# 上面引过的那一段，连同检索到的段落，写成一份带文献的 Word。

# %%
from pathlib import Path

Path("交付").mkdir(exist_ok=True)
place = f"{hit.passage.source}:{hit.passage.span.start}-{hit.passage.span.end}"

# %%
# %casekit export --no-cards --at {place} --search 步步高的会员做到什么程度 -k 3 --title 步步高：引文汇编 -o 交付/引文.docx

# %% [markdown]
# ## 试一试
#
# 1. 把上面草稿里的错改对，再运行一次。
# 2. 在第二节里再引一个来源，保存，重新运行参考文献那一格。
# 3. 把自己的一段文字贴进下面。

# %% tags=["active-ipynb"]
# %%casekit check
# 把您自己的文字贴在这里。

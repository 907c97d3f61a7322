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
# # 6 做一堂研讨课
#
# *Build a workshop*
#
# > **您的问题**：下周三给二十位店长上两小时课。**拿哪两个案例，上什么，怎么保证每道题的答案站得住？**
#
# **二十分钟以后，您手上有** 一个文件夹：学员的（笔记本、不用联网的网页、讲义 A 和 B、幻灯片），主持人的（教学笔记、答案与讲解、带讲者备注的 PowerPoint）。
#
# - **培训师** 几张案例卡，几分钟，得到一堂能上的课。
# - **顾问** 把同一套证据换成客户的对象和时长，再出一版。
# - **写作者** 看自己的案例经不经得起提问：哪句话做得成题，哪句只够讨论。
#
# 课里的一切都来自案例卡和语料：材料的每句话、每道题的答案都带着它的证据。

# %% [markdown]
# ## 准备

# %%
from pathlib import Path

from casekit.jupyter import wb, workshop_wizard

Path("交付").mkdir(exist_ok=True)
wb.build()

# %% [markdown]
# ## 一、向导
#
# 选案例、框架、时长、对象和难度，右边随时显示议程，以及证据够做哪几种练习。**写出母版**把一本可以改的笔记本放进
# `notebooks/`；改好存盘以后**生成学员版和主持人版**，再**检查**。

# %%
workshop_wizard()

# %% [markdown]
# ## 二、写成一行，做同一件事
#
# `%casekit workshop new` 写出母版，并说明哪些练习因为证据或时间不够没有做。

# %%
# %casekit workshop new 沃尔玛 绫致 --framework 三通工程 --minutes 120 --audience 店长 --seed 7 -o 交付/研讨课.ipynb --force

# %% [markdown]
# 母版就是一本笔记本：打开它，增删改都可以。答案是给主持人看的一段 YAML，改起来很直接。
#
# 可用的框架：

# %%
wb.workshops.frameworks()

# %% [markdown]
# ## 三、学员版和主持人版

# %%
# %casekit workshop build 交付/研讨课.ipynb -o 交付/研讨课

# %% [markdown]
# 学员先读 A，写下自己的决定，再读 B。讲义 A 到“您会怎么做”为止：

# %%
from IPython.display import Markdown

Markdown(Path("交付/研讨课/participant/handout-a.md").read_text("utf-8"))

# %% [markdown]
# 练习在表单里点选、填写、拖动，一项一项当场核对，答对了才看到理由和起决定作用的那句原文。文件里没有答案，只有加盐的慢速摘要。
#
# 说句实话：只要能在学员自己的电脑上核对，有心人就能写个程序把选项试一遍。真要防，生成时加一个口令（向导里的“口令”，或
# `workshop build … --word 口令`），上课时再告诉学员：没有口令，光凭文件试不出来。拿来学习正好，拿来考试、计分不合适。
#
# 证据只够讨论的时候，一道机器判的题也没有：那就只讨论。

# %% [markdown]
# ## 四、上课前查一遍
#
# 教学笔记该有的部分齐不齐，时间加起来对不对，每处引文的位置与指纹，题目是不是只说选中的案例、不靠传闻、不自己泄露答案，
# 幻灯片放不放得下，学员的文件里有没有答案的痕迹，两本笔记本能不能从头跑到尾。

# %%
# %casekit workshop check 交付/研讨课.ipynb --package 交付/研讨课

# %% [markdown]
# ## 五、交出去
#
# `交付/研讨课/participant/` 发给学员：没有 Jupyter 的人双击 `workshop.html`，没有电脑的人用两份讲义。
# `交付/研讨课/facilitator/` 留给自己：先读 `teaching-note`，再照 `slides.pptx` 的备注讲。

# %%
sorted(path.relative_to("交付").as_posix() for path in Path("交付/研讨课").rglob("*") if path.is_file())

# %% [markdown]
# ## 试一试
#
# 1. 换一个 `--seed`，同样的案例，另一套题。
# 2. 把 `--level` 改成 3：题更多，干扰项更近。
# 3. 用 `--lang en` 再出一版：案例卡上有英文的（沃尔玛、绫致），整套材料都是英文；没有的，会说缺什么。

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
# **读完能做什么**(约 20 分钟)
#
# - **培训师**:几张案例卡,几分钟,得到一堂能上的课:材料、证据包、讨论题、练习、幻灯片、讲义、教学笔记。
# - **顾问**:把同一套证据换成客户的对象和时长,再出一版。
# - **主持人**:上课前查一遍:部分齐不齐,引文对不对,学员拿到的文件里有没有答案的痕迹。
#
# 课里的一切都来自案例卡和语料:材料的每句话、每道题的答案都带着它的证据。

# %% [markdown]
# ## 准备

# %%
import tempfile
from pathlib import Path

from IPython.display import Markdown
from pandas import DataFrame

from casekit.jupyter import wb, workshop_wizard

wb.build()

# %% [markdown]
# ## 向导
#
# 选案例、框架、时长、对象和难度，右边随时显示议程，以及证据够做哪几种练习。**写出母版**把一本可以改的笔记本放进
# `notebooks/`；改好存盘以后**生成学员版和主持人版**，再**检查**。

# %%
workshop_wizard()

# %% [markdown]
# ## 用代码做同一件事
#
# 可用的框架，以及两个案例做出来的练习。`draft` 只看不写。

# %%
DataFrame([{"编号": one.id, "框架": one.name, "英文": one.name_en} for one in wb.workshops.frameworks()])

# %%
chosen = {"framework": "三通工程", "minutes": 120, "audience": "店长", "level": 2, "seed": 7}
draft = wb.workshops.draft(["沃尔玛", "绫致"], **chosen)
DataFrame(draft.made.exercises, columns=["题", "种类", "分钟"])

# %% [markdown]
# 做不出来的练习会说明原因。

# %%
for warning in draft.warnings:
    print(warning)

# %% [markdown]
# 下面把母版写进一个临时文件夹，免得和你自己的混在一起；不写 `output` 就进 `notebooks/`。写过、改过的母版不会被覆盖。

# %%
folder = Path(tempfile.mkdtemp(prefix="casekit-"))
master = wb.workshops.new(["沃尔玛", "绫致"], output=folder / "研讨课.ipynb", **chosen)
master.path.name

# %% [markdown]
# 母版里的一道题，和只给主持人的答案（答案是一段 YAML，改起来很直接）：

# %%
notebook = master.made.notebook
question, _, key = (cell for cell in notebook.cells if cell.exercise == "q1")
Markdown(question.source)

# %%
print(key.source)

# %% [markdown]
# ## 学员版和主持人版

# %%
from casekit.workbench.workshops import build_workshop

built = build_workshop(master.path)
DataFrame([{"文件": name, "千字节": round((built.folder / name).stat().st_size / 1000, 1)} for name in built.files])

# %% [markdown]
# 学员在表单里点选、填写、拖动，一项一项当场核对，答对了才看到理由和起决定作用的那句原文。文件里没有答案，只有加盐的慢速摘要。
#
# 说句实话：只要能在学员自己的电脑上核对，有心人就能写个程序把选项试一遍。真要防，生成时加一个口令(向导里的“口令”，或
# `build_workshop(…, word="…")`)，上课时再告诉学员：没有口令，光凭文件试不出来。拿来学习正好，拿来考试、计分不合适。
#
# 证据只够讨论的时候，一道机器判的题也没有：下面就什么也不核对。

# %%
from casekit.workshop import check, open_checks
from casekit.workshop.editions import checks_of, keys_of

open_checks(checks_of(notebook).to_json())
marked = [key for key in keys_of(notebook).values() if key.form != "essay" and key.answer]
[check(key.id, key.answer) for key in marked]

# %% [markdown]
# 答错时只说错了，并指回证据：

# %%
[check(key.id, dict.fromkeys(key.answer, "?")) for key in marked]

# %% [markdown]
# ## 检查
#
# 教学笔记该有的部分齐不齐，时间加起来对不对，每处引文的位置与指纹，学员的文件里有没有答案的痕迹，两本笔记本能不能从头跑到尾。

# %%
checked = wb.workshops.check(master.path)
DataFrame([{"结果": one.level, "关于": one.topic, "说明": one.message} for one in checked.findings])

# %%
assert not checked.wrong

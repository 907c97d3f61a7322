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
# # 1 检索与阅读
#
# *Search and read*
#
# > **您的问题**：客户上午问，“同行怎样让导购用企业微信联系顾客？有没有效果？”下午要回话。语料里有没有，原文怎么说，谁说的？
#
# **二十分钟以后，您手上有** 一份两页的简报（Word）：哪些是报道直述，哪些是有人自称、计划、传闻，每句话带出处，没有人报道的也写明。
#
# - **顾问** 拿它回客户的话，被追问时点得回原文。
# - **培训师** 备课时先看清“有没有说过”：没有依据的话，casekit 会直说没有。
# - **写作者** 每个地址（`来源:起点-终点`）点一下就能复制，日后随时回到原处。
#
# 按 `Shift + Enter` 逐格运行，或在菜单里选“运行 → 全部运行”。

# %% [markdown]
# ## 准备
#
# `wb` 是这个工作区的工作台。第一次要建索引，约十秒；以后只做有变化的部分。

# %%
from casekit.jupyter import wb

wb.build()

# %% [markdown]
# ## 一、用一句话问
#
# 按意思找，不必猜原文用了哪个词。每条结果有地址、所在小标题、相关度（0 到 1）和著录；黄色的是与问题相同的字。

# %%
answer = wb.search("沃尔玛的扫码购有多少用户?", k=3)
answer

# %% [markdown]
# 繁体、英文问的是同一份语料。

# %%
wb.search("步步高的會員數位化做到什麼程度?", k=2)

# %%
wb.search("How do shop assistants keep in touch with customers?", k=2)

# %% [markdown]
# ## 二、问不到的时候
#
# 语料里没有的，casekit 不编。下面这家公司没有一篇提到：结果仍列出最接近的段落，但写明“似乎没有能直接回答的内容”。
# 程序里看 `answerable`。

# %%
missing = wb.search("肯德基的早餐卖得怎么样?", k=2)
missing.answerable

# %%
missing

# %% [markdown]
# ## 三、收窄
#
# 以 `%casekit` 开头的一行就是一条命令，不用写代码；按 `Tab` 会补全动词、选项、来源编号和名称（打 `綾` 也能补出“绫致”）。
# 结果可以接住：`answer = %casekit search …`。

# %%
# %casekit search 导购怎样联系顾客 --company 绫致 -k 3

# %%
achieved = wb.search("会员", k=5, naming=["步步高"], kinds=["achieved"])
achieved

# %% [markdown]
# 这些段落还提到谁？

# %%
wb.facets(achieved)

# %% [markdown]
# 想边打字边看结果，用检索框：

# %%
from casekit.jupyter import search_box

search_box()

# %% [markdown]
# ## 四、回到原文
#
# 取第一条结果，看整篇：划掉的是剔除的部分，指上去看理由；正文一字不改。

# %%
best = answer.hits[0]
source, span = best.passage.source, best.passage.span
wb.show(source)

# %% [markdown]
# 和这一段相近的，还有哪些？

# %%
wb.like(source, span.start, span.end, k=3)

# %% [markdown]
# ## 五、找原词
#
# 要逐字找（繁简、全半角不计），用 `find`；要看一个词前后怎么用，用 `kwic`。

# %%
wb.kwic("导购")

# %% [markdown]
# ## 六、交出去：一份两页的简报
#
# 先看四栏：实据、自称、计划、传闻。数字和“谁用了什么”都在里面，每条后面是原句和几篇原文。

# %%
# %casekit board 同行怎样让导购用企业微信联系顾客

# %% [markdown]
# 写成 Word，放进 `交付/`。写出以前它自己核对过一遍：引文一字不差，数字都有出处；过不了核对的，只给位置，不给文字。

# %%
from pathlib import Path

Path("交付").mkdir(exist_ok=True)

# %%
# %casekit brief 同行怎样让导购用企业微信联系顾客 -o 交付/简报.docx

# %% [markdown]
# ## 试一试
#
# 1. 把下面的问题换成您自己的，看 `answerable` 是真是假。
# 2. 给检索加上 `since="2019"`，少了哪些来源？
# 3. 从结果里复制一个地址，贴到 `wb.quote(...)` 里（第 5 本会细讲）。

# %%
my_question = "门店怎样把顾客加到企业微信里?"
wb.search(my_question, k=3)

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
# # 2 关系网络
#
# *The network*
#
# > **您的问题**：客户想上扫码购。**谁已经在用，配了什么打法，报道了什么结果？** 哪些只有一篇文章说过，不能当成定论？
#
# **二十分钟以后，您手上有** 一张可以点的关系图（一个网页文件，不用联网）和一份“扫码购：实据、自称、计划、传闻”的简报。
#
# - **顾问** 给客户看图，点一条线就是原句。
# - **培训师** 用一张图讲清“公司—工具—打法—框架”。
# - **写作者** 找出只有一篇说过的说法，写作时格外小心。
#
# 网络里的每条线都来自原文的句子；没有句子，就没有线。

# %%
from casekit.jupyter import wb

wb.build()

# %% [markdown]
# ## 一、看图
#
# 点一个节点看它的关系，点一条线读原句；可以搜索、按类型筛选、展开邻居、导出 SVG 和 PNG。

# %%
from casekit.jupyter import network

explorer = network(around="沃尔玛", hops=2)
explorer

# %% [markdown]
# 您在图上选中的，Python 里就是 `explorer.selected`（还没有选，就是空的）。

# %%
explorer.selected

# %% [markdown]
# ## 二、问关系
#
# 一家公司和谁、和什么有关？每条关系下面是说出它的句子。

# %%
wb.network.neighbours("步步高")

# %% [markdown]
# 两家公司之间有什么联系？

# %%
wb.network.paths("沃尔玛", "步步高", longest=3)

# %% [markdown]
# 谁用了同样的工具？谁常在一起出现？

# %%
wb.network.shared("tool")

# %%
wb.network.together("味全")

# %% [markdown]
# ## 三、一个工具带来了什么
#
# 采用者，以及报道出来的数字，离得近的在前。**离得近不等于因果**：同一句、同一段，或只是同一家公司。

# %%
wb.network.outcomes("扫码购")

# %% [markdown]
# ## 四、谁居中，谁只有一篇说

# %%
wb.network.central()[:10]

# %%
alone = wb.network.single_source()
print(f"{len(alone)} 条关系只有一篇文章说过")
alone[:5]

# %% [markdown]
# ## 五、做成表，带走
#
# 行是公司，列是工具；格子里是出处，没有报道的写“未报道”。

# %%
wb.network.company_tools()

# %% [markdown]
# ## 六、交出去：一张图，一份简报
#
# 网页文件谁都能打开：点节点、点线、读原句，不用装 casekit。

# %%
from pathlib import Path

Path("交付").mkdir(exist_ok=True)

# %%
# %casekit graph --around 扫码购 -o 交付/扫码购.html

# %%
# %casekit brief --tactic 扫码购 -o 交付/扫码购简报.docx

# %% [markdown]
# ## 试一试
#
# 1. 把 `around` 换成“企业微信”，看谁围着它。
# 2. 换一个工具问 `outcomes`，例如“企业微信”：哪些数字只是“同一公司”？
# 3. `%casekit network` 后面按 `Tab`，看还能问什么。

# %%
my_tool = "企业微信"
wb.network.outcomes(my_tool)[:2]

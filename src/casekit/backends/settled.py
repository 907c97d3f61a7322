"""What is settled of a backend when its first row is written."""

from __future__ import annotations

from casekit.backends.protocol import MOST, Backend, Description
from casekit.errors import NotBuiltError, SettingError
from casekit.language import say

__all__ = ["check_description", "check_wanted", "settled"]


def settled(backend: Backend) -> Description:
    """What a backend's rows have in common.

    Raises:
        NotBuiltError: If none was written yet.
    """
    description = backend.describe()
    if description is None:
        raise NotBuiltError(
            say(
                f"{backend.url} 还没有内容；请先运行 casekit push {backend.url}",
                f"{backend.url} holds nothing yet; run casekit push {backend.url} first",
            )
        )
    return description


def check_description(url: str, there: Description, wanted: Description) -> None:
    """Pass only if rows of `wanted` may stand beside those that are there.

    Raises:
        SettingError: If their vectors are another model's.
    """
    if (there.dim, there.model) != (wanted.dim, wanted.model):
        raise SettingError(
            say(
                f"{url} 里的向量是另一个模型的（{there.dim} 维，{there.model[:8] or '无'}），本工作区是 {wanted.dim} 维、"
                f"{wanted.model[:8] or '无'}；用 --replace 整个换掉，或换一个名字",
                f"the vectors at {url} are another model's ({there.dim} numbers, {there.model[:8] or 'none'}), this "
                f"workspace has {wanted.dim}, {wanted.model[:8] or 'none'}; replace all with --replace, or give another name",
            )
        )


def check_wanted(k: int) -> None:
    """Pass only if so many rows may be asked for.

    Raises:
        SettingError: If not.
    """
    if not 1 <= k <= MOST:
        raise SettingError(say(f"一次取 1 到 {MOST} 条，不是 {k}", f"ask for 1 to {MOST} at once, not {k}"))

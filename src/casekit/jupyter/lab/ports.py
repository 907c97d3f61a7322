"""A free port of this machine's loopback address."""

from __future__ import annotations

import socket

from casekit.errors import SettingError
from casekit.language import say

__all__ = ["LOOPBACK", "choose_port"]

LOOPBACK = "127.0.0.1"
_TRIED = 50  # as many as Jupyter itself tries


def choose_port(wanted: int | None, *, first: int) -> int:
    """`wanted` if it is free; without a wish the first free one from `first` on; for 0 any.

    Raises:
        SettingError: If `wanted` is no port or taken, or none is free.
    """
    if wanted is None:
        for port in range(first, first + _TRIED):
            if _is_free(port):
                return port
        wanted = 0
    if not 0 <= wanted <= 65535:
        raise SettingError(say(f"端口是 {wanted}，应为 0 到 65535", f"the port is {wanted}; wanted 0 to 65535"))
    if wanted == 0:
        with socket.socket() as any_free:
            any_free.bind((LOOPBACK, 0))
            return int(any_free.getsockname()[1])
    if not _is_free(wanted):
        raise SettingError(
            say(
                f"端口 {wanted} 用不了（已被占用或没有权限）；换一个，或不写 --port 自动选",
                f"port {wanted} cannot be used (taken, or not permitted); name another, or leave --port out",
            )
        )
    return wanted


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if hasattr(socket, "SO_REUSEADDR") and not hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just closed is free, as for the server
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True

"""Slow salted digests of answers, and reasons that only the right answer opens."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import Final

from casekit.fold import match_key

__all__ = ["ROUNDS", "lock_of", "seal", "sealed_of", "unseal"]

# PBKDF2, which browsers have built in, too: 0.05-0.1 s a try on an ordinary core, as long as five parts can take together
# before people notice. Four options are tried in less than a second, whatever the number: that is what the word is for.
ROUNDS: Final = 200_000
_DIGEST_BYTES: Final = 16


@lru_cache(maxsize=1024)
def _derived(salt: str, place: str, told: str, word: str) -> bytes:
    seasoned = f"{salt}:{place}:{match_key(word)}" if word else f"{salt}:{place}"
    return hashlib.pbkdf2_hmac("sha256", told.encode("utf-8"), seasoned.encode("utf-8"), ROUNDS)


def seal(salt: str, place: str, told: str, reason: str, *, word: str = "") -> tuple[str, str]:
    """The slow salted digest of a folded answer in hex, and a reason that only this answer opens, in base64.

    Args:
        salt: The workshop's salt.
        place: Exercise and part ("q1/2"), so that equal answers have other digests.
        told: The answer as `folded_part` gives it.
        reason: What participants read when they have it right.
        word: What the facilitator gives out; part of the salt.

    References:
        B. Kaliski (2000). PKCS #5: Password-Based Cryptography Specification 2.0. RFC 2898.
    """
    key = _derived(salt, place, told, word)
    digest = hashlib.sha256(key + b"digest").digest()[:_DIGEST_BYTES]
    return digest.hex(), base64.b64encode(_crypted(key, reason.encode("utf-8"))).decode("ascii")


def sealed_of(salt: str, place: str, told: str, *, word: str = "") -> str:
    """The digest alone."""
    return seal(salt, place, told, "", word=word)[0]


def unseal(salt: str, place: str, told: str, sealed: str, *, word: str = "") -> str:
    """The reason again, for who has the answer."""
    raw = _crypted(_derived(salt, place, told, word), base64.b64decode(sealed))
    return raw.decode("utf-8", "replace")


def _crypted(key: bytes, data: bytes) -> bytes:
    """The data with the key's stream over it; the same again undoes it. Each key is used for one reason only."""
    stream = b"".join(
        hashlib.sha256(key + b"reason" + n.to_bytes(4, "big")).digest() for n in range(len(data) // 32 + 1)
    )
    return bytes(a ^ b for a, b in zip(data, stream, strict=False))


def lock_of(salt: str, word: str) -> str:
    """The digest by which a word is recognised; empty for no word."""
    return sealed_of(salt, "word", match_key(word)) if word else ""

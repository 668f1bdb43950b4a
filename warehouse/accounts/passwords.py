"""Passwords are kept as scrypt hashes; the parameters stand beside each hash, so they can rise."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from threading import BoundedSemaphore

#: N, r, p: 32 MB and about a quarter of a second; one of OWASP's equivalent choices of 2025.
COST = (2**15, 8, 3)
MAX_MEMORY = 128 * 2**20
LONGEST = 256
#: Guessers share two places, so that they cannot take the machine's memory.
_places = BoundedSemaphore(2)


@dataclass(frozen=True)
class Kept:
    """What is stored of a password."""

    cost: tuple[int, int, int]
    salt: bytes
    digest: bytes

    @classmethod
    def parse(cls, cost: str, salt: str, digest: str) -> Kept:
        """From the three cells of users.csv; ValueError where one is damaged."""
        n, r, p = (int(part) for part in cost.split(":"))
        kept = cls((n, r, p), bytes.fromhex(salt), bytes.fromhex(digest))
        if not (2**14 <= n <= 2**20 and 1 <= r <= 32 and 1 <= p <= 16):
            raise ValueError(f"scrypt {cost}")
        if len(kept.salt) < 16 or len(kept.digest) != 32:
            raise ValueError("salt or hash too short")
        return kept

    def cells(self) -> dict[str, str]:
        """The three cells of users.csv."""
        return {
            "scrypt": ":".join(map(str, self.cost)),
            "salt": self.salt.hex(),
            "hash": self.digest.hex(),
        }


def keep(password: str) -> Kept:
    """A new salt and the hash of a password."""
    salt = secrets.token_bytes(16)
    return Kept(COST, salt, _scrypt(password, salt, COST))


def matches(password: str, kept: Kept | None) -> bool:
    """Whether this is the password; an unknown user takes as long as a known one."""
    if len(password) > LONGEST:
        return False
    if kept is None:
        _scrypt(password, b"no such user....", COST)
        return False
    return hmac.compare_digest(_scrypt(password, kept.salt, kept.cost), kept.digest)


def weakness(password: str, name: str, shortest: int) -> str:
    """Why a password is refused, in Chinese; empty when it is not."""
    if len(password) < shortest:
        return f"密码至少 {shortest} 个字符"
    if len(password) > LONGEST:
        return f"密码最多 {LONGEST} 个字符"
    if name.casefold() in password.casefold() or len(set(password)) < 4:
        return "密码太容易猜到：不要包含用户名，也不要只用两三种字符"
    return ""


def _scrypt(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    with _places:
        return hashlib.scrypt(
            password.encode("utf-8", "surrogatepass"),
            salt=salt,
            n=n,
            r=r,
            p=p,
            maxmem=MAX_MEMORY,
            dklen=32,
        )

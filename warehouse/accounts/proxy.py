"""Sign-in done by a reverse proxy: it names the user in a header and proves itself in another.

HOME/<profile>/proxy.json holds {"user_header", "secret_header", "secret"}; without it no header is
believed. The user must stand in users.csv, which still says the roles.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping

from warehouse.accounts.users import Refused, User, read_users
from warehouse.files.home import Home

SHORTEST_SECRET = 32
KEYS = ("user_header", "secret_header", "secret")


def user_of(home: Home, headers: Mapping[str, str]) -> User | None:
    """The user a trusted proxy names; None where there is no proxy, or a header is not its own."""
    path = home.folder / "proxy.json"
    if not path.is_file():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        user_header, secret_header, secret = (str(told[key]) for key in KEYS)
    except (ValueError, TypeError, KeyError) as error:
        raise Refused("proxy.json 无法读取") from error
    if len(secret) < SHORTEST_SECRET:
        raise Refused(f"proxy.json 的 secret 至少 {SHORTEST_SECRET} 个字符")
    sent = {name.lower(): value for name, value in headers.items()}
    if not hmac.compare_digest(sent.get(secret_header.lower(), "").encode(), secret.encode()):
        return None
    return read_users(home).get(sent.get(user_header.lower(), ""))

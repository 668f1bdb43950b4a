"""HOME/<profile>/users.csv: who may sign in, in which roles, speaking for which unit."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from warehouse.accounts import passwords
from warehouse.accounts.passwords import Kept
from warehouse.files import settings
from warehouse.files.home import Home, write_atomic

ROLES_ZH = {"leader": "领导", "analyst": "分析", "staff": "填报", "admin": "管理员"}
COLUMNS = ("name", "display_name", "roles", "unit_id", "scrypt", "salt", "hash", "created_at")
SEPARATOR = "|"
LOCK_SECONDS = 10
_NAME = re.compile(r"\w[\w.-]{0,39}")
_DISPLAY_NAME = re.compile(r"\w[\w .·（）()-]{0,39}")


class Refused(Exception):
    """A change or a sign-in that is not accepted; the text says why, in Chinese."""


@dataclass(frozen=True)
class User:
    """One row of users.csv."""

    name: str
    display_name: str
    roles: frozenset[str]
    unit_id: str
    password: Kept
    created_at: str

    @property
    def fingerprint(self) -> str:
        """Changes with the password, so that sessions begun with an older one end."""
        return hashlib.sha256(self.password.salt + self.password.digest).hexdigest()

    @property
    def roles_zh(self) -> str:
        """`领导、分析`, in the order of the roles."""
        return "、".join(ROLES_ZH[role] for role in ROLES_ZH if role in self.roles)


def users_path(home: Home) -> Path:
    """The file; without it there are no accounts."""
    return home.folder / "users.csv"


def read_users(home: Home) -> dict[str, User]:
    """All users by name; Refused when the file is damaged: breaking it opens no door."""
    path = users_path(home)
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        try:
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise ValueError("columns")
            return {user.name: user for user in map(_user, reader)}
        except (ValueError, TypeError, AttributeError, csv.Error) as error:
            place = f"{path.name} 第 {reader.line_num} 行"
            raise Refused(f"{place}无法读取，请从备份恢复") from error


def _user(row: dict[str, str]) -> User:
    roles = frozenset(row["roles"].split(SEPARATOR))
    if None in row or not roles <= ROLES_ZH.keys() or not _NAME.fullmatch(row["name"]):
        raise ValueError(row["name"])
    kept = Kept.parse(row["scrypt"], row["salt"], row["hash"])
    return User(row["name"], row["display_name"], roles, row["unit_id"], kept, row["created_at"])


def add_user(
    home: Home,
    name: str,
    roles: Iterable[str],
    password: str,
    display_name: str = "",
    unit_id: str = "",
) -> User:
    """Add a user; Refused when the name is taken or something does not fit."""
    shown, chosen = display_name or name, frozenset(roles)
    if not _NAME.fullmatch(name):
        raise Refused("用户名只用文字、字母、数字、点和横线，最多 40 个字")
    if not _DISPLAY_NAME.fullmatch(shown):
        raise Refused("显示名须以文字、字母或数字开头，最多 40 个字")
    if not chosen or not chosen <= ROLES_ZH.keys():
        raise Refused(f"角色只能是 {'、'.join(f'{k}（{v}）' for k, v in ROLES_ZH.items())}")
    if unit_id and unit_id not in _unit_ids(home):
        raise Refused(f"辖区配置 units.csv 里没有单位 {unit_id}")
    kept = _new_password(home, name, password)
    now = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    with _editing(home):
        known = read_users(home)
        if name in known:
            raise Refused(f"已有用户 {name}；要换密码请用 user password")
        known[name] = User(name, shown, chosen, unit_id, kept, now)
        _write(home, known.values())
    return known[name]


def change_password(home: Home, name: str, password: str) -> None:
    """Give a user another password; sessions begun with the old one end."""
    kept = _new_password(home, name, password)
    with _editing(home):
        known = read_users(home)
        old = _known(known, name)
        known[name] = User(name, old.display_name, old.roles, old.unit_id, kept, old.created_at)
        _write(home, known.values())


def remove_user(home: Home, name: str) -> None:
    """Remove a user; their sessions end with it."""
    with _editing(home):
        known = read_users(home)
        _known(known, name)
        del known[name]
        _write(home, known.values())


def _known(known: dict[str, User], name: str) -> User:
    if name not in known:
        raise Refused(f"没有用户 {name}")
    return known[name]


def _new_password(home: Home, name: str, password: str) -> Kept:
    if reason := passwords.weakness(password, name, settings.value("password_length", home)):
        raise Refused(reason)
    return passwords.keep(password)


def _unit_ids(home: Home) -> set[str]:
    with (home.profile_folder / "units.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["unit_id"] for row in csv.DictReader(stream)}


def _editing(home: Home) -> FileLock:
    home.folder.mkdir(parents=True, exist_ok=True)
    return FileLock(home.folder / "users.lock", timeout=LOCK_SECONDS)


def _write(home: Home, users: Iterable[User]) -> None:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for user in users:
        ordered = [role for role in ROLES_ZH if role in user.roles]
        cells = {name: getattr(user, name) for name in ("name", "display_name", "unit_id")}
        cells |= {"roles": SEPARATOR.join(ordered), "created_at": user.created_at}
        writer.writerow(cells | user.password.cells())
    write_atomic(users_path(home), out.getvalue().encode())

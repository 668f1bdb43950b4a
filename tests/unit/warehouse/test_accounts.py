"""Users, passwords, sessions: who comes in, who does not, and when a session ends."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from warehouse.accounts import passwords, proxy, sessions, users
from warehouse.accounts.users import Refused
from warehouse.files.home import Home

NAME, PASSWORD, HERE = "zhang", "晾晒-2026-十月", "10.0.0.7"
SECRET = "s" * 32


@pytest.fixture(autouse=True)
def cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", (2**14, 8, 1))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with one user."""
    made = Home(tmp_path, "demo")
    users.add_user(made, NAME, ["leader", "analyst"], PASSWORD, "张三")
    return made


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds to add to the clock of sessions."""
    ahead, real = [0.0], time.time
    monkeypatch.setattr(time, "time", lambda: real() + ahead[0])
    return ahead


def test_the_file_keeps_no_password(home: Home) -> None:
    text = users.users_path(home).read_text("utf-8")
    assert PASSWORD not in text
    assert users.users_path(home).stat().st_mode & 0o077 == 0
    known = users.read_users(home)[NAME]
    assert known.roles == frozenset({"leader", "analyst"})
    assert known.roles_zh == "领导、分析"


def test_the_same_password_is_kept_differently_and_with_its_cost() -> None:
    one, other = passwords.keep(PASSWORD), passwords.keep(PASSWORD)
    assert one.digest != other.digest
    assert passwords.matches(PASSWORD, passwords.Kept.parse(*one.cells().values()))
    assert not passwords.matches(PASSWORD + " ", one)
    assert not passwords.matches(PASSWORD, None)


@pytest.mark.parametrize("word", ["short", "zhang-12345", "aaaaaaaaaa", "x" * 300])
def test_weak_passwords_are_refused(home: Home, word: str) -> None:
    with pytest.raises(Refused):
        users.change_password(home, NAME, word)


@pytest.mark.parametrize("name", ["", "a b", "../x", "=cmd", NAME, "x" * 41])
def test_names_that_do_not_fit_are_refused(home: Home, name: str) -> None:
    with pytest.raises(Refused):
        users.add_user(home, name, ["leader"], PASSWORD)


@pytest.mark.parametrize("roles", [[], ["root"], ["leader", "root"]])
def test_unknown_roles_are_refused(home: Home, roles: list[str]) -> None:
    with pytest.raises(Refused):
        users.add_user(home, "li", roles, PASSWORD)


@pytest.mark.parametrize(
    "damage",
    [("leader|analyst", "root"), ("16384:8:1", "2:1:1"), ("name,", "nom,"), (NAME, "a b")],
    ids=["role", "cost", "head", "name"],
)
def test_a_damaged_file_lets_nobody_in(home: Home, damage: tuple[str, str]) -> None:
    path = users.users_path(home)
    token = sessions.sign_in(home, NAME, PASSWORD, HERE)
    path.write_text(path.read_text("utf-8").replace(*damage), "utf-8")
    with pytest.raises(Refused):
        sessions.identify(home, token)


def test_a_token_is_its_users_and_nobody_elses(home: Home) -> None:
    token = sessions.sign_in(home, NAME, PASSWORD, HERE)
    known = sessions.identify(home, token)
    assert known is not None
    assert known.name == NAME
    assert token.encode() not in (home.folder / "state.sqlite").read_bytes()
    for other in ("", token[:-1], token + "A", token.swapcase(), "' or 1=1 --", "0" * 43):
        assert sessions.identify(home, other) is None


def test_signing_out_ends_the_token(home: Home) -> None:
    token = sessions.sign_in(home, NAME, PASSWORD, HERE)
    sessions.sign_out(home, token)
    assert sessions.identify(home, token) is None
    sessions.sign_out(home, token)


def test_five_wrong_passwords_lock_this_machine_out(home: Home, clock: list[float]) -> None:
    for _ in range(5):
        with pytest.raises(Refused, match="不对"):
            sessions.sign_in(home, NAME, "wrong-password", HERE)
    with pytest.raises(Refused, match="15 分钟后再试"):
        sessions.sign_in(home, NAME, PASSWORD, HERE)
    assert sessions.sign_in(home, NAME, PASSWORD, "10.0.0.8")
    clock[0] = 16 * 60
    assert sessions.sign_in(home, NAME, PASSWORD, HERE)


def test_many_guesses_at_once_are_counted_one_by_one(home: Home) -> None:
    def guess(_: int) -> str:
        try:
            return sessions.sign_in(home, NAME, "wrong-password", HERE)
        except Refused as reason:
            return str(reason)

    with ThreadPoolExecutor(12) as guessers:
        said = list(guessers.map(guess, range(12)))
    assert said.count(sessions.WRONG) == 5


def test_an_unknown_name_is_answered_and_locked_like_a_known_one(home: Home) -> None:
    said = []
    for _ in range(6):
        with pytest.raises(Refused) as refused:
            sessions.sign_in(home, "nobody", "wrong-password", HERE)
        said.append(str(refused.value))
    assert said[0] == sessions.WRONG
    assert "再试" in said[5]


def test_an_idle_session_ends_and_a_used_one_does_not(home: Home, clock: list[float]) -> None:
    used, idle = (sessions.sign_in(home, NAME, PASSWORD, HERE) for _ in range(2))
    for minutes in (20, 40, 60):
        clock[0] = minutes * 60
        assert sessions.identify(home, used)
        if minutes == 20:
            assert sessions.identify(home, idle, is_active=False)
    assert sessions.identify(home, idle) is None
    clock[0] = 13 * 3600
    assert sessions.identify(home, used) is None


def test_the_idle_time_is_a_setting(home: Home, clock: list[float]) -> None:
    (home.folder / "settings.csv").write_text("name,value\nidle_minutes,5\n", "utf-8")
    token = sessions.sign_in(home, NAME, PASSWORD, HERE)
    clock[0] = 6 * 60
    assert sessions.identify(home, token) is None


@pytest.mark.parametrize("change", ["password", "removed", "removed_and_added"])
def test_a_session_ends_with_its_user(home: Home, change: str) -> None:
    token = sessions.sign_in(home, NAME, PASSWORD, HERE)
    if change == "password":
        users.change_password(home, NAME, "another-password")
    else:
        users.remove_user(home, NAME)
    if change == "removed_and_added":
        users.add_user(home, NAME, ["admin"], PASSWORD)
    assert sessions.identify(home, token) is None


def test_a_proxy_is_believed_with_its_secret_alone(home: Home) -> None:
    told = {"X-User": NAME, "X-Proof": SECRET}
    assert proxy.user_of(home, told) is None
    settings = f'{{"user_header": "X-User", "secret_header": "X-Proof", "secret": "{SECRET}"}}'
    (home.folder / "proxy.json").write_text(settings, "utf-8")
    named = proxy.user_of(home, told)
    assert named is not None
    assert named.name == NAME
    assert proxy.user_of(home, {**told, "X-User": "nobody"}) is None
    for proof in ("", SECRET[:-1], SECRET + "s"):
        assert proxy.user_of(home, {**told, "X-Proof": proof}) is None
    (home.folder / "proxy.json").write_text(settings.replace(SECRET, "short"), "utf-8")
    with pytest.raises(Refused):
        proxy.user_of(home, {**told, "X-Proof": "short"})

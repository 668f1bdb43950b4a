"""The desk of an analyst's session: the text being written, the query running, the last answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from pages.ui.access import access, cache
from pages.ui.access.access import ALONE, person
from pages.ui.workbench.editor import Told
from reports.workbench.query_files import Answer
from warehouse.files.home import Home
from warehouse.guard import guarded_query, query_log, questions
from warehouse.guard.guarded_query import Outcome, Query
from warehouse.guard.questions import Question, QuestionError
from warehouse.versions import versions

KEY = "desk"
NEWEST = ""
STEP_SECONDS, LEAVE_SECONDS = 0.1, 2.0


@dataclass
class Asking:
    """A query on its way, with what its answer will rest on."""

    query: Query
    question: Question
    values: Mapping[str, str]
    build_zh: str
    begun: datetime
    person: str
    plan: bool


@dataclass
class Desk:
    """What one session holds; a rerun of the page leaves it as it is."""

    text: str = ""
    stamp: int = 0
    insert: tuple[int, str] = (0, "")
    values: dict[str, str] = field(default_factory=dict)
    wanted: bool = False
    asking: Asking | None = None
    answer: Answer | None = None

    @property
    def told(self) -> Told:
        return Told(self.text, self.stamp, self.insert)

    @property
    def question(self) -> Question:
        """The text as a question; a head nobody understands declares nothing and is told on run."""
        try:
            return questions.read("", self.text)
        except QuestionError:
            return Question("", "", "", self.text, ())

    def load(self, text: str) -> None:
        """Put another text into the editor."""
        self.text, self.stamp = text.strip() + "\n", self.stamp + 1

    def put(self, name: str) -> None:
        """Insert a name where the editor's cursor stands."""
        self.insert = (self.insert[0] + 1, name)

    def write(self, text: str) -> None:
        """The editor's text has changed."""
        self.text = text

    def run(self, text: str) -> None:
        """The editor asks for its text to be run."""
        self.text, self.wanted = text, True

    def cancel(self) -> None:
        """End the running query."""
        if self.asking is not None:
            self.asking.query.cancel()


def desk() -> Desk:
    """This session's desk."""
    found: Desk = st.session_state.setdefault(KEY, Desk())
    return found


def _asker() -> str:
    """Whose turn it is: a person, or where nobody signs in, a session."""
    user = access.visitor()
    return user.name if user else f"{ALONE}{id(desk())}"


def editions() -> dict[str, str]:
    """What can be asked: the newest build, then the frozen editions."""
    home, known = Home.find(), (NEWEST, *cache.editions())
    return {name: _version_zh(versions.served_file(home, name or None)) for name in known}


def _version_zh(served: Path) -> str:
    kind, _, number = versions.build_id(served).partition("-")
    return f"{number} 定稿" if kind == "edition" else f"最新数据（第 {number} 版）"


def start(edition: str, *, plan: bool = False) -> None:
    """Run the editor's text; the log knows of it before the worker does."""
    access.renew()
    mine, home = desk(), Home.find()
    mine.wanted, mine.answer = False, None
    if mine.asking is not None:
        mine.cancel()
        mine.asking.query.wait(LEAVE_SECONDS)
    path, now = versions.served_file(home, edition or None), datetime.now(UTC).astimezone()
    build_zh = _version_zh(path)
    try:
        question = questions.read("", mine.text)
    except QuestionError as error:
        refused = Outcome("refused", f"{error}。")
        question = Question("", "", "", mine.text, ())
        mine.answer = Answer(question, {}, refused, build_zh, now, person(), plan)
        return
    values = {p.name: mine.values.get(p.name, p.default) for p in question.parameters}
    log_id = query_log.begin(home, person(), versions.build_id(path), mine.text, values)
    request = guarded_query.Request(
        path,
        questions.marked(question.sql, values),
        _asker(),
        questions.bound(question, values),
        plan,
    )
    query = guarded_query.start(
        request, guarded_query.limits_of(home), lambda outcome: query_log.end(home, log_id, outcome)
    )
    mine.asking = Asking(query, question, values, build_zh, now, person(), plan)


def finish() -> bool:
    """Wait a step for the running query; True when its answer has come, or nothing runs.

    A run of the page that is being replaced may still wait here beside the one that replaces it.
    """
    mine = desk()
    waited_for = mine.asking
    if waited_for is None:
        return True
    if not waited_for.query.wait(STEP_SECONDS):
        return False
    if mine.asking is waited_for:
        mine.answer, mine.asking = _answer(waited_for), None
    return True


def _answer(done: Asking) -> Answer:
    return Answer(
        done.question,
        {p.label_zh: done.values[p.name] for p in done.question.parameters},
        done.query.result(),
        done.build_zh,
        done.begun,
        done.person,
        done.plan,
    )

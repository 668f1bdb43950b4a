"""What a person does on 数据报送: hand in, look, confirm, give up, take back; each step is a job.

The page never opens a workbook: it keeps what was handed in under its hash and starts the command
line as a child (`warehouse.files.jobs`). Which job a window looks at stands in its address and
session: a reload goes on where it was, and no window ever shows or confirms what another handed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.ui.access import access
from warehouse.files import jobs, uploads
from warehouse.files.home import Home
from warehouse.files.jobs import Job
from warehouse.files.uploads import Upload
from warehouse.versions import batches
from warehouse.versions.waiting_version import Waiting

ALONE = "本机用户"
JOB, MESSAGE, ROUND, BATCH = "job", "intake_message", "intake_round", "batch"
OWN = "intake_job"
DEALT_WITH = "这一次已在别的窗口确认或放弃，这里什么也没有做"
KINDS = ("preview", "load", "undo", "build")
DECIDE = "decide"
MODES = {"slice": "整段替换", "append": "补报"}
Options = Mapping[str, Any]


def person() -> str:
    """Who acts, as receipts and jobs name it."""
    user = access.visitor()
    return user.display_name if user else ALONE


def current() -> Job | None:
    """The job this window is about: the one of its address, else the one it looked at last."""
    for told in (st.query_params.get(JOB, ""), st.session_state.get(OWN, "")):
        job = jobs.find(Home.find(), told)
        if job is not None and job.kind in (*KINDS, DECIDE) and not job.is_closed:
            st.session_state[OWN] = st.query_params[JOB] = job.id
            return job
    st.query_params.pop(JOB, None)
    return None


def left_open() -> list[Job]:
    """What this person began in another window and has not dealt with, newest first."""
    known = [one for one in jobs.recent(Home.find())[:10] if one.kind in KINDS]
    mine = [one for one in known if one.actor == person() and not one.is_closed]
    return [one for one in mine if one.state == jobs.RUNNING or is_trial(one)]


def go_on(job: Job) -> None:
    """Look in this window at what was begun in another."""
    st.query_params[JOB] = job.id


def others(shown: Job | None) -> list[Job]:
    """What else is being changed just now; one's own is offered where nothing is shown."""
    going = [job for job in jobs.running(Home.find()) if not is_trial(job)]
    if shown is None:
        return [job for job in going if job.actor != person()]
    return [job for job in going if job.id != shown.id]


def is_trial(job: Job) -> bool:
    """The job changes nothing: it only looks."""
    return job.kind == "preview" or "--preview" in job.command["words"]


def files_of(job: Job) -> list[Upload]:
    """The workbooks a job is about."""
    return [Upload.of(row) for row in job.about.get("files", ())]


def result_of(job: Job) -> dict[str, Any]:
    """The document a job ended with; empty while there is none."""
    return dict((job.ending() or {}).get("document", {}))


def hand_in(files: Sequence[Any], options: Options) -> None:
    """Keep what the uploader holds and look at it."""
    home = Home.find()
    access.renew()
    try:
        kept = [uploads.keep(home, file.name, file.getvalue()) for file in files]
    except uploads.Refused as refusal:
        st.session_state[MESSAGE] = str(refusal)
        return
    for one in kept:
        access.note("upload", f"{one.name} {one.sha256}")
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    look(kept, options)


def look(files: Sequence[Upload], options: Options) -> None:
    """Start a preview of kept files."""
    _start("preview", _load_words("preview", files, options), files, options)


def look_again(job: Job, **more: Any) -> None:
    """The same files, with what was asked for in the meantime."""
    job.close(person())
    look(files_of(job), {**job.about.get("options", {}), **more})


def confirm(job: Job, why: str = "") -> None:
    """Do what was looked at; with a reason where rows or lives would be lost."""
    home = Home.find()
    if job.is_closed:
        st.session_state[MESSAGE] = DEALT_WITH
        return
    if job.kind in ("undo", DECIDE):
        words = [word for word in job.command["words"] if word != "--preview"]
        action, words = job.kind, [*words, f"--why={why}"]
    else:
        accepted = ["--accept-shrink", f"--why={why}"] if why else []
        options = job.about.get("options", {})
        action, words = "load", [*_load_words("load", files_of(job), options), *accepted]
    if _start(action, words, files_of(job), job.about.get("options", {})) is not None:
        job.close(person())
    st.session_state.pop(f"why_{home.profile}", None)


def look_at_undo(what: str, names: Sequence[str]) -> None:
    """Start looking at what taking a batch or a workbook back would do."""
    _start("undo", ["undo", what, "--preview"], [], {"names": list(names)})


def look_at_adoption(seq: int, name: str, *, is_undo: bool) -> None:
    """Start looking at what 采用此表 of an older table, or taking that back, would do."""
    undo = ["--undo"] if is_undo else []
    look_at_decision(["adopt", str(seq), *undo], "撤回采用" if is_undo else "采用", name)


def look_at_decision(words: Sequence[str], does: str, name: str) -> None:
    """Start looking at what a decision would do; it asks for a reason before it is made."""
    _start(DECIDE, [DECIDE, *words, "--preview"], [], {"names": [name], "does": does})


def accept_held(sent: batches.Sent, why: str) -> None:
    """Confirm a submission that waits, from the archive."""
    home = Home.find()
    words = ["load", str(sent.path(home)), f"--as={sent.name}", "--accept-shrink", f"--why={why}"]
    _start("load", words, [], {"names": [sent.name]})


def look_at_asked(sent: batches.Sent) -> None:
    """Look again at a workbook that waits for an answer, from the archive."""
    home = Home.find()
    look([uploads.keep(home, sent.name, sent.path(home).read_bytes())], {})


def take_upgrade(waiting: Waiting, why: str) -> None:
    """Serve the new version whose list was shown."""
    words = ["build", f"--accept={waiting.mark}", f"--why={why}"]
    _start("build", words, [], {"names": ["采用新版"]})


def give_up(job: Job) -> None:
    """Forget a job that has ended; what was only looked at changes nothing."""
    job.close(person())
    st.query_params.pop(JOB, None)


def stop(job: Job) -> None:
    """End a running job; what a load had already taken in is taken back."""
    access.renew()
    access.note("cancel", f"{job.kind} {job.id}")
    job.cancel(person())
    begun = batches.find(Home.find(), job.id)
    if job.state == jobs.CANCELLED and begun is not None:
        names = [one.name for one in begun.sent]
        _start("undo", ["undo", job.id, "--why=入库时取消"], [], {"names": names})


def _load_words(command: str, files: Sequence[Upload], options: Options) -> list[str]:
    home = Home.find()
    words = [command, *(str(uploads.path_of(home, one.sha256)) for one in files)]
    words += [f"--as={one.name}" for one in files]
    words += [f"--unit={options['unit']}"] if options.get("unit") else []
    words += ["--mode=append"] if options.get("mode") == "append" else []
    words += [f"--kind={sheet}={kind}" for sheet, kind in options.get("kinds", {}).items()]
    return words + [f"--column={head}={it}" for head, it in options.get("columns", {}).items()]


def _start(
    action: str, words: Sequence[str], files: Sequence[Upload], options: Options
) -> Job | None:
    """Start a job and go to it; too many at once is said instead."""
    access.renew()
    about = {"files": [one.row() for one in files], "options": dict(options)}
    names = "、".join(one.name for one in files) or "、".join(options.get("names", ()))
    access.note(action, names or " ".join(words[1:]))
    job_id = jobs.new_id()
    own = [f"--load-id={job_id}"] if action == "load" else []
    try:
        job = jobs.start(Home.find(), [*words, *own], person(), about, job_id)
    except jobs.TooMany as refusal:
        st.session_state[MESSAGE] = str(refusal)
        return None
    st.query_params[JOB] = job.id
    return job

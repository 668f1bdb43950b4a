"""`load`: judge, write receipts, build, publish, and say what became of every file."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from etl.build.build import BuildOutcome, build
from etl.changes.lost_columns import EarlierTables
from etl.changes.orphaned_corrections import fitting
from etl.changes.upgrade import refuse_untaken
from etl.changes.withdrawn_rows import withdrawn_by
from etl.commands.report_words import describe
from etl.declarations.kind_answers import Columns, Kinds
from etl.declarations.recipe import recipe_of
from etl.intake.incoming import Incoming, Step, find_workbooks, judged, keep
from etl.intake.known_workbooks import Sending, known_sendings, refuse_unheard, told_of
from etl.intake.open_questions import UNIT, keep_questions, question_of, read_of
from etl.intake.receipts import accept_shrink, append, in_force, new_load_id, now
from etl.intake.submissions import Reporters, lost_original, reporters_of, unit_of
from etl.layout.own_place import told_place
from warehouse.files.home import Home, write_atomic

SHEET_KEYS = (
    "sheet table_no dataset unit as_of mode period rows loaded rejected skipped skipped_by rejects"
    " notes changes cells sums totals"
    " told_place unit_text filled_cells template columns extra_columns missing_columns readable"
).split()


@dataclass(frozen=True)
class LoadOptions:
    """How to load: for whom, replacing or adding, as which kinds and columns, who is responsible.

    `why` is the reason a person gives for accepting a slice that shrinks. `names` are the names
    workbooks came under, where their paths are not (an upload is kept under its hash). `load_id`
    is given by who starts the load and wants to take it back if it is ended half way.
    """

    unit: str = ""
    mode: str = ""
    accept_shrink: bool = False
    actor: str = "本机"
    kinds: Kinds = field(default_factory=dict)
    columns: Columns = field(default_factory=dict)
    why: str = "导入时已确认"
    names: Mapping[Path, str] = field(default_factory=dict)
    load_id: str = ""

    def name_of(self, path: Path) -> str:
        """The name a workbook came under; it is only data."""
        return self.names.get(path, path.name)


@dataclass
class LoadReport:
    """What a load did: one entry a file, and the build that is served afterwards."""

    load_id: str
    files: list[dict[str, Any]] = field(default_factory=list)
    effects: dict[str, Any] | None = None
    build: BuildOutcome = field(default_factory=lambda: BuildOutcome(None, False))
    withdrawn: int = 0  # rows in force before, taken out with nothing newer in their place

    @property
    def waiting(self) -> int:
        """Workbooks of this call that wait for a person: held, or with a question."""
        return sum(f["status"] == "held" or bool(f.get("asks")) for f in self.files)

    @property
    def exit_code(self) -> int:
        """0: the build has all, nothing waits. 3: a person has to look. 1: nothing, or stopped."""
        if self.build.stops:
            return 1
        if self.waiting or self.withdrawn:
            return 3
        return 0 if any(f["status"] != "refused" for f in self.files) else 1

    def document(self) -> dict[str, Any]:
        """The one JSON document of `load --json`."""
        told = {} if self.effects is None else {"effects": self.effects}
        return {
            "load_id": self.load_id,
            "build_id": self.build.number,
            "published": self.build.published,
            "waiting": self.waiting,
            "withdrawn": self.withdrawn,
            "stops": self.build.stops,
            "rejudged": self.build.rejudged,
            "files": self.files,
            **told,
        }


def load(
    home: Home,
    paths: list[Path],
    options: LoadOptions,
    progress: Callable[[str], None] = lambda _: None,
    step: Step = lambda *_: None,
) -> LoadReport:
    """Load workbooks into the home. The caller holds the write lock.

    Untaken, and nothing done, while a new version waits for a person.
    """
    refuse_untaken(home, options.actor, progress, step)
    report = LoadReport(options.load_id or new_load_id())
    recipe = recipe_of(home.profile_folder)
    try:
        workbooks = find_workbooks(paths)
        missing = [path for path in workbooks if not path.is_file()]
        report.files += [_entry(path, "refused", f"找不到文件“{path}”") for path in missing]
        jobs = told_of(home, [p for p in workbooks if p.is_file()], options)
        with judged(home, jobs, step) as all_incoming:
            refuse_unheard(options.columns, (incoming.verdict for incoming in all_incoming))
            _submit(home, all_incoming, options, report, recipe)
        report.build = build(home, report.load_id, options.actor, progress, step)
        if options.accept_shrink and (waiting := _held_of(home, report)):
            accept_shrink(home, sorted(waiting), options.actor, options.why)
            report.build = build(home, report.load_id, options.actor, progress, step)
        _mark_held(home, report)
        report.withdrawn = withdrawn_by(home, report.load_id)
        return report
    finally:
        describe(report.files, home.profile_folder)
        _write_report(home, report)


def _submit(
    home: Home, all_incoming: list[Incoming], options: LoadOptions, report: LoadReport, recipe: str
) -> None:
    known, taken_in = known_sendings(home), {r.sha256 for r in in_force(home).active.values()}
    originals = {*taken_in, *(incoming.sha256 for incoming in all_incoming)}
    reporters = reporters_of(home.profile_folder)
    earlier = EarlierTables(home, recipe, reporters)
    fresh: list[tuple[Incoming, dict[str, Any]]] = []
    asked: list[tuple[Incoming, dict[str, Any]]] = []
    for incoming in all_incoming:
        before = known.get(incoming.sha256)
        sending = replace((before or Sending()).with_words(options), told=incoming.told)
        entry = _judged_entry(incoming, sending, reporters)
        _rename(entry, incoming.path, options)
        report.files.append(entry)
        if lost := lost_original(incoming.verdict, originals):
            why = f"更正的原表“{lost}”不在库中或已撤销。请核对是否选错文件，或直接重新报送台账"
            entry |= {"status": "refused", "reason": why}
        if "asks" in entry:
            asked.append((incoming, entry))
        if entry["status"] == "refused":
            continue
        meaning = sending.meaning(incoming.verdict, reporters)
        told_before = before and before.meaning(incoming.verdict, reporters)
        if incoming.sha256 in taken_in and told_before == meaning:
            entry["status"] = "unchanged"
            continue
        earlier.tell(entry, incoming.verdict)
        known[incoming.sha256] = sending
        taken_in.add(incoming.sha256)
        keep(home, incoming, incoming.told.lake_key(recipe))
        fresh.append((incoming, _draft(incoming, sending, options, report.load_id)))
    fresh.sort(key=lambda pair: (pair[1]["as_of"], pair[1]["name"], pair[1]["sha256"]))
    taken, refused = fitting(home, [draft for _, draft in fresh], recipe)
    for entry in report.files:
        if conflict := refused.get(entry["sha256"]):
            entry |= {"status": "refused", "reason": conflict}
    append(home, taken)
    keep_questions(home, asked, {"load_id": report.load_id, "actor": options.actor})


def _draft(
    incoming: Incoming, sending: Sending, options: LoadOptions, load_id: str
) -> dict[str, Any]:
    stated = [s["as_of"] or s["span_to"] or "" for s in incoming.verdict["sheets"] if s["dataset"]]
    return {
        "kind": "submit",
        "sha256": incoming.sha256,
        "name": options.name_of(incoming.path),
        "as_of": max(stated),
        "unit": sending.unit,
        "mode": sending.mode,
        "load_id": load_id,
        "actor": options.actor,
        "kinds": dict(sending.told.kinds),
        "columns": dict(sending.told.columns),
    }


def _entry(path: Path, status: str, reason: str = "", sha256: str = "") -> dict[str, Any]:
    named = {"path": str(path), "name": path.name, "sha256": sha256}
    return {**named, "status": status, "reason": reason, "sheets": []}


def _rename(entry: dict[str, Any], path: Path, options: LoadOptions) -> None:
    """Speak of a workbook by the name it came under, in its refusal too."""
    entry["name"] = options.name_of(path)
    entry["reason"] = entry["reason"].replace(f"“{path.name}”", f"“{entry['name']}”")


def _judged_entry(incoming: Incoming, sending: Sending, reporters: Reporters) -> dict[str, Any]:
    verdict = incoming.verdict
    if verdict["status"] == "refused":
        entry = _entry(incoming.path, "refused", verdict["reason"], incoming.sha256)
        return entry | question_of(verdict)
    known = [sheet for sheet in verdict["sheets"] if sheet["dataset"]]
    for sheet in known:
        if unit_of(sheet, sending.unit, reporters) is None:
            reason = (
                f"工作表“{sheet['sheet']}”没有写明填报单位，请在表头写“填报单位：…”或导入时指明单位"
            )
            entry = _entry(incoming.path, "refused", reason, incoming.sha256)
            return entry | {"asks": UNIT, "waits": read_of(verdict)}
        if not (sheet["as_of"] or sheet["span_to"]):
            reason = f"工作表“{sheet['sheet']}”没有写明期间或截至日期"
            return _entry(incoming.path, "refused", reason, incoming.sha256)
    rejected = sum(sheet["rejected"] for sheet in known)
    entry = _entry(
        incoming.path, "loaded_with_rejects" if rejected else "loaded", "", incoming.sha256
    )
    entry["sheets"] = [_sheet(sheet, sending, reporters) for sheet in verdict["sheets"]]
    return entry


def _sheet(sheet: dict[str, Any], sending: Sending, reporters: Reporters) -> dict[str, Any]:
    unit = unit_of(sheet, sending.unit, reporters) if sheet["dataset"] else None
    told, period = told_place(sheet, unit, reporters.places), [sheet["span_from"], sheet["span_to"]]
    facts = {**sheet, "unit": unit, "told_place": told, "period": period}
    return {key: facts.get(key) for key in SHEET_KEYS}


def _held_of(home: Home, report: LoadReport) -> list[int]:
    """Submissions of this load that wait for a person."""
    standing = in_force(home)
    hashes = {entry["sha256"] for entry in report.files}
    return [seq for seq in standing.held if standing.active[seq].sha256 in hashes]


def _mark_held(home: Home, report: LoadReport) -> None:
    """Say of the workbooks of this load that wait for a person, and why."""
    standing = in_force(home)
    waiting = {standing.active[seq].sha256: why for seq, why in standing.held.items()}
    for entry in report.files:
        if entry["status"] != "refused" and (why := waiting.get(entry["sha256"])):
            entry |= {"status": "held", "reason": why}


def _write_report(home: Home, report: LoadReport) -> None:
    text = json.dumps({"at": now(), **report.document()}, ensure_ascii=False, indent=1)
    write_atomic(home.loads / f"{report.load_id}.json", text.encode())

"""What the commands say to a person: short Chinese text, one line a file."""

from typing import Any

from etl.build.build import BuildOutcome
from etl.commands.load import LoadReport
from etl.commands.upkeep import Finding
from warehouse.formats import span_with_year_zh, waits_zh
from warehouse.shared_faults import told_once

STATUS_ZH = {
    "loaded": "已入库",
    "loaded_with_rejects": "部分入库",
    "held": "待确认",
    "unchanged": "已在库中",
    "refused": "未接收",
}
TRIED_ZH = STATUS_ZH | {"loaded": "可入库", "loaded_with_rejects": "部分可入库"}
SHOWN_REJECTS = 5
_TOLD_CHANGES = frozenset({"doubled", "renamed", "retyped", "gone"})


def load_text(done: LoadReport) -> str:
    """Verdict of each file, its first rejected rows, and what is served now."""
    lines = [line for entry in done.files for line in _file_lines(entry)]
    rest = waits_zh(done.waiting, done.withdrawn)
    closing = [rest] if rest and not done.build.stops else []
    return "\n".join([*lines, f"导入编号 {done.load_id}", build_text(done.build), *closing])


def _file_lines(entry: dict[str, Any], words: dict[str, str] = STATUS_ZH) -> list[str]:
    name = entry["name"]
    sheets = [sheet for sheet in entry["sheets"] if sheet["dataset"]]
    loaded = sum(sheet["loaded"] for sheet in sheets)
    rejected = sum(sheet["rejected"] for sheet in sheets)
    head = f"{words[entry['status']]}　{name}"
    if sheets:
        back = f"，退回 {rejected} 行{_lives(sheets)}" if rejected else ""
        head += f"　入库 {loaded} 行{back}"
    if entry["reason"]:
        head += f"　{entry['reason']}"
    rejects = [(sheet["sheet"], it) for sheet in sheets for it in told_once(sheet["rejects"])]
    lines = [f"　　{sheet} {_place(it)}：{it['reason']}" for sheet, it in rejects[:SHOWN_REJECTS]]
    more = len(rejects) - SHOWN_REJECTS
    choice = [_choice(candidate) for candidate in entry.get("candidates", ())]
    choice += [_waiting(table) for table in entry.get("waits", ())]
    rest = [f"　　……另有 {more} 处"] if more > 0 else []
    return [
        head,
        *choice,
        *lines,
        *rest,
        *_left_out(entry["sheets"]),
        *_change_lines(sheets),
        *_total_lines(sheets),
    ]


def _place(reject: dict[str, Any]) -> str:
    """Where a fault lies; one of a whole column says how many rows it concerns."""
    if reject["row_count"] > 1:
        return f"第 {reject['row']} 行起 {reject['row_count']} 行"
    return f"第 {reject['row']} 行 {reject['column']} 列"


def _choice(candidate: dict[str, str]) -> str:
    """The switch that answers what a workbook asks."""
    name, header = candidate["name_zh"], candidate.get("header")
    if header is None:
        sheet, dataset = candidate["sheet"], candidate["dataset"]
        return f"　　可用 --kind '{sheet}={dataset}' 指明这是“{name}”"
    told = f"--column '{header}={candidate['answer']}'"
    return f"　　可用 {told} 指明这一列（{candidate['samples']}）是“{name}”，不采用用 '{header}=-'"


def _lives(sheets: list[dict[str, Any]]) -> str:
    """Deaths of the rows handed back, as far as they can be read."""
    deaths = sum((s.get("readable") or {}).get("returned_death_count") or 0 for s in sheets)
    return f"（死亡 {deaths} 人）" if deaths else ""


def _waiting(table: dict[str, Any]) -> str:
    """What can be read of a table that waits for an answer."""
    deaths = table["death_count"]
    lives = "" if deaths is None else f"，死亡 {deaths} 人"
    return f"　　回答之前不计入：{table['dataset_zh']} {table['row_count']} 行{lives}"


def _left_out(tables: list[dict[str, Any]]) -> list[str]:
    """Sheets and tables that are no known report: what they are, so that none is missed."""
    return [
        f"　　{table['sheet']} {note}"
        for table in tables
        if not table["dataset"]
        for note in table["notes"]
    ]


def _change_lines(sheets: list[dict[str, Any]]) -> list[str]:
    """Columns that may have been renamed, changed or left out: what a person should look at."""
    told = [
        (sheet["sheet"], change["reason"])
        for sheet in sheets
        for change in sheet["changes"]
        if change["kind"] in _TOLD_CHANGES
    ]
    lines = [f"　　注意：{sheet} {reason}" for sheet, reason in told[:SHOWN_REJECTS]]
    more = len(told) - SHOWN_REJECTS
    return [*lines, *([f"　　……另有 {more} 处"] if more > 0 else [])]


def _total_lines(sheets: list[dict[str, Any]]) -> list[str]:
    """Stated totals that are not the sum of their rows; the figures stay as the rows say."""
    found = [(sheet["sheet"], total["reason"]) for sheet in sheets for total in sheet["totals"]]
    lines = [f"　　{sheet} {reason}" for sheet, reason in found[:SHOWN_REJECTS]]
    more = len(found) - SHOWN_REJECTS
    return [*lines, *([f"　　……另有 {more} 处合计不符"] if more > 0 else [])]


def returned_text(files: list[dict[str, Any]]) -> str:
    """One line per 退回工作簿."""
    lines = [
        f"{f['unit_zh']}　退回 {f['rows']} 行"
        + (f"，未读取的文件 {f['unread_files']} 个" if f["unread_files"] else "")
        + f"　{f['path']}"
        for f in files
    ]
    return "\n".join(lines) or "没有要退回的行"


def preview_text(done: LoadReport) -> str:
    """Verdict of each file, and what the load would change."""
    lines = [line for entry in done.files for line in _file_lines(entry, TRIED_ZH)]
    stops = [f"　　{stop}" for stop in done.build.stops]
    told = ["检查不通过，不会发布：", *stops] if stops else effects_lines(done.effects or {})
    return "\n".join([*lines, *told, "以上为试导入，什么也没有保留"])


def trial_text(outcome: BuildOutcome, effects: dict[str, Any], kept: str) -> str:
    """What an undo or a decision would change; `kept` says that nothing was done."""
    stops = [f"　　{stop}" for stop in outcome.stops]
    told = ["检查不通过，不会发布：", *stops] if stops else effects_lines(effects)
    return "\n".join([*told, f"以上为试算，{kept}"])


def effects_lines(effects: dict[str, Any]) -> list[str]:
    """Replaced submissions, vanished rows, and figures before and after, one a line."""
    lines = ["如果确认：" if effects.get("if_accepted") else "将会："]
    lines += [
        f"　　替换 {old['name']}：{old['superseded']} 行由新行代替，{old['withdrawn']} 行撤回"
        for old in effects.get("replaced", ())
    ]
    lines += [
        f"　　并入 {row['file_name']} 第 {row['row_number']} 行：{row['subject_zh']}，不再单独计"
        for row in effects.get("merged", ())
    ]
    if effects.get("lost_lives"):
        lines.append(f"　　注意：撤回的行里有死亡 {effects['lost_lives']} 人")
    shown = effects.get("withdrawn", ())[:SHOWN_REJECTS]
    lines += [f"　　撤回 {row['subject_zh']}　{row['detail_zh']}" for row in shown]
    if (more := effects.get("withdrawn_count", 0) - len(shown)) > 0:
        lines.append(f"　　……另撤回 {more} 行")
    changed = [figure for figure in effects.get("figures", ()) if figure["changed"]]
    lines += [
        f"　　{span_with_year_zh(figure['span_kind'], figure['span_month'])} {figure['name_zh']}："
        f"{figure['before']} → {figure['after']}"
        for figure in changed
    ]
    return [*lines, *([] if changed else ["　　全部总数不变"])]


def build_document(outcome: BuildOutcome) -> dict[str, Any]:
    """A build's outcome as JSON."""
    return {
        "build_id": outcome.number,
        "published": outcome.published,
        "held": {str(seq): why for seq, why in outcome.held.items()},
        "waiting": len(outcome.held),
        "withdrawn": outcome.withdrawn,
        "stops": outcome.stops,
        "rejudged": outcome.rejudged,
    }


def build_text(outcome: BuildOutcome) -> str:
    """What is served now, and why if it is not what was asked for."""
    if outcome.stops:
        return "检查不通过，没有发布，现有数据未变：\n" + "\n".join(
            f"　　{s}" for s in outcome.stops
        )
    held = [f"　　收件 {seq} 待确认：{why}" for seq, why in outcome.held.items()]
    served = f"第 {outcome.number} 版" if outcome.number else "还没有数据"
    said = f"已发布{served}" if outcome.published else f"没有变化，现行{served}"
    gone = [f"　　{outcome.withdrawn} 行不再计入，也没有别的行代替"] if outcome.withdrawn else []
    return "\n".join([*outcome.rejudged, said, *held, *gone])


def versions_text(rows: list[dict[str, Any]]) -> str:
    """Kept builds and editions, one a line."""
    lines = [
        f"定稿 {row['edition']}"
        if "edition" in row
        else f"第 {row['build']} 版　{row['published_at']}　{row['submissions']} 份报送"
        + ("　现行" if row["current"] else "")
        for row in rows
    ]
    return "\n".join(lines) or "还没有数据"


def verify_text(findings: list[Finding]) -> str:
    """Only what is wrong, or one line that nothing is."""
    unsound = [f"不符：{f.what}　{f.detail}" for f in findings if not f.is_sound]
    return "\n".join(unsound) or f"核对 {len(findings)} 项，全部相符"


def rebuild_text(outcome: BuildOutcome, changed: list[str]) -> str:
    """Whether the tables came out as they were."""
    said = f"与原来不同的表：{'、'.join(changed)}" if changed else "各表与原来完全相同"
    return f"{build_text(outcome)}\n{said}"

"""The head of 数据报送, the place to hand workbooks in, and the ways on after a load."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.ui.access import access, cache
from pages.ui.intake import changed_figures, intake_jobs, workbook_reports
from pages.ui.kit import downloads
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill, join, prose
from pages.ui.page import page_head
from warehouse import formats
from warehouse.files import jobs, settings, uploads
from warehouse.files.home import Home
from warehouse.files.jobs import Job
from warehouse.versions import batches
from warehouse.versions.versions import build_id

HOW = Safe(
    """<section class="panel how"><h3>怎么报</h3><ol>
<li>把各单位发来的工作簿拖到左边，可以一次放几十份。表样不用改：标题、两行表头、合计行、别名、各种日期写法都认。</li>
<li>先看预览：每份认作什么、哪些行退回、总数会怎么变。这时什么也没有保留。</li>
<li>确认入库。重报的台账整段替换旧的，不会重复计数；报错了可以整批撤销。</li></ol></section>"""
)


def head(title: str) -> None:
    """Title row, with the blank forms."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="titlebar"):
        st.title(title, anchor=False, width="stretch")
        name, home, who = "空白模板.zip", Home.find(), intake_jobs.person()
        st.download_button(
            "空白模板",
            data=access.export(
                name, lambda: downloads.zip_bytes(jobs.produce(home, ["template"], who))
            ),
            file_name=name,
            mime="application/zip",
            icon=":material/download:",
            key="templates",
            on_click="ignore",
        )


def strip() -> Safe:
    """How far data reach, what is served, who waits."""
    home = Home.find()
    state = cache.row("data_state") if cache.has_build() else None
    parts = [Safe("还没有数据")]
    if state and state["data_as_of_date"]:
        held = cache.rows("held_submissions")
        waiting = fill('<span class="tag quick">待确认</span> <b>{n}</b> 份', n=len(held))
        parts = [
            fill("数据截至 <b>{day}</b>", day=formats.cutoff_zh(state["data_as_of_date"])),
            fill("现行 <b>第 {n} 版</b>", n=build_id(cache.build_file()).rpartition("-")[2]),
            waiting if held else Safe("没有待确认的报送"),
        ]
    last = next(iter(batches.batches(home)), None)
    if last:
        parts.append(
            fill("最近一批 <b>{at}</b>　{who}", at=f"{last.at:%m月%d日 %H:%M}", who=last.actor)
        )
    mark = "演示数据（模拟数据）" if state and state["is_synthetic"] else ""
    return fill(
        '<div class="strip">{parts}<span class="end">{mark}</span></div>',
        parts=join(fill("<span>{part}</span>", part=part) for part in parts),
        mark=mark,
    )


def left_open() -> None:
    """What this person began elsewhere and has not dealt with: by name, each with a way on."""
    found = intake_jobs.left_open()
    if not found:
        return
    with st.container(border=True, key="chart_left_open"):
        block(join(map(_begun, found)), key="left_open")
        with st.container(horizontal=True, gap="small"):
            for job in found:
                st.button(
                    _go_on(job, found),
                    key=f"go_on_{job.id}",
                    on_click=intake_jobs.go_on,
                    args=(job,),
                )


def _begun(job: Job) -> Safe:
    names = [one.name for one in intake_jobs.files_of(job)]
    names = names or list(job.about.get("options", {}).get("names", ()))
    return fill(
        '<p><span class="tag quick">{state}</span> {at} 在别的窗口报送：{names}</p>',
        state="正在进行" if job.state == jobs.RUNNING else "未确认",
        at=f"{job.started_at:%m月%d日 %H:%M}",
        names=formats.listed_zh(names, 3) or formats.MISSING,
    )


def _go_on(job: Job, found: list[Job]) -> str:
    return "接着看" if len(found) == 1 else f"接着看 {job.started_at:%H:%M:%S} 的"


def uploader() -> None:
    """Where files are dropped, how they are meant, and the button that looks at them."""
    home = Home.find()
    left, right = st.columns([62, 38], gap="small")
    with left, st.container(border=True, key="chart_upload"):
        files = st.file_uploader(
            "工作簿（可一次选多个）",
            type=sorted(kind.removeprefix(".") for kind in uploads.SPREADSHEETS),
            accept_multiple_files=True,
            max_upload_size=settings.value("upload_mb", home),
            key=f"uploader_{st.session_state.get(intake_jobs.ROUND, 0)}",
        )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            mode = st.segmented_control(
                "旧数怎么办",
                list(intake_jobs.MODES),
                format_func=intake_jobs.MODES.__getitem__,
                default="slice",
                required=True,
                key="intake_mode",
                help="整段替换：新台账代替本单位同一时段的旧行。补报：只加新行，旧行不动。",
            )
            _look(files or [], {"mode": mode or "slice"})
        if message := st.session_state.pop(intake_jobs.MESSAGE, ""):
            block(fill('<p class="bad" role="alert">{m}</p>', m=message), key="intake_message")
    with right:
        block(HOW, key="how")


def _look(files: list[Any], options: dict[str, str]) -> None:
    most = settings.value("upload_count", Home.find())
    is_too_many = len(files) > most
    words = f"一次最多 {most} 份" if is_too_many else f"预览 {len(files)} 份" if files else "预览"
    off = not files or is_too_many
    if st.button(words, type="primary", key="look", disabled=off):
        with st.spinner("正在收存"):
            intake_jobs.hand_in(files, options)
        st.rerun()


def told(job: Job, document: dict[str, Any]) -> Safe:
    """The conclusion first, then the figures leaders ask first, if they change."""
    is_trial = intake_jobs.is_trial(job)
    if document.get("stops"):
        said = prose("检查不通过，没有发布，现有数据未变：" + "；".join(document["stops"]))
    elif job.kind in ("undo", intake_jobs.DECIDE):
        options = job.about.get("options", {})
        names = formats.listed_zh(list(options.get("names", ())), 2)
        said = prose(f"{'如果' if is_trial else '已'}{options.get('does', '撤销')}{names}")
    elif job.kind == "build":
        said = prose("已采用新版" if document.get("published") else "没有变化，不需要采用")
    else:
        said = workbook_reports.told(document, is_done=not is_trial)
    is_new = document.get("published") and not is_trial
    served = f"现行第 {document['build_id']} 版" if is_new else ""
    return page_head.told(said, changed_figures.lead(document.get("effects") or {}), served)


def way_on(job: Job, document: dict[str, Any]) -> None:
    """After a load or an undo: to the figures, the rows to hand back, or the next hand-in."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="way_on"):
        st.button(
            "继续报送", key="again", type="primary", on_click=intake_jobs.give_up, args=(job,)
        )
        if any(s["rejects"] for f in document.get("files", ()) for s in f["sheets"]):
            returned(document["load_id"])
        st.page_link(
            "pages/leaders/scorecard.py", label="看月度计分卡", icon=":material/arrow_forward:"
        )


def returned(load_id: str) -> None:
    """The rejected rows of a load as workbooks, one per unit, to be mended and sent again."""
    name = f"退回工作簿-{load_id}.zip"
    home, who = Home.find(), intake_jobs.person()
    st.download_button(
        "下载退回工作簿",
        data=access.export(
            name, lambda: downloads.zip_bytes(jobs.produce(home, ["returned", load_id], who))
        ),
        file_name=name,
        mime="application/zip",
        key=f"returned_{load_id}",
        on_click="ignore",
    )

"""Records: what happened, before anybody writes it into a sheet."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.ledgers import invented
from tests.ledgers.invented import seeded
from tests.ledgers.layouts import Layout

Record = dict[str, Any]
FORMS = 6


def _day(rng: Random, layout: Layout) -> date:
    span = (layout.period.last - layout.period.first).days
    return layout.period.first + timedelta(days=rng.randint(0, span))


def _tenths(rng: Random, low: int, high: int) -> Decimal:
    return Decimal(rng.randint(low * 10, high * 10)) / 10


def _incident(rng: Random, layout: Layout, record: Record) -> None:
    kind = rng.choice(invented.KINDS)
    deaths = rng.choice((0, 1, 1, 2))
    # Every case counts by the rule of 100 万元 or a person hurt badly, whichever columns stand.
    loss = _tenths(rng, 60, 95) if "serious" in layout.fills or deaths else _tenths(rng, 101, 260)
    record.update(
        time=datetime.combine(record["day"], time(rng.randint(6, 21), rng.randint(1, 59))),
        no=f"SG{record['day']:%Y%m%d}{record['i']:02d}",
        kind=kind,
        kindno=f"{invented.KIND_NUMBERS[kind]}.{kind}",
        name=f"{record['firm']}“{record['day'].month}·{record['day'].day}”{kind}事故",
        story=f"作业人员在{record['site']}作业时发生{kind}",
        cause=rng.choice(invented.CAUSES),
        deaths=deaths,
        serious=rng.randint(0, 2) if deaths else rng.randint(1, 2),
        minor=rng.randint(0, 2),
        loss=loss,
        level="一般",
        quarter=f"第{'一二三四'[(record['day'].month - 1) // 3]}季度",
        case=record["i"],
    )
    record["reported"] = record["time"] + timedelta(minutes=40)


def _hazard(rng: Random, layout: Layout, record: Record) -> None:
    day, last = record["day"], layout.period.last
    states = ["open", "open", "done", "done", "done"]
    if any("awaiting" in column.fill for column in layout.columns):
        states += ["awaiting"]
    state = layout.facts.get("state") or rng.choice(states)
    done = None if state == "open" else min(day + timedelta(days=rng.randint(1, 15)), last)
    accept = min(done + timedelta(days=2), last) if done and state == "done" else None
    major = layout.facts.get("level", "") == "重大" or rng.random() < 0.2
    due = day + timedelta(days=rng.randint(10, 60))
    qty = rng.randint(1, 4)
    record.update(
        no=f"YH{day:%Y%m}{record['i']:04d}",
        code12=f"{day:%Y%m%d}{record['i']:04d}",
        what=record["finding"],
        brief=record["finding"],
        level="重大" if major else "一般",
        level3="重大隐患" if major else rng.choice(("较大隐患", "一般隐患")),
        state=state,
        done=done,
        accept=accept,
        due=due,
        span=f"{day:%Y-%m-%d}至{due:%Y-%m-%d}",
        overdue="是" if due < (done or last) else "否",
        entered=day,
        fix=rng.choice(invented.FIXES),
        cost=_tenths(rng, 0, 6),
        kind=rng.choice("人 物 管理".split()),
        entry=rng.choice(("自报", "代报")),
        qty=qty,
        fixed=0 if state == "open" else qty,
    )
    if "fixed" in layout.fills and state == "open":
        record["fixed"] = rng.randint(0, qty - 1)
    record["items"] = rng.sample(invented.PROBLEMS, rng.randint(1, 3))


def _enforcement(rng: Random, layout: Layout, record: Record) -> None:
    fined = layout.facts.get("penalty") == "all" or rng.random() < 0.4
    fine = _tenths(rng, 1, 20) if fined else None
    accident = rng.random() < 0.3
    record.update(
        no=f"（示）应急罚〔{record['day']:%Y}〕{record['i'] + 11}号",
        fined=fined,
        fine=fine,
        paid=fine,
        reason=rng.choice(invented.REASONS),
        law="《中华人民共和国安全生产法》第九十七条",
        casekind="事故处罚" if accident else "违法处罚",
        minor=rng.randint(0, 2) if accident else None,
        serious=rng.randint(0, 1) if accident else None,
        deaths=rng.randint(0, 1) if accident else None,
        state=rng.choice(("open", "done", "done")),
        start=max(record["day"] - timedelta(days=3), layout.period.first),
        end=record["day"],
        finetext=f"罚款{int((fine or 0) * 10000)}元",
        results=[rng.choice(("符合", "符合", "不符合")) for _ in invented.CHECKS],
    )
    record["casename"] = f"{record['firm']}{record['reason']}案"
    if not {"penalty"} & layout.facts.keys():
        record["no"] = f"（示）应急检记〔{record['day']:%Y}〕{record['i'] + 101}号"


def _training(rng: Random, layout: Layout, record: Record) -> None:
    born, day = date(1972, 1, 1) + timedelta(days=rng.randint(0, 10000)), record["day"]
    issued = min(day + timedelta(days=8), layout.period.last)
    job = rng.choice(list(invented.JOBS))
    score = rng.choice((52, 71, 80, 86, 90, 93, 97))
    heads = rng.randint(12, 80)
    holds = rng.random() < 0.6
    record.update(
        name=record["person"],
        born=born,
        id=invented.person_id(rng, f"{born:%Y%m%d}"),
        cert=f"SL{issued:%Y}{rng.randint(0, 99999):05d}{record['i']:02d}",
        issued=issued,
        valid=issued.replace(year=issued.year + 6, day=min(issued.day, 28)),
        review=issued.replace(year=issued.year + 3, day=min(issued.day, 28)),
        joined=date(2018, 3, 1) + timedelta(days=rng.randint(0, 2500)),
        start=day,
        end=min(day + timedelta(days=2), layout.period.last),
        hours=rng.choice((8, 16, 24, 48)),
        score=score,
        result="合格" if score >= 60 else "不合格",
        topic=rng.choice(invented.TOPICS),
        job=job,
        subjob=invented.JOBS[job],
        kind=rng.choice("主要负责人 安全管理人员 特种作业人员".split()),
        post=rng.choice("操作工 维修工 仓管员 班组长".split()),
        heads=heads,
        due_heads=heads + rng.randint(0, 3),
        certs=heads - rng.randint(0, 4),
        card=f"K{record['i'] + 1001}",
        no=f"PX{day:%Y%m}{record['i']:03d}",
        holds=holds,
    )
    record["class"] = f"{record['topic']}培训班（第{record['i'] + 1}期）"


_MAKERS: dict[str, Callable[[Random, Layout, Record], None]] = {
    "incident": _incident,
    "hazard": _hazard,
    "enforcement": _enforcement,
    "training": _training,
}


def _base(rng: Random, layout: Layout, count: int) -> list[Record]:
    towns = rng.sample(invented.TOWNS, 4)
    if layout.fills & {"town"} and layout.id == "L082":
        towns = invented.ZONES
    if layout.sender_is_place and not layout.has_place_column:
        towns = [layout.sender]
    firms, names = invented.firms(rng, count), invented.people(rng, count)
    findings = invented.findings(rng, count)
    days = sorted(_day(rng, layout) for _ in range(count))
    return [
        {
            "i": i,
            "day": days[i],
            "town": towns[i % len(towns)],
            "firm": firms[i],
            "person": names[i],
            "finding": findings[i],
            "site": next(site for site in invented.SITES if findings[i].startswith(site)),
            "road": f"工业{rng.choice('一二三四')}路{rng.randint(1, 99)}号",
            "phone": invented.phone(rng),
            "age": rng.randint(22, 58),
            "sex": rng.choice("男女"),
            "id": invented.person_id(rng, f"19{rng.randint(66, 99)}0612"),
            "credit": invented.credit_code(rng),
            "seed": rng.randint(0, 10**9),
        }
        for i in range(count)
    ]


def make(layout: Layout, series: int = 0) -> list[Record]:
    """The records of a layout, the same at each call; another series gives others."""
    rng = seeded(f"{layout.id}/{series}")
    most = 10 if layout.dataset == "incident" else 16
    count = FORMS if layout.shape == "form" else rng.randint(6, most)
    records = _base(rng, layout, count)
    for record in records:
        _MAKERS[layout.dataset](rng, layout, record)
    return records

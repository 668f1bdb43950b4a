"""Which workbooks are sent, by whom and as of when; and what else lies in them."""

import re
from dataclasses import dataclass
from datetime import date

from sample.books.office import Habit, Issue, Office, declared
from sample.books.table_layout import Book, Sheet
from sample.facts.all_facts import Facts
from sample.facts.days import last_day, month_before
from sample.facts.declared_forms import Fact
from sample.facts.hazard_lives import Hazard, snapshot
from sample.facts.incidents import as_of_year
from sample.facts.place import Unit
from sample.facts.training import Plan

LEDGER_TEMPLATES = ("v2023", "direct_report", "v2025")


@dataclass
class Binder:
    """Binds tables into workbooks."""

    facts: Facts
    office: Office

    def books(self) -> list[Book]:
        """Every workbook of the sample, in the order it would have arrived."""
        return [
            *self._incidents(),
            *self._hazards(),
            *self._inspections(),
            *(self._training(plan) for plan in self.facts.training),
            self._economy(),
            *(self._reported(year, rows) for year, rows in self.facts.reported.items()),
        ]

    def _unit(self, dataset: str) -> Unit:
        return self.facts.place.unit(self.facts.place.spokesman(dataset))

    def _last_month(self, year: int) -> int:
        return self.facts.last.month if year == self.facts.last.year else 12

    def _book(self, issue: Issue, sheets: list[Sheet], *, is_current: bool = True) -> Book:
        """A workbook named by its first issue, with the leftovers real ones have."""
        stem = self.office.titles[issue.dataset]["file_stem"].format(
            unit=issue.unit.name_zh,
            period=f"{issue.year}年"
            + ("" if issue.last_month == 12 else f"1—{issue.last_month}月"),
            month=f"{issue.as_of.year}年{issue.as_of.month}月",
        )
        rng = self.office.rng
        if rng.random() < 0.2:
            sheets.append(self._code_list(issue.dataset))
        if rng.random() < 0.25:
            sheets += [Sheet("Sheet2"), Sheet("Sheet3")]
        return Book(f"{stem}-模拟数据.xlsx", sheets, issue.unit.unit_id, is_current)

    def _code_list(self, dataset: str) -> Sheet:
        """A hidden sheet with the choices of the drop-down lists."""
        names = self.office.codebook.names
        lists = [c.code_list for c in declared(dataset).columns if c.code_list]
        rows = [(n[0], code) for (code_list, code), n in names.items() if code_list in lists]
        return Sheet("代码表", grid=(("名称", "代码"), *rows), is_hidden=True)

    def _incidents(self) -> list[Book]:
        unit, facts = self._unit("incident"), self.facts.incidents
        last, books = self.facts.last, []
        for rank, year in enumerate(self.facts.years):
            template = LEDGER_TEMPLATES[min(rank, 2)] if year < last.year else LEDGER_TEMPLATES[-1]
            habit = self.office.habit(unit, template)
            issue = Issue(
                "incident", unit, year, self._last_month(year), as_of_year(year, last), habit
            )
            if year == last.year and facts.early:
                cut = month_before(last)
                before = Issue("incident", unit, year, cut.month, cut, habit)
                table = self.office.table(before, facts.early)
                books.append(self._book(before, [Sheet("Sheet1", table)], is_current=False))
            table = self.office.table(issue, facts.of_year(year))
            books.append(self._book(issue, [Sheet("事故台账", table)]))
        return books

    def _hazards(self) -> list[Book]:
        hazards, last = self.facts.hazards, self.facts.last
        books = []
        for unit_id in self.facts.place.senders["hazard"]:
            own = [life for life in hazards.lives if life.reporter_id == unit_id]
            is_unsent = unit_id in hazards.unsent
            unit = self.facts.place.unit(unit_id)
            habit = self.office.habit(unit, self._hazard_template(unit))
            if is_unsent or unit_id in hazards.resent:
                gone = [life for life in hazards.withdrawn if life.reporter_id == unit_id]
                books.append(self._round(unit_id, [*own, *gone], month_before(last), habit))
                books[-1].is_current = is_unsent
            if not is_unsent:
                books.append(self._round(unit_id, own, last, habit))
        return books

    def _hazard_template(self, unit: Unit) -> str:
        """A 功能区 needs the version that has a column for it."""
        versions = list(declared("hazard").templates)
        return versions[-1] if unit.is_zone else self.office.rng.choice(versions)

    def _round(self, unit_id: str, lives: list[Hazard], as_of: date, habit: Habit) -> Book:
        """One unit's ledger as of a day, a sheet for each year of finding."""
        unit, sheets = self.facts.place.unit(unit_id), []
        for year in self.facts.years:
            if year > as_of.year:
                continue
            rows = [snapshot(h, as_of) for h in lives if h.found.year == year and h.found <= as_of]
            month = as_of.month if year == as_of.year else 12
            issue = Issue("hazard", unit, year, month, as_of, habit)
            rows.sort(key=lambda fact: str(fact["hazard_no"]))
            sheets.append(Sheet(f"{year}年", self.office.table(issue, rows)))
        return self._book(issue, sheets)

    def _inspections(self) -> list[Book]:
        inspections, last = self.facts.inspections, self.facts.last
        versions, books = list(declared("enforcement").templates), []
        for unit_id, facts in inspections.by_actor.items():
            unit, sheets = self.facts.place.unit(unit_id), []
            habit = self.office.habit(unit, self.office.rng.choice(versions))
            years = [last.year] if unit_id == inspections.idle else self.facts.years
            for year in years:
                issue = Issue("enforcement", unit, year, self._last_month(year), last, habit)
                rows = [fact for fact in facts if _year_of(fact, "inspected_date") == year]
                sheets.append(Sheet(f"{year}年", self.office.table(issue, rows)))
            books.append(self._book(issue, sheets))
        return books

    def _training(self, plan: Plan) -> Book:
        last, unit = self.facts.last, self._unit("training_roster")
        habit = self.office.habit(unit, "v2023" if plan.year < last.year - 1 else "v2025")
        as_of = min(date(plan.year, 12, 31), last)
        sheets = []
        for dataset, name, rows in (
            ("training_roster", "应训名册", plan.roster),
            ("training_record", "培训记录", plan.records),
        ):
            issue = Issue(dataset, unit, plan.year, 12, as_of, habit)
            sheets.append(Sheet(name, self.office.table(issue, rows)))
        return self._book(issue, sheets)

    def _economy(self) -> Book:
        last = self.facts.last
        unit = self._unit("economy")
        habit = self.office.habit(unit, "v2025", is_cornered=True)
        issue = Issue("economy", unit, last.year, 12, last, habit)
        return self._book(issue, [Sheet("基础数据", self.office.table(issue, self.facts.economy))])

    def _reported(self, year: int, facts: list[Fact]) -> Book:
        """Totals: a year without ledger in one sheet, the current year a sheet a month."""
        unit, last = self._unit("reported"), self.facts.last
        habit = self.office.habit(unit, "v2023" if year < last.year else "v2025")
        whole = Issue("reported", unit, year, 12, last_day(year, 12), habit)
        if year != last.year:
            return self._book(whole, [Sheet(f"{year}年", self.office.table(whole, facts))])
        sheets = []
        for month in range(1, last.month + 1):
            issue = Issue("reported", unit, year, month, last_day(year, month), habit)
            rows = [fact for fact in facts if fact["report_month"] == date(year, month, 1)]
            table = self.office.table(issue, rows)
            table.title = re.sub(rf"1\D{month}月", f"{month}月", table.title)
            sheets.append(Sheet(f"{month}月" + " " * self.office.is_messy, table))
        return self._book(whole, sheets)


def _year_of(fact: Fact, name: str) -> int:
    return int(str(fact[name])[:4])

"""A sender's way of making a table: template, title, 填报单位 line, totals, footers."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from sample.books.cell_styles import Hand
from sample.books.sheet_writer import is_in_yuan
from sample.books.table_layout import Line, Table
from sample.facts.days import period_zh
from sample.facts.declared_forms import Codebook, Fact, Form, read_form
from sample.facts.firms import words
from sample.facts.place import Place, Unit

MARK = "（模拟数据）"
# optional columns an office may leave out of its form
OMITTED = {"enforcement": ("actor_id", "inspector_names", "note_text"), "hazard": ("note_text",)}
WITH_TOTALS = ("incident", "hazard", "enforcement", "reported")
NOTES = (
    "备注：1.本表由各单位每月5日前报送；2.数据为模拟数据。",
    "说明：1.重大事项请电话报告；2.空白处表示未发生。",
)


@dataclass(frozen=True)
class Habit:
    """What stays the same in all sheets of one workbook."""

    seed: int
    template: str
    sender: str
    makers: tuple[str, str]
    way: str
    filled_after: int
    footer: str
    has_serial: bool
    has_unit_row: bool
    total: str
    is_cornered: bool
    spare_rows: int


@dataclass(frozen=True)
class Issue:
    """What one sheet is about: dataset, sender, year, months told, cut-off, and the habit."""

    dataset: str
    unit: Unit
    year: int
    last_month: int
    as_of: date
    habit: Habit


@dataclass
class Office:
    """Makes tables of a place in the hands of its senders."""

    place: Place
    codebook: Codebook
    is_messy: bool
    rng: Random
    titles: dict[str, dict[str, str]] = field(
        default_factory=lambda: {row["dataset"]: row for row in words("titles")}
    )

    def habit(self, unit: Unit, template: str, **fixed: bool) -> Habit:
        """How one sender makes a workbook; a table starts at C5 now and then."""
        rng = self.rng
        aliases = self.place.aliases.get(unit.unit_id, ())
        has_serial = rng.random() < 0.7
        chosen = {
            "has_unit_row": rng.random() < 0.25,
            "is_cornered": rng.random() < 0.08,
        }
        return Habit(
            seed=rng.getrandbits(32),
            template=template,
            sender=rng.choice(aliases) if aliases and rng.random() < 0.15 else unit.name_zh,
            makers=(f"制表人：{_maker(rng)}", f"审核人：{_maker(rng)}"),
            way=rng.choice(("above", "above", "title", "footer")),
            filled_after=rng.randint(1, 4),
            footer=rng.choice(NOTES) if rng.random() < 0.35 else "",
            total=rng.choice(("", "last", "last", "first")),
            spare_rows=rng.choice((0, 0, 0, 3)) if has_serial else 0,
            has_serial=has_serial,
            **chosen | fixed,
        )

    def table(self, issue: Issue, facts: list[Fact]) -> Table:
        """The sheet of these facts as its sender would hand it in."""
        habit, form = issue.habit, declared(issue.dataset)
        headers = self._headers(form, habit)
        hand = Hand(self.place, self.codebook, self.rng, habit=habit.seed, is_messy=self.is_messy)
        hand.sheet_year = issue.year
        table = Table(
            form=form,
            headers=headers,
            lines=[self.line(form, headers, fact, hand) for fact in facts],
            title=self._title(issue, form),
            as_of=issue.as_of,
            first_row=2 if habit.is_cornered else 1,
            first_column=3 if habit.is_cornered else 1,
            has_serial=habit.has_serial,
            has_unit_row=habit.has_unit_row and any(form.column(n).unit for n in headers),
            total=habit.total if facts and issue.dataset in WITH_TOTALS else "",
            spare_rows=habit.spare_rows if facts else 0,
            zero_note="" if facts else self.rng.choice(("零报告", "本月无")),
        )
        self._sign(table, issue)
        if self.is_messy:
            self._disturb(table)
        return table

    def _headers(self, form: Form, habit: Habit) -> dict[str, str]:
        """Header texts of the template; here and there another wording of the same version."""
        rng = Random(habit.seed)  # noqa: S311
        omitted = {name for name in OMITTED.get(form.dataset, ()) if rng.random() < 0.2}
        texts = {}
        for name in form.fields(habit.template):
            usual, *others = form.templates[habit.template][name]
            siblings = [o for o in others if o.rpartition("/")[0] == usual.rpartition("/")[0]]
            text = rng.choice([usual, *siblings]) if rng.random() < 0.3 else usual
            if name not in omitted:
                texts[name] = text
        return texts

    def line(self, form: Form, headers: dict[str, str], fact: Fact, hand: Hand) -> Line:
        """One row: the values the form has a column for, and how they are written."""
        cells = {
            name: hand.write(form.column(name), fact[name], is_in_yuan(header))
            for name, header in headers.items()
        }
        return Line({name: fact[name] for name in headers}, cells)

    def _title(self, issue: Issue, form: Form) -> str:
        period = period_zh(issue.year, issue.last_month)
        if self.is_messy and self.rng.random() < 0.5:
            period = period.replace("—", self.rng.choice(("-", "－", "～", "至")))
        title = self.titles[issue.dataset]["title"].format(
            city=self.place.name_zh, unit=issue.unit.name_zh, period=period, name=form.name_zh
        )
        return title + MARK

    def _sign(self, table: Table, issue: Issue) -> None:
        """Say who sends it as of when: above the table, in the title or in the footer."""
        habit, told = issue.habit, _day_zh(issue.as_of)
        unit_line = f"填报单位：{habit.sender}"
        filled = _day_zh(issue.as_of + timedelta(days=habit.filled_after))
        if habit.way == "above":
            table.info = (unit_line, f"截至日期：{told}")
            table.footers = ((*habit.makers, f"填报日期：{filled}"),)
        elif habit.way == "title":
            table.title = table.title.replace(MARK, f"（截至{told}）{MARK}")
            table.info = (unit_line.replace("：", "（章）：", 1),)
            table.footers = (habit.makers,)
        else:
            table.info = (unit_line,)
            table.footers = ((*habit.makers, f"填报日期：{filled}"),)
        if habit.footer:
            table.footers = (*table.footers, (habit.footer,))

    def _disturb(self, table: Table) -> None:
        """Line breaks in headers, a header repeated on every printed page, a row of blanks."""
        rng, count = self.rng, len(table.lines)
        table.header_padding = rng.choice(("", "", "\n", "  "))
        table.total_label = rng.choice(("合计", "总计", "合　计", "小计"))
        if count > 6:
            table.repeats_header_after = rng.choice((0, 0, count // 2))
            table.blank_text_after = rng.choice((0, count - 1))


@cache
def declared(dataset: str) -> Form:
    """The declarations of a dataset, read once."""
    return read_form(dataset)


def _maker(rng: Random) -> str:
    names = {row["list"]: row["text"] for row in words("names")}
    return rng.choice(names["surname"]) + rng.choice(names["given_first"])


def _day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

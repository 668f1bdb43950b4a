"""Which features of a dress a layout can wear, and in what its truth then differs."""

from dataclasses import replace

from tests.ledgers.dress import Dress
from tests.ledgers.layouts import Layout

SHEET_ONLY = ("sheets=town", "sheets=month", "cover", "spare", "codes", "notitle", "hiderows")
TABLE_ONLY = ("band", "bandnum", "subtotal", "vmerge", "superhead", "moved", "serial", "prenum")
ROWS_ONLY = (*TABLE_ONLY, "total", "extra", "hidecol", "filter", "colnums", "gaps", "hiderows")


def _unfit(layout: Layout, dress: Dress) -> set[str]:
    unfit: set[str] = set()
    if not dress.keeps_sheets:
        unfit |= {*SHEET_ONLY, "hidecol", "filter", "freeze"}
    if layout.shape == "form":
        unfit |= {*ROWS_ONLY, "sheets=town", "sheets=month", "notitle", "yuan"}
    if layout.shape == "counts":
        unfit |= {*TABLE_ONLY, "total", "hiderows", "sheets=town", "sheets=month", "alias"}
    if layout.shape == "rows" and not layout.may_split_by_town:
        unfit |= {"band", "bandnum"}
        if not layout.has_place_column:
            unfit |= {"sheets=town"}
    if "town" not in layout.fills:
        unfit |= {"vmerge"}
    # A sheet a month says its month in its title, so the period must stand there.
    if layout.period_in != "title" or layout.period.is_month or "month_text" in layout.fills:
        unfit |= {"sheets=month"}
    if not layout.fills & {"day", "time"}:
        unfit |= {"sheets=month"}
    return unfit | _unfit_by_column(layout)


def _unfit_by_column(layout: Layout) -> set[str]:
    unfit: set[str] = set()
    blocks = layout.fills & {"month_text", "inblock"}
    if blocks or "harm" in layout.fills:
        unfit |= {"moved", "vmerge", "sheets=town", "sheets=month", "hiderows", "serial"}
        unfit |= {"band", "bandnum", "prenum", "subtotal", "total", "filter"}
    if len({column.path for column in layout.columns}) < len(layout.columns):
        unfit |= {"moved"}
    deep = max(len(column.path) for column in layout.columns) > 2
    if deep:
        unfit |= {"superhead"}
    heads = "".join("".join(column.path) for column in layout.columns)
    said = heads + "".join(layout.units) + layout.unit_line
    if any("mpair" in column.fill for column in layout.columns):
        unfit |= {"yuan"}
    if "万" not in said:
        unfit |= {"yuan"}
    if layout.unit_line or layout.units:
        unfit |= {"unitline"}
    return unfit


def fit(layout: Layout, dress: Dress) -> Dress:
    """The dress without what this layout cannot wear."""
    unfit = _unfit(layout, dress)
    features = dress.features - unfit
    if "notitle" in unfit and "notitle" in dress:
        features |= {"title"}
    return replace(dress, features=features)


def differs(layout: Layout, dress: Dress) -> dict[str, str]:
    """In what the truth of a fitted dress differs from the truth of the layout; mostly nothing."""
    notes = {}
    if "hiderows" in dress:
        notes["hidden_rows"] = "筛选后有两行没有显示；它们在台账里，照计，须提示"
    named = dress.setting("sheets") == "town" or {"band", "bandnum"} & dress.features
    if named and layout.may_split_by_town:
        notes["by_place"] = "镇街写在占一行的名字或表名里，各行归各镇街；别的装束没有写属地"
    return notes

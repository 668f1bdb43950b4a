"""What each format can do to a reader: refused with a true reason, or read as it stands."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

import pytest

from etl.declarations import limits
from etl.declarations.refusal import RefusedError
from etl.formats.binary.biff_strings import shared_strings
from etl.formats.grid.reader import Grid
from etl.formats.open_workbook import open_workbook
from etl.intake.incoming import find_workbooks
from tests.unit.workbooks import book
from tests.unit.written import as_ods, as_text, as_xls, as_xlsb, raw_ods


def refusal(path: Path) -> tuple[str, str]:
    """Code and named kind of a file that cannot be opened or read."""
    with pytest.raises(RefusedError) as caught, open_workbook(path) as workbook:
        for scanned in workbook.sheets:
            workbook.read(scanned)
    return caught.value.code, str(caught.value.details.get("actual", ""))


def grid(path: Path, number: int = 0) -> Grid:
    with open_workbook(path) as workbook:
        return workbook.read(workbook.sheets[number])


def cells(read: Grid) -> dict[tuple[int, int], str]:
    """Every filled cell by its address."""
    rows = range(read.first_row, read.first_row + read.height)
    return {(r, c): t for r in rows for c in read.columns if (t := read.text(r, c))}


def page(path: Path, body: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(f"<html><body>{body}</body></html>".encode(encoding))
    return path


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def cell(value: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {more}>'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def row(inner: str, more: str = "") -> str:
    return f"<table:table-row {more}>{inner}</table:table-row>"


def table(inner: str, more: str = "") -> str:
    return f'<table:table table:name="表" {more}>{inner}</table:table>'


MANY = 'table:number-rows-repeated="1048576"'
WIDE = 'table:number-columns-repeated="16384"'


@pytest.mark.parametrize(
    "body",
    [
        table(row(cell("甲", WIDE), MANY)),
        table(row(cell("甲", 'table:number-columns-repeated="999999999"'))),
        table(row(cell("甲"), 'table:number-rows-repeated="999999999"')),
        "".join(table(row(cell("甲", 'table:number-columns-repeated="50"'), MANY)) for _ in "ab"),
    ],
)
def test_ods_repetition_that_would_fill_the_memory(tmp_path: Path, body: str) -> None:
    assert refusal(raw_ods(tmp_path / "a.ods", body))[0] == "huge_sheet"


def test_ods_repetition_as_offices_write_it(tmp_path: Path) -> None:
    body = row("<table:table-cell/>", 'table:number-rows-repeated="3"')
    body += row(cell("0", 'table:number-columns-repeated="3"'), 'table:number-rows-repeated="2"')
    body += row(f"<table:table-cell {WIDE}/>", 'table:number-rows-repeated="1048571"')
    read = grid(raw_ods(tmp_path / "a.ods", table(body)))
    assert cells(read) == {(r, c): "0" for r in (4, 5) for c in (1, 2, 3)}
    assert read.scan.filled_cells == 6


def test_ods_values_notes_and_spans(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    typed = "<table:table-cell office:value-type="
    body = row(
        f'{typed}"boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>'
        f'{typed}"time" office:time-value="PT10H30M00S"><text:p>10:30</text:p></table:table-cell>'
        f'{typed}"percentage" office:value="0.935"><text:p>93.5%</text:p></table:table-cell>'
        f'{typed}"string">{note}<text:p>甲<text:s text:c="2"/>乙</text:p><text:p>丙</text:p>'
        f"</table:table-cell><table:table-cell>{note}</table:table-cell>"
    )
    spread = 'table:number-rows-spanned="2" table:number-columns-spanned="3"'
    read = grid(raw_ods(tmp_path / "a.ods", table(body + row(cell("并", spread)))))
    assert list(cells(read).values()) == [
        "true",
        "1899-12-31 10:30:00",
        "0.935",
        "甲  乙\n丙",
        "并",
    ]
    assert read.scan.merges == ((2, 1, 3, 3),)
    assert read.scan.filled_cells == 5


def test_ods_formulas_without_any_value(tmp_path: Path) -> None:
    path = as_ods(tmp_path / "a.ods", [["甲", "=SUM([.A1])"], ["乙", "=[.A1]"]])
    assert grid(path).scan.uncalculated == {(1, 2), (2, 2)}


def test_ods_hidden_table(tmp_path: Path) -> None:
    hidden = table(row(cell("旧")), 'table:style-name="h"')
    with open_workbook(raw_ods(tmp_path / "a.ods", hidden + table(row(cell("新"))))) as workbook:
        assert [s.sheet.is_hidden for s in workbook.sheets] == [True, False]


@pytest.mark.parametrize(
    ("prolog", "manifest", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "", "doctype"),
        ("", "<manifest:encryption-data/>", "encrypted"),
    ],
)
def test_ods_that_may_not_be_opened(tmp_path: Path, prolog: str, manifest: str, code: str) -> None:
    path = raw_ods(tmp_path / "a.ods", table(row(cell("甲"))), prolog, manifest)
    assert refusal(path)[0] == code


def test_page_with_titles_two_tables_and_spans(tmp_path: Path) -> None:
    body = (
        "<h3>隐患台账</h3><div>填报单位：<b>甲</b></div><table><tr><th rowspan=2>序号</th>"
        "<th colspan='2'>隐患</th></tr><tr><th>一般</th><th>重大</th></tr>"
        "<tr><td>1<td>&lt;5&gt;<td>a<br>b</tr></table><p>&nbsp;</p>"
        "<!-- <table><tr><td>注释</td></tr></table> --><script>var t='<td>x</td>'</script>"
        "<table><tr></tr><tr><td>&nbsp;</td><td>&#30002;</td></tr></table>"
    )
    read = grid(page(tmp_path / "a.xls", body, "gb18030"))
    assert cells(read) == {
        (1, 1): "隐患台账",
        (2, 1): "填报单位：甲",
        (3, 1): "序号",
        (3, 2): "隐患",
        (4, 2): "一般",
        (4, 3): "重大",
        (5, 1): "1",
        (5, 2): "<5>",
        (5, 3): "a\nb",
        (7, 2): "甲",
    }
    assert read.scan.merges == ((3, 1, 4, 1), (3, 2, 3, 3))
    assert read.unread == frozenset()


def test_page_with_tables_inside_a_layout_table(tmp_path: Path) -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr></table>"
    body = f"<table><tr><td>标题</td></tr><tr><td>{inner}</td><td>旁</td></tr></table>"
    read = grid(page(tmp_path / "a.xls", body))
    assert cells(read) == {(1, 1): "标题", (3, 1): "甲", (3, 2): "1", (4, 1): "旁"}


def test_page_whose_spans_claim_too_much(tmp_path: Path) -> None:
    body = "<table><tr><td colspan=1000000 rowspan=99999999>甲<td>乙</tr><tr><td>丙</tr></table>"
    read = grid(page(tmp_path / "a.xls", body))
    assert cells(read) == {(1, 1): "甲", (1, 1001): "乙", (2, 1001): "丙"}


def test_page_wider_than_a_sheet(tmp_path: Path) -> None:
    body = f"<table><tr>{'<td colspan=1000>甲' * 20}</table>"
    assert refusal(page(tmp_path / "a.xls", body))[0] == "huge_sheet"


def test_page_without_a_table_is_named_by_its_title(tmp_path: Path) -> None:
    body = "<title>会话超时，请重新登录</title><div>登录</div>"
    assert refusal(page(tmp_path / "a.xls", body)) == (
        "not_xlsx",
        "没有表格的网页，标题“会话超时，请重新登录”",
    )


def test_delimited_guards_and_line_breaks(tmp_path: Path) -> None:
    content = (
        '编号,说明,证号\r\n="007","第一行\n第二行",370481199001011234\t\r\n\r\n'
        '\'00123," ""引"" ",#REF!\r\n, ,　\r\n'
    )
    read = grid(text(tmp_path / "a.csv", content, "gb18030"))
    assert cells(read) == {
        (1, 1): "编号",
        (1, 2): "说明",
        (1, 3): "证号",
        (2, 1): "007",
        (2, 2): "第一行\n第二行",
        (2, 3): "370481199001011234",
        (4, 1): "00123",
        (4, 2): ' "引" ',
        (5, 3): "\u3000",
    }
    assert read.scan.errors == {(4, 3): "#REF!"}
    assert read.scan.rows.tolist() == [1, 2, 4, 5]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("head", ["", "sep=;\n"])
def test_delimited_line_ends_and_excel_hint(tmp_path: Path, end: str, head: str) -> None:
    read = grid(text(tmp_path / "a.csv", head + end.join(["甲;乙", "1;2,5", ""])))
    assert cells(read) == {(1, 1): "甲", (1, 2): "乙", (2, 1): "1", (2, 2): "2,5"}


@pytest.mark.parametrize(
    ("month", "doubtful"), [("2026.2", set()), ("2026.10", set()), ("2026.1", {(2, 1), (3, 1)})]
)
def test_a_tenth_month_may_have_lost_its_zero(
    tmp_path: Path, month: str, doubtful: set[tuple[int, int]]
) -> None:
    read = grid(text(tmp_path / "a.csv", f"月份,数\n2026.1,1\n{month},2\n"))
    assert read.scan.doubtful == (doubtful or ({(2, 1)} if month == "2026.2" else set()))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('甲,乙\n1,"2\n3,4\n5,6\n', "broken_quotes"),
        ("甲,乙\n1," + "长" * 300_000 + "\n", "long_cell"),
        ("," * 20_000 + "\n", "huge_sheet"),
        ("甲,乙\n" * 3 + "\x00", "not_xlsx"),
        ("一句话。\n又一句。\n", "not_xlsx"),
        ('{"rows": [1, 2]}', "not_xlsx"),
        ("<?xml version='1.0'?><rows><row/></rows>", "not_xlsx"),
        ("   \n\n", "not_xlsx"),
    ],
)
def test_texts_that_are_no_table(tmp_path: Path, content: str, code: str) -> None:
    assert refusal(text(tmp_path / "a.csv", content))[0] == code


def test_an_unknown_encoding_is_not_guessed(tmp_path: Path) -> None:
    assert refusal(text(tmp_path / "a.csv", "nom,né\nZoë,1\n" * 9, "latin-1"))[0] == "bad_encoding"


def test_a_text_larger_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 1000)
    for content in ("甲,乙\n" * 500, "<table><tr><td>甲" * 500):
        assert refusal(text(tmp_path / "a.csv", content))[0] == "too_large"


XLS_ROWS: list[list[str | int | float | None]] = [["甲", 1, "乙"], [None, 370481199001011234, ""]]


def patched(path: Path, old: bytes, new: bytes) -> Path:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))
    return path


def test_xls_with_a_password(tmp_path: Path) -> None:
    path = as_xls(tmp_path / "a.xls", XLS_ROWS)
    assert refusal(patched(path, b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00"))[0] == "encrypted"


def test_xls_whose_stated_size_is_absurd(tmp_path: Path) -> None:
    path = as_xls(tmp_path / "a.xls", XLS_ROWS)
    size = re.search(rb"\x00\x02\x0e\x00.{4}", path.read_bytes(), re.DOTALL)
    assert size is not None
    claim = size[0] + struct.pack("<I", 0xFFFFFFF0)
    old = path.read_bytes()[size.start() : size.end() + 4]
    assert refusal(patched(path, old, claim))[0] == "huge_sheet"


def test_a_word_document_in_the_same_container(tmp_path: Path) -> None:
    path = as_xls(tmp_path / "a.xls", XLS_ROWS)
    old, new = ("Workbook".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
    entry = old.ljust(64, b"\0") + struct.pack("<H", 18)
    named = new.ljust(64, b"\0") + struct.pack("<H", 26)
    assert refusal(patched(path, entry, named)) == ("not_xlsx", "Word 文档 .doc 或 .wps")


def test_xls_formulas_a_program_wrote_without_values(tmp_path: Path) -> None:
    read = grid(as_xls(tmp_path / "a.xls", [["甲", "=1+1"], ["乙", 2]]))
    assert read.scan.uncalculated == {(1, 2)}
    assert read.unread == frozenset()


def test_xls_numbers_whose_digits_are_lost(tmp_path: Path) -> None:
    read = grid(as_xls(tmp_path / "a.xls", [[370481199001011234, 2026.1, 7, 2026.2]]))
    assert read.scan.doubtful == {(1, 1), (1, 2)}


def test_shared_strings_across_continued_records() -> None:
    blocks = [
        struct.pack("<II", 4, 4) + b"\x03\x00\x00ab",
        b"\x01c\x00" + b"\x00\x00\x00" + b"\x01\x00\x09\x01\x00\x32\x7e" + bytes(4) + b"\x00",
        b"\x00\x00",
    ]
    assert shared_strings(blocks) == ["abc", "", "\u7e32", ""]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("write", [as_xls, as_xlsb, as_ods])
def test_cut_files(tmp_path: Path, write: object, share: float) -> None:
    path = write(tmp_path / "a.dat", [["甲", n] for n in range(400)])  # type: ignore[operator]
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert refusal(path)[0] == "truncated"


def test_xlsb_hidden_sheet(tmp_path: Path) -> None:
    with open_workbook(as_xlsb(tmp_path / "a.xlsb", [["甲"]], state=2)) as workbook:
        assert workbook.sheets[0].sheet.is_hidden


def test_zips_that_are_no_workbook(tmp_path: Path) -> None:
    for name, actual in (("word/document.xml", "Word 文档"), ("a.txt", "压缩包")):
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(name, "x")
        assert refusal(path) == ("not_xlsx", actual)


def test_the_name_says_nothing(tmp_path: Path) -> None:
    assert cells(grid(book(tmp_path / "a.et", {"表": [["甲"]]}))) == {(1, 1): "甲"}
    assert cells(grid(as_xls(tmp_path / "a.xlsx", [["乙"]]))) == {(1, 1): "乙"}
    assert cells(grid(as_text(tmp_path / "a.xls", [["丙", 1]]))) == {(1, 1): "丙", (1, 2): "1"}


def test_every_format_is_found_in_a_folder(tmp_path: Path) -> None:
    names = "a.xlsx b.XLS c.et d.xlsb e.ods f.csv g.tsv h.html i.mht j.xlsm".split()
    for name in [*names, "~$a.xlsx", ".b.xls", "说明.docx", "c.txt"]:
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in find_workbooks([tmp_path])] == names

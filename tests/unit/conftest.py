"""A tiny invented jurisdiction, and the context made from it."""

from pathlib import Path

import pytest

from etl.declarations.declarations import Context, load_context

UNITS = """unit_id,name_zh,short_name,kind,role_territory,role_department,role_actor
total,全市,全市,合计,0,0,0
heyuan,禾原街道,禾原,街道,1,0,1
dongsha,东沙镇,东沙,镇,1,0,1
nansha,南沙镇,南沙,镇,1,0,1
park,开发区,开发区,功能区,1,0,1
direct,市直,,市直,1,0,0
unassigned,未归属,,未归属,1,1,1
safety,市应急局,应急局,部门,0,1,1
housing,市住建局,住建局,部门,0,1,1
"""
ALIASES = """alias,unit_id,note
禾原办事处,heyuan,
沙镇,,可能是东沙镇或南沙镇
"""


@pytest.fixture(scope="session")
def profile_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The CSV files of the invented jurisdiction."""
    folder = tmp_path_factory.mktemp("profile")
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "aliases.csv").write_text(ALIASES, encoding="utf-8")
    (folder / "profile.csv").write_text("key,value\nname_zh,示例市\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def context(profile_dir: Path) -> Context:
    """Declarations of the repository with the invented jurisdiction."""
    return load_context(profile_dir)

"""Numbers people may argue about: each with a default and a sentence.

`HOME/<profile>/settings.csv` (`name,value`) changes them; what it does not name keeps its default.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

from warehouse.files.home import Home


@dataclass(frozen=True)
class Setting:
    """One setting: what it means, what it is unless changed, what it may be."""

    name: str
    default: int
    lowest: int
    highest: int
    meaning_zh: str


SETTINGS = (
    Setting("idle_minutes", 30, 1, 720, "无操作多少分钟后自动退出登录"),
    Setting("session_hours", 12, 1, 72, "登录后最长多少小时须重新登录，有操作也不例外"),
    Setting("sign_in_tries", 5, 3, 20, "同一台电脑对同一用户名连续输错多少次密码后暂停登录"),
    Setting("tries_anywhere", 20, 5, 1000, "一个用户名在各电脑上共连续输错多少次后暂停登录"),
    Setting("lock_minutes", 15, 1, 1440, "输错过多后暂停登录多少分钟"),
    Setting("password_length", 8, 8, 64, "密码至少多少个字符"),
    Setting("sql_seconds", 5, 1, 120, "一条分析查询最多运行多少秒，到时终止查询进程"),
    Setting("sql_rows", 10_000, 1, 100_000, "一条分析查询最多取回多少行，超出的截断并说明"),
    Setting("sql_columns", 200, 1, 1_000, "一条分析查询的结果最多多少列，超出的不予执行"),
    Setting("sql_memory_mb", 1_024, 256, 16_384, "查询进程打开数据后最多再占多少MB内存"),
    Setting("sql_result_mb", 32, 1, 256, "查询结果最多多少MB，超出的截断并说明"),
    Setting("sql_cell_characters", 32_767, 100, 32_767, "查询结果一格最多多少字，超出的截短并说明"),
    Setting("sql_text_characters", 50_000, 1_000, 1_000_000, "一条查询语句最多多少字"),
    Setting("sql_workers", 2, 1, 16, "全部用户同时运行的查询最多几条，其余排队"),
    Setting("sql_per_person", 1, 1, 4, "一个人同时运行和排队的查询最多几条"),
    Setting("job_count", 2, 1, 8, "同时进行的预览和导入最多几个"),
    Setting("upload_mb", 64, 1, 64, "上传的一个文件最多多少MB"),
    Setting("upload_count", 60, 1, 500, "一次最多上传几个文件"),
    Setting("upload_days", 30, 1, 3650, "上传而未入库的文件保留多少天"),
    Setting("sql_queue_seconds", 5, 0, 60, "一条查询最多排队多少秒，到时请用户稍后再试"),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def value(name: str, home: Home) -> int:
    """The setting of this home; a value out of its range is an error with a Chinese sentence."""
    setting = _BY_NAME[name]
    path = home.folder / "settings.csv"
    if not path.is_file():
        return setting.default
    with path.open(encoding="utf-8-sig", newline="") as stream:
        changed = {row["name"]: row["value"] for row in csv.DictReader(stream)}
    return _checked(setting, changed[name]) if name in changed else setting.default


def _checked(setting: Setting, text: str) -> int:
    wanted = f"settings.csv 的 {setting.name} 应为 {setting.lowest}—{setting.highest} 的整数"
    try:
        number = int(text)
    except ValueError:
        raise ValueError(f"{wanted}，现为“{text}”") from None
    if not setting.lowest <= number <= setting.highest:
        raise ValueError(f"{wanted}，现为 {number}")
    return number

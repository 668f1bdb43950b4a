"""Invented people, firms and findings. None of them exists; the place is the demo's 示例市."""

import csv
from random import Random

from tests.ledgers.layouts import HERE

UNITS = HERE.parents[1] / "data" / "profiles" / "demo" / "units.csv"

FIRM_FRONT = (
    "云澍 恒砚 沐岚 青槐 垅禾 铎石 桐汐 荞野 屿光 柳溪 竹坞 岫川 澜启 杏坞 松壑 砚池".split()
)
FIRM_BACK = "精工机械 新型建材 包装制品 化工助剂 金属制品 食品加工 木业 纺织 物流 热处理".split()
SURNAMES = "林周许沈顾陆江程夏孟庄温蒋邵秦乔"
GIVEN = "知夏 予安 景行 怀瑾 书言 若谷 长宁 云舟 星野 明远 思齐 望舒 子衿 清和 伯言 雨棠".split()
SITES = "一号车间 二号车间 原料仓库 配电室 锅炉房 危化品库 装卸平台 食堂 成品库 空压机房".split()
PROBLEMS = (
    "配电箱未上锁且线路裸露",
    "灭火器压力不足未更换",
    "安全出口被物料堵塞",
    "行车限位装置失效",
    "可燃气体报警器未检定",
    "临边防护栏杆缺失",
    "叉车驾驶人员未系安全带",
    "除尘系统未按规定清灰",
    "危险化学品混放",
    "有限空间警示标志缺失",
    "应急照明灯损坏",
    "电焊作业未办理动火审批",
)
FIXES = ("更换损坏部件", "清理并划定通道", "重新检定后使用", "补装防护设施", "办理审批手续")
CAUSES = ("未按规程操作", "防护装置缺失", "现场监护不到位", "设备带病运行")
KINDS = "物体打击 机械伤害 车辆伤害 起重伤害 触电 灼烫 高处坠落 坍塌".split()
KIND_NUMBERS = dict(zip(KINDS, (1, 3, 2, 4, 5, 7, 9, 10), strict=True))
REASONS = (
    "未对从业人员进行安全培训",
    "特种作业人员无证上岗",
    "未建立隐患排查治理制度",
    "未在危险场所设置警示标志",
    "违规储存危险物品",
)
JOBS = {
    "电工作业": "低压电工作业",
    "焊接与热切割作业": "熔化焊接与热切割作业",
    "高处作业": "登高架设作业",
    "制冷与空调作业": "制冷与空调设备运行操作作业",
}
TOPICS = ("安全生产法律法规", "事故案例警示", "岗位操作规程", "应急处置知识")
CHECKS = (
    "是否取得施工许可",
    "是否编制专项施工方案",
    "是否进行安全技术交底",
    "临时用电是否符合规范",
    "特种作业人员是否持证",
    "脚手架是否验收",
    "应急物资是否齐备",
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def seeded(text: str) -> Random:
    """The same numbers for the same text, on every machine."""
    return Random(text)  # noqa: S311 - material is drawn, nothing is kept secret


def _units() -> list[dict[str, str]]:
    with UNITS.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


SHORT = {row["name_zh"]: row["short_name"] for row in _units()}
TOWNS = [row["name_zh"] for row in _units() if row["role_territory"] == "1"]
TOWNS = [name for name in TOWNS if name.endswith(("街道", "镇"))]
ZONES = ["示例经济开发区", "示例化工产业园"]


def firms(rng: Random, count: int) -> list[str]:
    """Different firms."""
    pairs = [f"示例市{front}{back}有限公司" for front in FIRM_FRONT for back in FIRM_BACK]
    return rng.sample(pairs, count)


def people(rng: Random, count: int) -> list[str]:
    """Different names."""
    return rng.sample([surname + given for surname in SURNAMES for given in GIVEN], count)


def findings(rng: Random, count: int) -> list[str]:
    """Different findings: a site and what is wrong there."""
    return rng.sample([f"{site}{problem}" for site in SITES for problem in PROBLEMS], count)


def phone(rng: Random) -> str:
    """A number with one plainly invented front."""
    return f"1990000{rng.randint(0, 9999):04d}"


def person_id(rng: Random, birth: str) -> str:
    """A well-formed identity number of an area code that does not exist."""
    body = f"379901{birth}{rng.randint(1, 999):03d}"
    check = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return body + "10X98765432"[check % 11]


def credit_code(rng: Random) -> str:
    """A well-formed credit code of the same area."""
    body = f"91379901MA{rng.randint(0, 9999999):07d}"
    total = sum(_CREDIT.index(sign) * 3**place % 31 for place, sign in enumerate(body))
    return body + _CREDIT[-total % 31]

"""Invented enterprises and people: names, 统一社会信用代码, 身份证号 and telephones nobody has."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from sample.facts.place import DIRECT, Place, Unit, read_rows

WORDS = Path(__file__).parents[1] / "words"
REGION = "990100"  # no division of the country has a code beginning with 99
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Firm:
    """One enterprise with its place, its lead department and its field."""

    name: str
    short: str
    credit_code: str
    territory_id: str
    zone_id: str | None
    department_id: str | None
    sector_code: str
    bulletin_code: str

    @property
    def seat(self) -> str:
        """The exclusive territory: 功能区 where set, else 镇街 or 市直."""
        return self.zone_id or self.territory_id


def words(name: str) -> list[dict[str, str]]:
    """A list of words the sample is made of."""
    return read_rows(WORDS / f"{name}.csv")


def fits(row: dict[str, str], firm: Firm) -> bool:
    """Whether a story suits the firm: its field, and a word of its name where the row asks."""
    named = row["firm_words"].split("|")
    return row["sector_code"] == firm.sector_code and any(word in firm.name for word in named)


def town_weights(place: Place, rng: Random) -> dict[str, float]:
    """How much of the city's industry each territory holds: a few large, many small."""
    order = list(place.territories)
    rng.shuffle(order)
    weights = {}
    for rank, unit in enumerate(order):
        factor = 0.25 if unit.unit_id == DIRECT else 1.5 if unit.is_zone else 1.0
        weights[unit.unit_id] = factor / (rank + 1.5) ** 0.75
    return weights


class Registry:
    """Hands out unique firms, people and numbers from one random stream."""

    def __init__(self, place: Place, rng: Random) -> None:
        self.place, self.rng = place, rng
        lists = {row["list"]: row["text"] for row in words("names")}
        self.brands = [a + b for a in lists["brand_first"] for b in lists["brand_second"] if a != b]
        self.surnames = lists["surname"]
        self.given = [a + b for a in lists["given_first"] for b in lists["given_second"]]
        self.weights = town_weights(place, rng)
        self.fields = {row["sector_code"]: row for row in words("fields")}
        self._names: set[str] = set()
        self._serial = 0
        zones = [unit for unit in place.territories if unit.is_zone]
        self._hosts = {zone.unit_id: rng.choice(place.towns).unit_id for zone in zones}

    def firm(self, sector_code: str, suffixes: str = "", department_word: str = "") -> Firm:
        """A new enterprise of a field, somewhere in the city."""
        field = self.fields[sector_code]
        seats = list(self.weights)
        seat = self.rng.choices(seats, [self.weights[s] for s in seats])[0]
        short = self._unused_name((suffixes or field["suffixes"]).split("|"))
        territory, zone = self._address(self.place.unit(seat))
        return Firm(
            name=self.place.name_zh + short,
            short=short.removesuffix("有限公司"),
            credit_code=self.credit_code(),
            territory_id=territory,
            zone_id=zone,
            department_id=self.place.department(department_word or field["department_word"]),
            sector_code=sector_code,
            bulletin_code=field["bulletin_code"],
        )

    def _address(self, seat: Unit) -> tuple[str, str | None]:
        if seat.is_zone:
            return self._hosts[seat.unit_id], seat.unit_id
        return seat.unit_id, None

    def _unused_name(self, suffixes: list[str]) -> str:
        while True:
            name = self.rng.choice(self.brands) + self.rng.choice(suffixes)
            if name not in self._names:
                self._names.add(name)
                return name

    def person(self) -> str:
        """A name that reads like one and is nobody's."""
        return self.rng.choice(self.surnames) + self.rng.choice(self.given)

    def phone(self) -> str:
        """Eleven digits of a number range (129) that is assigned to nobody."""
        return "129" + f"{self.rng.randrange(10**8):08d}"

    def person_id(self) -> str:
        """Eighteen characters with a right check character and an impossible region."""
        while True:
            born = date(1965, 1, 1) + timedelta(days=self.rng.randrange(11000))
            body = f"{REGION}{born:%Y%m%d}{self.rng.randrange(1000):03d}"
            if body not in self._names:
                self._names.add(body)
                break
        total = sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True))
        return body + "10X98765432"[total % 11]

    def credit_code(self) -> str:
        """Eighteen characters with a right check character (GB 32100)."""
        self._serial += 1
        body = f"91{REGION}MA{self._serial:07d}"
        total = sum(
            CREDIT_LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(body)
        )
        return body + CREDIT_LETTERS[-total % 31]


def make_firms(registry: Registry, count: int) -> list[Firm]:
    """The city's enterprises, by field."""
    codes = list(registry.fields)
    weights = [float(registry.fields[code]["weight"]) for code in codes]
    return [registry.firm(code) for code in registry.rng.choices(codes, weights, k=count)]

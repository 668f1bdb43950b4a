"""The life of one major hazard (重大事故隐患), and what a ledger of a given day shows of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sample.facts.days import later
from sample.facts.declared_forms import Fact
from sample.facts.firms import Firm, Registry, fits, words

CHANNELS = {"self_check": 40, "department_check": 34, "supervision": 10, "tip_off": 5, "expert": 11}
LATE_SHARE, EXTENDED_SHARE = 0.15, 0.08


@dataclass(frozen=True)
class Hazard:
    """One hazard with every date of its life, also those after the cut-off."""

    reporter_id: str
    found: date
    due: date
    extended: date | None
    granted: date | None
    rectified: date
    accepted: date
    closed: date
    is_returned: bool
    fixed: Fact

    @property
    def effective_due(self) -> date:
        """The day it must be closed by, an extension included."""
        return self.extended or self.due


def snapshot(hazard: Hazard, as_of: date) -> Fact:
    """What the ledger of a day says."""
    rectified = hazard.rectified if hazard.rectified <= as_of else None
    accepted = hazard.accepted if hazard.accepted <= as_of else None
    closed = hazard.closed if hazard.closed <= as_of else None
    granted = hazard.granted is not None and hazard.granted <= as_of
    if closed:
        status = "closed"
    elif accepted:
        status = "accepted"
    elif rectified:
        status = "returned" if hazard.is_returned else "awaiting_acceptance"
    elif granted:
        status = "extended"
    else:
        status = "unverified" if (as_of - hazard.found).days < 3 else "rectifying"
    return {
        **hazard.fixed,
        "found_date": hazard.found,
        "due_date": hazard.due,
        "extended_due_date": hazard.extended if granted else None,
        "rectified_date": rectified,
        "accepted_date": accepted,
        "closed_date": closed,
        "status_code": status,
    }


class Writer:
    """Draws hazards of one reporting unit."""

    def __init__(self, firms: list[Firm], registry: Registry, rng: Random) -> None:
        self.registry, self.rng = registry, rng
        self.firms: dict[str, list[Firm]] = {}
        for firm in firms:
            self.firms.setdefault(firm.seat, []).append(firm)
        self.texts = words("hazards")
        self.leaders = [registry.person() for _ in range(14)]

    def life(self, reporter_id: str, found: date) -> Hazard:
        """A hazard found on a day; some are extended, some late."""
        rng = self.rng
        due = later(found, rng, 0, 2) + timedelta(days=rng.choice((15, 20, 30, 30, 45, 60, 90)))
        span = (due - found).days
        extended = granted = None
        if rng.random() < EXTENDED_SHARE:
            extended, granted = due + timedelta(days=30), due - timedelta(days=min(16, span - 2))
            span += 30
        needed = max(2, round(span * rng.uniform(0.35, 0.85)))
        if rng.random() < LATE_SHARE:
            needed = span + rng.randint(5, 55)
        rectified = found + timedelta(days=needed)
        accepted = later(rectified, rng, 1, 8)
        return Hazard(
            reporter_id=reporter_id,
            found=found,
            due=due,
            extended=extended,
            granted=granted,
            rectified=rectified,
            accepted=accepted,
            closed=later(accepted, rng, 1, 12),
            is_returned=False,
            fixed=self._fixed(reporter_id),
        )

    def _fixed(self, reporter_id: str) -> Fact:
        rng = self.rng
        firm = rng.choice(self.firms.get(reporter_id) or [self.registry.firm("industry_trade")])
        text = rng.choice([row for row in self.texts if fits(row, firm)])
        listed = rng.choices(("none", "county", "city", "province"), (60, 30, 9, 1))[0]
        return {
            "hazard_no": None,
            "territory_id": firm.territory_id,
            "zone_id": firm.zone_id,
            "department_id": firm.department_id,
            "enterprise_name": firm.name,
            "credit_code": firm.credit_code,
            "sector_code": firm.sector_code,
            "hazard_grade_code": "general" if rng.random() < 0.03 else "major",
            "channel_code": rng.choices(list(CHANNELS), list(CHANNELS.values()))[0],
            "hazard_text": text["hazard_text"],
            "basis_text": None if rng.random() < 0.03 else text["basis_text"],
            "supervise_level_code": listed,
            "responsible_leader": rng.choice(self.leaders) if rng.random() < 0.9 else None,
            "funds_wan": Decimal(rng.randint(8, 600)) / 10,
            "rectifier_name": self.registry.person(),
            "rectifier_phone": self.registry.phone(),
            "note_text": rng.choice(("已落实管控措施", "停产整改中"))
            if rng.random() < 0.06
            else None,
        }

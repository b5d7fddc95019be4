"""Green open space over the urban area, only where both are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from dashboard.clock import wib
from dashboard.formulas.green_space import GreenSpace, green_space
from dashboard.formulas.not_computable import NotComputable
from dashboard.store.green_space import GreenSum, green_of_year, urban_until
from datasources.resources.green_space_records import UrbanArea
from datasources.resources.record_days import day_start


@dataclass(frozen=True, slots=True)
class UrbanGreen:
    """The inventory of one year beside the urban areas; areas of kecamatan without an urban area are left out."""

    year: int
    areas: tuple[GreenSum, ...]
    urban: dict[str, UrbanArea]

    @property
    def data_time(self) -> datetime:
        """When the newest of the areas was surveyed."""
        return day_start(max(a.surveyed_on for a in self.areas))

    @property
    def places(self) -> int:
        """How many green spaces the inventory has."""
        return sum(a.places for a in self.areas)

    @property
    def left_out(self) -> int:
        """Green spaces of kecamatan whose urban area nobody has entered."""
        return sum(a.places for a in self.areas if a.kecamatan_code not in self.urban)

    def hectares(self, ownership: str, kecamatan: str | None = None) -> Decimal:
        """Of public or private areas that count, in one kecamatan or all."""
        counted = [a for a in self.areas if a.ownership == ownership and a.kecamatan_code in self.urban]
        return sum((a.area_ha for a in counted if kecamatan in (None, a.kecamatan_code)), Decimal(0))

    def urban_ha(self, kecamatan: str | None = None) -> Decimal | None:
        """The urban area of one kecamatan or of all that have one; None when nobody has entered any."""
        found = [u.area_ha for code, u in self.urban.items() if kecamatan in (None, code)]
        return sum(found, Decimal(0)) if found else None

    def share(self, kecamatan: str | None = None) -> GreenSpace | NotComputable:
        """Both shares of one kecamatan or of all."""
        public, private = self.hectares("publik", kecamatan), self.hectares("privat", kecamatan)
        try:
            return green_space(public, private, self.urban_ha(kecamatan))
        except ValueError as impossible:
            return NotComputable(str(impossible))


def urban_green(connection: Connection, at: datetime) -> UrbanGreen | None:
    """As known at `at`; None without an inventory."""
    today = wib(at).date()
    found = green_of_year(connection, today.year, today)
    return UrbanGreen(found[0], tuple(found[1]), urban_until(connection, today.year)) if found else None

"""How the readings of a source are judged, as its owner sets it in [sources.<id>.quality]."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class QualityOptions(BaseModel):
    """`required_share` of its hours makes a day valid (P.14/2020 names none; 0.75 is the rule of the US EPA).

    `humidity_correction` names a correction of PM2.5 for humid air, "" for none. `reference` is the station
    ("source/station") against which the drift of low-cost sensors is told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    required_share: Decimal = Field(default=Decimal("0.75"), gt=0, le=1)
    humidity_correction: Literal["", "epa_2021"] = ""
    reference: str = Field(default="", max_length=161)

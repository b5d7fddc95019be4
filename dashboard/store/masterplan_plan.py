"""What a masterplan's documents decide: tables of documents, programmes, actions, budgets, and who holds office."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Index, Integer, String, Table, Text, or_, select

from dashboard.store.column_kinds import Day, Exact
from dashboard.store.database import UtcTime, metadata
from dashboard.store.filed_rows import keeper
from dashboard.store.masterplan_changes import tell
from datasources.resources.masterplan_records import (
    ActionItem,
    Budget,
    Goal,
    OfficeHolder,
    PlanDocument,
    Programme,
    Strategy,
)


def _told() -> tuple[Column[Any], Column[Any]]:
    return Column("file", String(128), nullable=False), Column("known_at", UtcTime, nullable=False)


masterplan_documents = Table(
    "masterplan_documents",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("number", String(128)),
    Column("first_year", Integer, nullable=False),
    Column("last_year", Integer, nullable=False),
    Column("established_on", Day, nullable=False),
    Column("valid_from", Day, nullable=False),
    Column("valid_until", Day),
    Column("standing", String(16), nullable=False),
    Column("cap", Exact),
    *_told(),
)
masterplan_goals = Table(
    "masterplan_goals",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("document", String(64), nullable=False),
    Column("dimension", String(8), nullable=False),
    Column("goal", String(400), nullable=False),
    *_told(),
)
masterplan_strategies = Table(
    "masterplan_strategies",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("goal", String(64), nullable=False),
    Column("strategy", String(400), nullable=False),
    *_told(),
)
masterplan_programmes = Table(
    "masterplan_programmes",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("document", String(64), nullable=False),
    Column("strategy", String(64)),
    Column("sub_dimension", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("quick_win", Boolean, nullable=False),
    Column("horizon", String(16), nullable=False),
    Column("first_year", Integer, nullable=False),
    Column("last_year", Integer, nullable=False),
    Column("opd", String(128), nullable=False),
    Column("supporting", String(300)),
    Column("funding", String(128)),
    Column("rpjmd_programme", String(128)),
    Column("course", String(16), nullable=False),
    *_told(),
    Column("valid_until", Day),
)
masterplan_actions = Table(
    "masterplan_actions",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("programme", String(64), nullable=False),
    Column("activity", String(300), nullable=False),
    Column("output", String(300), nullable=False),
    Column("due_on", Day, nullable=False),
    Column("opd", String(128), nullable=False),
    Column("weight", Exact, nullable=False),
    Column("progress", Exact),
    Column("reported_on", Day),
    Column("evidence", Text),
    *_told(),
    Column("valid_until", Day),
    Index("masterplan_actions_by_programme", "programme"),
)
masterplan_budgets = Table(
    "masterplan_budgets",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("programme", String(64), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("planned", Exact, nullable=False),
    Column("spent", Exact),
    *_told(),
)
office_holders = Table(
    "office_holders",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("position", String(128), primary_key=True),
    Column("valid_from", Day, primary_key=True),
    Column("holder", String(128), nullable=False),
    Column("opd", String(128)),
    Column("valid_until", Day),
    *_told(),
)

keep_documents, keep_goals, keep_strategies, keep_programmes, keep_actions, keep_budgets, keep_holders = (
    keeper(table, tell)
    for table in (
        masterplan_documents, masterplan_goals, masterplan_strategies, masterplan_programmes, masterplan_actions,
        masterplan_budgets, office_holders,
    )
)  # fmt: skip


def documents(connection: Connection) -> list[PlanDocument]:
    """Every document, the newest first."""
    c = masterplan_documents.c
    return [PlanDocument(**r) for r in rows(connection, masterplan_documents, c.valid_from.desc(), c.code)]


def goals(connection: Connection) -> list[Goal]:
    """Every sasaran."""
    return [Goal(**r) for r in rows(connection, masterplan_goals, masterplan_goals.c.code)]


def strategies(connection: Connection) -> list[Strategy]:
    """Every strategi."""
    return [Strategy(**r) for r in rows(connection, masterplan_strategies, masterplan_strategies.c.code)]


def programmes(connection: Connection) -> list[Programme]:
    """Every programme as the files tell it."""
    return [Programme(**r) for r in rows(connection, masterplan_programmes, masterplan_programmes.c.code)]


def actions(connection: Connection, programme: str | None = None) -> list[ActionItem]:
    """Every action (of a programme) as the files tell it, by its day."""
    c = masterplan_actions.c
    narrowed = None if programme is None else c.programme == programme
    return [ActionItem(**r) for r in rows(connection, masterplan_actions, c.due_on, c.code, where=narrowed)]


def budgets(connection: Connection, programme: str | None = None) -> list[Budget]:
    """Every year's budget (of a programme) as the files tell it."""
    c = masterplan_budgets.c
    narrowed = None if programme is None else c.programme == programme
    return [Budget(**r) for r in rows(connection, masterplan_budgets, c.programme, c.year, where=narrowed)]


def holders(connection: Connection) -> list[OfficeHolder]:
    """Everybody who ever held office here."""
    c = office_holders.c
    return [OfficeHolder(**r) for r in rows(connection, office_holders, c.position, c.valid_from)]


def holders_on(connection: Connection, day: date) -> list[OfficeHolder]:
    """Who holds office on a day; where two rows claim it, the one who began later."""
    c = office_holders.c
    holds = (c.valid_from <= day) & or_(c.valid_until.is_(None), c.valid_until >= day)
    found = rows(connection, office_holders, c.position, c.valid_from, where=holds)
    return list({r["position"]: OfficeHolder(**r) for r in found}.values())


def rows(connection: Connection, table: Table, *order: Any, where: Any = None) -> list[dict[str, Any]]:
    """The rows of a table as the fields of their record."""
    columns = [c for c in table.c if c.name not in ("source", "known_at")]
    statement = select(*columns).order_by(*order)
    found = connection.execute(statement if where is None else statement.where(where))
    return [dict(row._mapping) for row in found]

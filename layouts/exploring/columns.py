"""Finding the columns of an answer by what they are to a drawing."""

from __future__ import annotations

from dashboard.exploring.question import Answer, Column, Role


def with_role(answer: Answer, role: Role) -> list[Column]:
    """The columns of a role, in their order."""
    return [column for column in answer.columns if column.role == role]


def one(answer: Answer, role: Role) -> Column:
    """The column of a role. Raises ValueError when an answer has none, a mistake of the question."""
    found = with_role(answer, role)
    if len(found) != 1:
        raise ValueError(f"{len(found)} columns are '{role}', one is needed")
    return found[0]

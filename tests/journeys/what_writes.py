"""Which callbacks of the application can reach the store's `writing`: read from their code, whatever they are called.

A function reaches what its code names: a global, something it closes over, an attribute of a module, class or object
among these, and whatever those reach. Names are followed more eagerly than a program would: better a reading callback
that has to be explained than a writing one that is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from dashboard.store.database import writing
from layouts.access.refusals import note_refusal
from layouts.access.taken import note_taken
from layouts.access.who import person

OURS = ("dashboard", "layouts", "datasources", "tests")
OF_EVERY_REQUEST = (person, note_refusal, note_taken)
"""They write down who came, was refused or took a file away: asking does that, and changes nothing for it."""


def writing_callbacks(callback_map: dict[str, Any]) -> set[str]:
    """The keys of those callbacks that can reach `writing`."""
    return {key for key, told in callback_map.items() if "callback" in told and can_write(told["callback"])}


def can_write(callback: Callable[..., Any]) -> bool:
    """Whether anything that the function can reach opens the store to write."""
    waiting, seen = [callback], set()
    while waiting:
        one = _plain(waiting.pop())
        if one is None or one in seen or one in map(_plain, OF_EVERY_REQUEST):
            continue
        if one is _plain(writing):
            return True
        seen.add(one)
        waiting.extend(_reached(one))
    return False


def _plain(found: Any) -> FunctionType | None:
    """The function itself: without decorators, its object, or arguments given before."""
    while True:
        if isinstance(found, partial):
            found = found.func
        elif isinstance(found, MethodType):
            found = found.__func__
        elif isinstance(found, FunctionType) and hasattr(found, "__wrapped__"):
            found = found.__wrapped__
        else:
            return found if isinstance(found, FunctionType) else None


def _reached(function: FunctionType) -> Iterator[Any]:
    """Everything callable that the code of one function names."""
    if not function.__module__.startswith(OURS):
        return
    names = {name for code in _codes(function.__code__) for name in code.co_names}
    cells = [cell.cell_contents for cell in function.__closure__ or () if _is_filled(cell)]
    known = [*cells, *(function.__globals__[name] for name in names if name in function.__globals__)]
    yield from known
    for holder in known:
        if isinstance(holder, ModuleType | type) or type(holder).__module__.startswith(OURS):
            yield from (getattr(holder, name) for name in names if callable(getattr(holder, name, None)))
        if isinstance(holder, dict):
            yield from filter(callable, holder.values())


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _is_filled(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False

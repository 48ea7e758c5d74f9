"""Context and refusal, the two values every room passes around; and that the kernel starts fast."""

import ast
import copy
import pickle
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import CODES, Refusal, Stale

KERNEL = Path(__file__).parents[1]
DARA = Context(
    actor="dara",
    office="mfa.was",
    roles=frozenset({"consular_officer"}),
    at=datetime(2025, 1, 1, 2, tzinfo=UTC),
    on=date(2024, 12, 31),
    trace=UUID(int=1),
)


def test_a_context_knows_roles_and_ministry_and_moves_to_a_command() -> None:
    assert DARA.has("consular_officer") and not DARA.has("approver")
    assert DARA.ministry == "mfa"
    moved = DARA.for_command(UUID(int=2))
    assert (moved.trace, moved.actor, DARA.trace) == (UUID(int=2), "dara", UUID(int=1))


def test_a_refusal_carries_code_place_and_facts() -> None:
    no = Refusal("cases.same_hands", field="actor", row=3, who="dara", count=2)
    assert (no.code, no.field, no.row, dict(no.facts)) == (
        "cases.same_hands",
        "actor",
        3,
        {"who": "dara", "count": 2},
    )
    assert str(no) == "cases.same_hands [actor] who=dara count=2"
    with pytest.raises(TypeError):
        no.facts["who"] = "x"  # type: ignore[index]


@pytest.mark.parametrize("no", [Refusal("a.b", field="f", row=0, x=1), Stale(case="7"), Stale()])
def test_a_refusal_survives_copy_and_pickle(no: Refusal) -> None:
    for twin in (copy.copy(no), pickle.loads(pickle.dumps(no))):
        assert type(twin) is type(no)
        assert (twin.code, dict(twin.facts), twin.field, twin.row) == (
            no.code,
            dict(no.facts),
            no.field,
            no.row,
        )


def test_a_refusal_is_placed_without_losing_what_it_knew() -> None:
    placed = Refusal("kernel.bad_date").at(field="birth_date", row=4)
    assert (placed.field, placed.row) == ("birth_date", 4)
    assert placed.at(field="other", row=9).field == "birth_date"
    assert isinstance(Stale().at(row=1), Stale)
    assert Stale().code == "journal.stale"


def test_every_code_the_kernel_raises_is_listed_and_no_other() -> None:
    raised = {
        node.args[0].value
        for path in KERNEL.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal"
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert raised == set(CODES)
    assert list(CODES) == sorted(CODES)


def test_importing_the_kernel_loads_nothing_heavy() -> None:
    modules = ", ".join(f"srok.ground.kernel.{path.stem}" for path in KERNEL.glob("*.py"))
    code = (
        f"import sys; import {modules.replace('.__init__', '')};"
        "heavy = {'icu', 'cryptography', 'rfc8785', 'django', 'sqlite3', 'socket', 'asyncio', 'numpy'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=KERNEL.parents[2], check=True
    )
    assert done.stdout.strip() == "[]"

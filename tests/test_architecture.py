"""Conventions as tests: who may import whom, no effects at import, docstrings, sizes, mocks with a spec."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("bot", "cogs", "storage")
SOURCES = sorted(p for top in OURS for p in (ROOT / top).rglob("*.py"))
TESTS = sorted(p for top in ("tests", "benchmarks") for p in (ROOT / top).rglob("*.py"))

VOCABULARY = {"bot.models", "bot.errors", "bot.records"}

BASE = {
    "bot.models": set[str](),
    "bot.errors": set[str](),
    "bot.records": {"bot.models"},
    "bot.settings": {"bot.errors"},
    "bot.logs": set[str](),
    "bot.checks": {"bot.errors", "bot.settings"},
    "bot.worker_process": {"bot.errors"},
    "bot.workers": {"bot.analysis", "bot.articles", "bot.errors", "bot.worker_process"},
    "bot.engine": VOCABULARY | {"bot.analysis", "bot.workers"},
    "bot.analysis": {"bot.models", "bot.errors"},
    "bot.articles": {"bot.models", "bot.errors", "bot.workers"},
    "storage": VOCABULARY,
    # The composition root wires everything; nothing imports it.
    "bot.__main__": {"bot", "storage", "cogs"},
    "bot.wiring": {"bot", "storage"},
    "bot.preview": {"bot", "storage", "cogs"},
    "bot.client": {"cogs"},
    "bot.cli": {"bot.checks"},
    "cogs": {"bot.client"},  # for types alone: at run time the client imports the cogs
    "bot": set[str](),
}

USE_CASES = {f"bot.{p.stem}" for p in (ROOT / "bot").glob("*.py") if p.stem != "__init__"} - set(BASE)
"""The tracker and its siblings: they know neither Discord nor HTTP nor SQL, but Protocols."""

MAY_IMPORT = BASE | dict.fromkeys(sorted(USE_CASES), VOCABULARY | USE_CASES)
"""Room → rooms that it may import besides itself (DESIGN.md, "Layout"). The longest name that fits counts."""

for shown in ("bot.client", "bot.cli", "cogs"):
    MAY_IMPORT[shown] |= VOCABULARY | USE_CASES

FOREIGN = (
    ({"discord"}, ("bot.client", "bot.preview", "cogs")),
    ({"sqlalchemy", "alembic", "sqlite3", "aiosqlite"}, ("storage",)),
    ({"typer", "rich"}, ("bot.cli",)),
    ({"spacy"}, ("bot.analysis",)),
)
"""Libraries, and the only rooms that know them."""

MAX_LINES = 300
"""A module longer than this is two rooms."""


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def within(module: str, room: str) -> bool:
    """Whether a module is the room or in it."""
    return module == room or module.startswith(f"{room}.")


def room_of(module: str) -> str:
    """The room whose rules count for a module."""
    return max((room for room in MAY_IMPORT if within(module, room)), key=len)


def imports(path: Path) -> set[str]:
    """Every module that a file imports, at its top or anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                file = ROOT / Path(*inner.split("."))
                is_module = file.is_dir() or file.with_suffix(".py").exists()
                found.add(inner if is_module else str(node.module))
    return found


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_stay_within_the_rules(path: Path) -> None:
    """A room imports of ours only what DESIGN.md lets it import."""
    module, room = name_of(path), room_of(name_of(path))
    allowed = MAY_IMPORT[room] | {room}
    ours = {name for name in imports(path) if name.split(".")[0] in OURS}
    wrong = {name for name in ours if not any(within(name, ok) for ok in allowed)}
    # A package's own name says nothing of what is used of it.
    assert not wrong - {"bot"}, f"{module} may import {sorted(allowed)}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_foreign_libraries_stay_in_their_rooms(path: Path) -> None:
    """Discord is known in the cogs and the client alone, SQL in storage alone, and so on."""
    module = name_of(path)
    for libraries, rooms in FOREIGN:
        used = {name for name in imports(path) if name.split(".")[0] in libraries}
        assert not used or any(within(module, room) for room in rooms), f"{module} imports {used}"


def test_nothing_imports_the_composition_root() -> None:
    """Only Python itself starts `bot.__main__`, the preview goes through it; its parts are its own."""
    users = {name_of(p) for p in SOURCES if imports(p) & {"bot.__main__", "bot.wiring"}}
    assert users <= {"bot.preview", "bot.__main__"}


HARMLESS = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Assign,
    ast.AnnAssign,
)
"""What may stand at the top of a module, besides docstrings and `if TYPE_CHECKING` or `if __name__`."""


@pytest.mark.parametrize("path", [p for p in SOURCES if p.name != "env.py"], ids=name_of)
def test_importing_has_no_effect(path: Path) -> None:
    """At the top of a module there are only imports, definitions and constants (Alembic runs its env.py)."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.If):
            names = {n.id for n in ast.walk(node.test) if isinstance(n, ast.Name)}
            assert names & {"TYPE_CHECKING", "__name__"}, f"{path}:{node.lineno}"
            continue
        assert isinstance(node, HARMLESS), f"{path}:{node.lineno}: {ast.unparse(node)[:60]}"


def test_importing_reads_and_writes_nothing(tmp_path: Path) -> None:
    """Every module can be imported without a token, a database, a model or a word on standard output."""
    names = [name_of(p) for p in SOURCES if "migrations" not in p.parts]
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(tmp_path)}
    done = subprocess.run(  # noqa: S603 - our own interpreter on our own modules
        [sys.executable, "-c", code, *names],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_public_things_have_docstrings(path: Path) -> None:
    """Modules, and public classes, functions and methods, say what they are."""
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{path} has no docstring"
    bodies = [tree.body, *(n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name[0] != "_")]
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in (n for body in bodies for n in body if isinstance(n, defined)):
        assert node.name[0] == "_" or ast.get_docstring(node), f"{path}:{node.lineno}: {node.name}"


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=name_of)
def test_modules_are_rooms_not_halls(path: Path) -> None:
    """A module has at most 300 lines."""
    lines = path.read_text("utf-8").count("\n")
    assert lines <= MAX_LINES


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_tests_say_what_they_hold_and_mocks_have_a_spec(path: Path) -> None:
    """Each test has a docstring; no mock is made without a spec; no test is skipped or expected to fail."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            assert ast.get_docstring(node), f"{path}:{node.lineno}: {node.name}"
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")[-1]
            keywords = {k.arg for k in node.keywords}
            if called in {"Mock", "MagicMock", "AsyncMock", "NonCallableMock"}:
                assert keywords & {"spec", "spec_set"}, f"{path}:{node.lineno}"
            if called == "patch":
                assert keywords & {"autospec", "spec", "new"} or len(node.args) > 1, f"{path}:{node.lineno}"
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in {"pytest.mark.skip", "pytest.mark.xfail", "pytest.skip"}, path

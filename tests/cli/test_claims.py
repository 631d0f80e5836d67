"""`claims`, `claim`, `read` and `doctor`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.checks import Check

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Line, TestHouse


@pytest.fixture
def filled(cli: Line) -> Line:
    """Two guilds with claims and a contradiction."""
    rows = [
        {"guild": guild, "id": title, "date": day, "title": title, "text": text}
        for guild, day, title, text in (
            ("g1", "2020-03-01", "[bold]Deal", "promise Taliban: cut ties"),
            ("g1", "2021-07-28", "Talks", "promise Taliban: make peace"),
            ("g1", "2021-08-01", "UN", "breaks Taliban: cut ties"),
            ("g2", "2021-08-01", "More", "promise Taliban: open schools"),
        )
    ]
    said = cli("ingest", "--jsonl", "-", stdin="\n".join(map(json.dumps, rows)))
    assert said.status == 0, said.err
    return cli


def contents(cli: Line, *args: str) -> list[str]:
    """The contents of the claims listed."""
    said = cli("claims", *args, "--json")
    assert said.status == 0, said.err
    return [claim["content"] for claim in json.loads(said.out)]


def test_claims_of_an_actor(filled: Line) -> None:
    """Every guild's claims for the operator, or one guild's; filtered by status and day."""
    assert contents(filled, "Taliban") == ["make peace", "cut ties", "open schools"]
    assert contents(filled, "taliban", "--guild", "g2") == ["open schools"]
    assert contents(filled, "Taliban", "--guild", "g1", "--since", "2021-01-01") == ["make peace"]
    assert contents(filled, "Taliban", "--status", "broken") == []
    assert len(contents(filled, "Taliban", "--status", "not-rated")) == 3


def test_misspelt_actor(filled: Line) -> None:
    """A near spelling is understood and said; a far one is not, with suggestions."""
    said = filled("claims", "Talban", "--json")
    assert len(json.loads(said.out)) == 3
    assert said.err == "pledgewatch: Taken “Talban” for Taliban.\n"
    said = filled("claims", "Taliban movement")
    assert (said.status, said.out) == (1, "")
    assert "Near it: Taliban." in said.err


def test_a_part_of_a_name_is_enough(cli: Line) -> None:
    """One word that only one actor's name holds names the actor, as on Discord, and that is said."""
    row = {"guild": "g1", "id": "a", "date": "2016-07-13", "title": "", "text": "promise Theresa May: stay"}
    cli("ingest", "--jsonl", "-", stdin=json.dumps(row))
    said = cli("claims", "may", "--json")
    assert [claim["content"] for claim in json.loads(said.out)] == ["stay"]
    assert said.err == "pledgewatch: Taken “may” for Theresa May.\n"


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--status", "smashed"], "There is no status 'smashed'"),
        (["--since", "last week"], "--since is not a day"),
        (["--guild", "g9"], "There are no claims"),
    ],
)
def test_wrong_filters(filled: Line, args: list[str], sentence: str) -> None:
    """A filter that cannot be used is one sentence and exit status 1."""
    said = filled("claims", "Taliban", *args)
    assert (said.status, said.out) == (1, "")
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_table_shows_who_what_and_where(filled: Line) -> None:
    """The table has actor, content, quote, source and date; a title with markup stays as it is."""
    out = filled("claims", "Taliban", "--guild", "g1").out
    for part in ("Taliban", "cut ties", "“promise Taliban:", "[bold]Deal", "2020-03-01", "contradicted 1×"):
        assert part in out, out


def test_one_claim(filled: Line) -> None:
    """A claim comes with its tellings and evidence, as text and as JSON; an unknown one is not found."""
    number = json.loads(filled("claims", "Taliban", "--guild", "g1", "--json").out)[1]["id"]
    shown = json.loads(filled("claim", number, "--json").out)
    assert [t["article"]["title"] for t in shown["tellings"]] == ["[bold]Deal"]
    assert [e["article"]["title"] for e in shown["evidence"]] == ["UN"]
    out = filled("claim", number).out
    assert "Reported to contradict" in out
    assert "2021-08-01" in out
    for missing in ("999", "abc"):
        said = filled("claim", missing)
        assert said.status == 1
        assert said.err.count("\n") == 1


def test_nothing_read_yet(cli: Line) -> None:
    """An empty record says so."""
    said = cli("claims", "Taliban")
    assert (said.status, said.err) == (1, "pledgewatch: Nothing has been read yet, so there are no claims.\n")


def test_read_prints_a_page(cli: Line, tmp_path: Path) -> None:
    """`read` keeps nothing and prints the contract's fields; one without an article is an error."""
    page = tmp_path / "page.html"
    page.write_text("Some text.")
    said = cli("read", page, "--url", "https://a.example/x", "--json")
    assert said.rows == [
        {
            "url": "https://a.example/x",
            "site": None,
            "title": "A file",
            "author": None,
            "date": None,
            "language": "en",
            "kind": "article",
            "text": "Some text.",
        }
    ]
    assert "Some text." in cli("read", page).out
    page.write_text("broken")
    said = cli("read", page, "--json")
    assert (said.status, said.rows) == (1, [{"error": "This page holds no article."}])
    assert cli("read", tmp_path / "none.html", "--json").rows == [
        {"error": f"There is no file {tmp_path / 'none.html'}."}
    ]
    assert cli("read", tmp_path / "none.html").status == 1


def test_doctor(cli: Line, house: TestHouse) -> None:
    """Each check is shown with its remedy; one that fails makes the exit status 1."""
    house.checks = [Check("Python", True, "Python 3.11.")]
    assert cli("doctor").status == 0
    house.checks.append(Check("Model", False, "No model.", "Install one."))
    said = cli("doctor")
    assert said.status == 1
    assert "✗ Model" in " ".join(said.out.split())
    assert "→ Install one." in said.out

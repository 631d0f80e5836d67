"""`ingest`: the batch interface, files and standard input, and everything that can be wrong with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.errors import AnalysisError, ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Line, TestHouse


def document(text: str, **more: Any) -> dict[str, Any]:
    """A batch document."""
    return {"guild": "g1", "id": "a1", "date": "2021-07-28", "title": "T", "text": text, "url": None} | more


def lines(*documents: dict[str, Any] | str) -> str:
    """A batch file; a string is a line as it stands."""
    return "\n".join(d if isinstance(d, str) else json.dumps(d) for d in documents) + "\n"


def test_batch_answers_in_the_form_of_the_contract(cli: Line) -> None:
    """One object a line with every field of DESIGN.md; a promise told again has its first claim."""
    text = "\npromise Taliban: cut ties\nbreaks Taliban: cut ties"
    said = cli("ingest", "--jsonl", "-", stdin=lines(document(text), document(text + "\nmore", id="a2")))
    assert said.status == 0, said.err
    first, second = said.rows
    assert list(first) == ["guild", "id", "commitments", "matches"]
    (told,) = first["commitments"]
    assert told == {
        "id": told["id"],
        "claim_id": told["claim_id"],
        "actor": "Taliban",
        "speaker": None,
        "addressee": None,
        "quote": "promise Taliban: cut ties",
        "start": 1,
        "end": 26,
        "content": "cut ties",
        "polarity": "do",
        "strength": "strong",
        "condition": None,
        "deadline": None,
    }
    (match,) = first["matches"]
    assert match == {
        "claim_id": told["claim_id"],
        "claim": "cut ties",
        "quote": "breaks Taliban: cut ties",
        "start": 27,
        "end": 51,
        "relation": "contradicts",
        "score": 0.9,
        "rule": "scripted",
        "explanation": "It says so.",
        "attributed_to": None,
        "alert": True,
    }
    assert second["commitments"][0]["claim_id"] == told["claim_id"]
    assert second["commitments"][0]["id"] != told["id"]


def test_batch_keeps_order_and_goes_on_after_bad_lines(cli: Line) -> None:
    """Each bad line gets its error in its place, with what of guild and id could be read; exit status 1."""
    said = cli(
        "ingest",
        "--jsonl",
        "-",
        stdin=lines(
            document("One.", id="1"),
            "{broken",
            "",
            '["a list"]',
            json.dumps({"guild": "g1", "id": "5"}),
            json.dumps({"guild": "g1", "id": "6", "text": 7}),
            json.dumps({"id": "7", "text": "No guild."}),
            document("", id="8"),
            document("x" * 10_001, id="9"),
            document("\x00\x01\x02", id="10"),
            document("When?", id="11", date="yesterday"),
            document("Last.", id="12"),
        ),
    )
    assert said.status == 1
    answers = [(r["guild"], r["id"], r.get("error")) for r in said.rows]
    assert answers == [
        ("g1", "1", None),
        (None, None, "Line 2 is not JSON: Expecting property name enclosed in double quotes at column 2."),
        (None, None, "Line 4 is not a JSON object."),
        ("g1", "5", "Line 5 has neither a text nor a url to read."),
        ("g1", "6", "Line 6: text must be text or null."),
        (None, "7", "Line 7 needs guild as text that is not empty."),
        ("g1", "8", "The text is empty."),
        ("g1", "9", "The text is too long: 10,001 characters, at most 10,000 are read."),
        ("g1", "10", "This is not a text: 3 of its 3 characters are control characters."),
        ("g1", "11", "Line 11: date is not a day like 2021-07-28: 'yesterday'."),
        ("g1", "12", None),
    ]
    assert "Traceback" not in said.err


def test_batch_lines_that_are_no_text(cli: Line, tmp_path: Path) -> None:
    """Bytes that are not UTF-8, a deep nest, a BOM: one sentence each, or read."""
    file = tmp_path / "batch.jsonl"
    bom = b"\xef\xbb\xbf" + json.dumps(document("Hello.", id="1")).encode()
    file.write_bytes(b"\n".join([bom, b'{"guild": "\xff"}', b"[" * 100_000, b"12" * 5_000]))
    said = cli("ingest", "--jsonl", file)
    assert said.status == 1
    assert ["error" in row for row in said.rows] == [False, True, True, True]
    assert said.rows[1]["error"].startswith("Line 2 is not UTF-8: invalid start byte at byte")


def test_control_characters_keep_their_places(cli: Line) -> None:
    """A text with a few control characters is read; offsets and quotes are those of the text as given."""
    text = "Quite harmless \x00\x1b words stand here.\npromise Taliban: cut ties"
    said = cli("ingest", "--jsonl", "-", stdin=lines(document(text)))
    (told,) = said.rows[0]["commitments"]
    assert text[told["start"] : told["end"]] == told["quote"]
    assert said.status == 0
    assert "2 control characters were read as spaces" in said.err


def test_same_batch_twice(cli: Line) -> None:
    """The second run prints the same and stores nothing new."""
    given = lines(
        document("promise Taliban: cut ties", date="2020-03-01"),
        document("breaks Taliban: cut ties", id="a2"),
        document("promise Taliban: cut ties", guild="g2"),
    )
    first, second = (cli("ingest", "--jsonl", "-", stdin=given) for _ in range(2))
    assert first.out == second.out
    assert first.status == second.status == 0


def test_promise_posted_late_names_the_other_article(cli: Line) -> None:
    """A match with a report read before says in which article the quote stands."""
    given = lines(
        document("breaks Taliban: cut ties", id="report"),
        document("promise Taliban: cut ties", id="promise", date="2020-03-01"),
    )
    report, promise = cli("ingest", "--jsonl", "-", stdin=given).rows
    assert report["matches"] == []
    (match,) = promise["matches"]
    assert (match["quote"], match["alert"]) == ("breaks Taliban: cut ties", True)
    assert match["article"]["id"] == "report"


def test_failed_analysis_is_an_error_of_its_line(cli: Line, house: TestHouse) -> None:
    """A text that kills the analysis costs its own line."""
    house.engine.error = AnalysisError("The analysis died over what it was given.")
    said = cli("ingest", "--jsonl", "-", stdin=lines(document("Deadly.")))
    assert said.status == 1
    assert said.rows == [{"guild": "g1", "id": "a1", "error": "The analysis died over what it was given."}]


def test_missing_batch_file(cli: Line, tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is one sentence and exit status 1."""
    for path, sentence in ((tmp_path / "none.jsonl", "There is no file"), (tmp_path, "cannot be read")):
        said = cli("ingest", "--jsonl", path)
        assert (said.status, said.out) == (1, "")
        assert sentence in said.err
        assert said.err.count("\n") == 1


def test_usage_errors(cli: Line, tmp_path: Path) -> None:
    """Nothing to read, or two ways at once, is wrong usage: exit status 2."""
    assert cli("ingest").status == 2
    assert cli("ingest", "--jsonl", "-", str(tmp_path)).status == 2


def test_corrupt_database_stays_as_it_is(cli: Line, tmp_path: Path) -> None:
    """A file that is no database is refused in one sentence and not touched."""
    db = tmp_path / "corrupt.db"
    db.write_bytes(b"this is no database, " * 200)
    said = cli("ingest", "--jsonl", "-", "--db", db, stdin=lines(document("Hello.")))
    assert (said.status, said.out) == (1, "")
    assert "is not a database, or it is corrupt" in said.err
    assert said.err.count("\n") == 1
    assert db.read_bytes() == b"this is no database, " * 200


def test_unwritable_database(cli: Line, tmp_path: Path) -> None:
    """A place where no database can be is one sentence."""
    for place in (tmp_path, tmp_path / "file" / "x.db"):
        (tmp_path / "file").write_text("a file, not a folder")
        said = cli("ingest", "--jsonl", "-", "--db", place, stdin=lines(document("Hello.")))
        assert (said.status, said.out) == (1, "")
        assert said.err.startswith("pledgewatch: The d")
        assert said.err.count("\n") == 1


def test_what_was_fine_before_stays(cli: Line) -> None:
    """Good documents before a bad line are stored, and found again."""
    said = cli("ingest", "--jsonl", "-", stdin=lines(document("promise Taliban: cut ties"), "{broken"))
    assert said.status == 1
    assert json.loads(cli("claims", "Taliban", "--json").out)[0]["content"] == "cut ties"


def test_missing_model_stops_before_anything_is_read(cli: Line, house: TestHouse) -> None:
    """Without a model nothing can be read: one sentence, no answers, nothing stored."""

    async def start() -> None:
        raise ModelError("No spaCy model is installed.")

    house.engine.start = start  # type: ignore[method-assign]
    said = cli("ingest", "--jsonl", "-", stdin=lines(document("Hello.")))
    assert (said.status, said.out) == (1, "")
    assert said.err == "pledgewatch: No spaCy model is installed.\n"
    assert "Nothing has been read yet" in cli("claims", "anybody").err


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_text_files_with_front_matter(cli: Line, tmp_path: Path, ending: str) -> None:
    """Title, date and address come from front matter; offsets count from the text after it."""
    file = tmp_path / f"one.{ending}"
    file.write_text(
        "---\ntitle: The deal: part 1\ndate: 2020-03-01\n---\n\npromise Taliban: cut ties\n", "utf-8"
    )
    said = cli("ingest", file, "--json")
    assert said.status == 0, said.err
    assert said.rows[0]["commitments"][0]["start"] == 0
    claim = json.loads(cli("claims", "Taliban", "--json").out)[0]
    assert claim["tellings"][0]["article"]["title"] == "The deal: part 1"
    assert claim["made"] == "2020-03-01"


def test_files_that_cannot_be_read(cli: Line, tmp_path: Path) -> None:
    """Each bad file has its sentence, the good ones are read, and the exit status is 1."""
    good, binary, endless = (tmp_path / name for name in ("good.txt", "binary.txt", "endless.txt"))
    good.write_text("promise Taliban: cut ties")
    binary.write_bytes(b"\xff\xfe\x00")
    endless.write_text("---\ntitle: no end\n")
    said = cli("ingest", tmp_path / "none.txt", binary, endless, good)
    assert said.status == 1
    assert "claim 1" in said.out
    assert [row.partition(": ")[2] for row in said.err.splitlines()] == [
        f"{tmp_path}/none.txt: There is no file {tmp_path}/none.txt.",
        f"{binary}: {binary} is not a text in UTF-8.",
        f"{endless}: The front matter of {endless} has no end: a line of --- is missing.",
    ]


def test_html_files_go_through_the_page_reader(cli: Line, tmp_path: Path) -> None:
    """A page that was saved is read as a page; one without an article says so."""
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text("promise Taliban: cut ties")
    bad.write_text("broken")
    said = cli("ingest", good, bad, "--json")
    assert said.status == 1
    assert said.rows[0]["commitments"][0]["actor"] == "Taliban"
    assert said.rows[1]["error"] == "This page holds no article."


def test_standard_input_as_one_text(cli: Line) -> None:
    """`ingest -` reads one text from standard input."""
    said = cli("ingest", "-", "--json", "--guild", "mine", stdin="promise Taliban: cut ties")
    assert said.rows[0]["guild"] == "mine"
    assert len(said.rows[0]["commitments"]) == 1

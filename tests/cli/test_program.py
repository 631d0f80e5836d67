"""The program as people start it: `python -m bot` in a process of its own, with the real model."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

GERMAN = (
    "Die Regierung hat am Montag versprochen, die Steuern nicht zu erhöhen. Der Kanzler sagte im "
    "Fernsehen, er werde sein Wort halten, und niemand müsse sich Sorgen machen."
)


@dataclass(frozen=True)
class Done:
    """What the process did."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


class Program:
    """Starts the program in a folder of its own, without settings from outside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def environment(self, **settings: str) -> dict[str, str]:
        """What it gets to see."""
        kept = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"}
        own = {name: value for name, value in os.environ.items() if name in kept}
        return own | {"PYTHONPATH": str(ROOT)} | settings

    def __call__(self, *args: str | Path, stdin: str = "", **settings: str) -> Done:
        """Run one command to its end."""
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", *map(str, args)],
            input=stdin,
            cwd=self.folder,
            env=self.environment(**settings),
            text=True,
            capture_output=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program."""
    return Program(tmp_path)


def line(text: str, number: str = "1", day: str = "2021-07-28") -> str:
    """A line of a batch."""
    return json.dumps({"guild": "g", "id": number, "date": day, "title": "", "text": text}) + "\n"


PROMISE = "Ryanair promised on Thursday not to close its base in Glasgow, which employs 200 people."
VIOLATION = "Ryanair has closed its base in Glasgow. About 200 people lost their jobs."


def test_promise_and_violation(program: Program) -> None:
    """A promise, and a year later its violation, are one claim and one alert with a reason."""
    batch = line(PROMISE, "1", "2019-05-02") + line(VIOLATION, "2", "2020-02-10")
    done = program("ingest", "--jsonl", "-", stdin=batch)
    assert done.status == 0, done.err
    promise, violation = done.rows
    (told,) = promise["commitments"]
    assert (told["actor"], told["polarity"], told["strength"]) == ("Ryanair", "refrain", "strong")
    (alert,) = [m for m in violation["matches"] if m["alert"]]
    assert alert["claim_id"] == told["claim_id"]
    assert alert["explanation"]
    assert VIOLATION[alert["start"] : alert["end"]] == alert["quote"]
    assert (program.folder / "data" / "pledgewatch.db").exists()


def test_five_wordings_make_one_claim(program: Program) -> None:
    """Five wordings and a violation: one claim, one alert; a reversal: an alert and a claim of its own."""
    texts = [
        PROMISE,
        "Ryanair will not shut its Glasgow base, the airline told staff again on Friday.",
        "Ryanair has pledged never to close the base in Glasgow, a spokesman said.",
        "“We will not close our base in Glasgow,” Ryanair said in a statement on Saturday.",
        "Ryanair has ruled out closing its base in Glasgow.",
        VIOLATION,
        "Ryanair said that it would close its base in Glasgow after all.",
    ]
    batch = "".join(line(text, str(n), f"2019-0{n + 1}-01") for n, text in enumerate(texts))
    rows = program("ingest", "--jsonl", "-", stdin=batch).rows
    claims = [{c["claim_id"] for c in row["commitments"]} for row in rows]
    assert claims[0] == claims[1] == claims[2] == claims[3] == claims[4]
    assert len(claims[0]) == 1
    assert claims[6].isdisjoint(claims[0])
    assert len(claims[6]) == 1
    alerts = [[m["claim_id"] for m in row["matches"] if m["alert"]] for row in rows]
    assert alerts == [[], [], [], [], [], [*claims[0]], [*claims[0]]]


def test_other_language(program: Program) -> None:
    """A text that is not English is stored, nothing is found in it, and it is said; that is no failure."""
    done = program("ingest", "--jsonl", "-", stdin=line(GERMAN))
    assert done.status == 0
    note = "The text is not English (de), so nothing was looked for."
    assert done.rows == [{"guild": "g", "id": "1", "commitments": [], "matches": [], "note": note}]
    assert done.err == f"pledgewatch: 1: {note}\n"


def test_five_megabytes(program: Program) -> None:
    """A text of five million characters is refused at once; the next one is read."""
    batch = line("The company promised to pay. " * 180_000) + line(PROMISE, "2")
    done = program("ingest", "--jsonl", "-", stdin=batch)
    assert done.status == 1
    assert done.rows[0]["error"] == "The text is too long: 5,220,000 characters, at most 200,000 are read."
    assert len(done.rows[1]["commitments"]) == 1


@pytest.mark.parametrize("text", ["word " * 30_000, "a" * 150_000, "(" * 50_000, "promised to " * 5_000])
def test_odd_texts_do_no_harm(program: Program, text: str) -> None:
    """Texts without sentences or words end with an answer or one sentence; the next one is read."""
    batch = line(text) + line(PROMISE, "2")
    done = program("ingest", "--jsonl", "-", stdin=batch, PLEDGEWATCH_ANALYSIS_SECONDS="4")
    assert [row["id"] for row in done.rows] == ["1", "2"]
    assert len(done.rows[1]["commitments"]) == 1
    assert done.err.count("\n") <= 1


def test_missing_model(program: Program) -> None:
    """A model that is not installed is one sentence that names it; `doctor` says what to do."""
    done = program("ingest", "--jsonl", "-", stdin=line(PROMISE), SPACY_MODEL="no_such_model")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "no_such_model" in done.err
    done = program("doctor", SPACY_MODEL="no_such_model")
    assert done.status == 1
    assert "no_such_model" in done.out
    assert "SPACY_MODEL" in done.out


def test_doctor_is_content(program: Program) -> None:
    """On a sound machine every check passes."""
    done = program("doctor")
    assert done.status == 0, done.out
    assert done.out.count("✓") == 5


def test_wrong_settings(program: Program) -> None:
    """A wrong setting is one sentence that names the variable; a file `.env` is read."""
    (program.folder / ".env").write_text("PLEDGEWATCH_MAX_TEXT_CHARS=many\n")
    done = program("claims", "Ryanair")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "PLEDGEWATCH_MAX_TEXT_CHARS" in done.err
    assert program("--help").status == 0


def test_reader_goes_away(program: Program) -> None:
    """When whoever reads the answers goes away, the program ends quietly."""
    batch = "".join(line(f"{PROMISE} {n}", str(n)) for n in range(20))
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ingest", "--jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=program.folder,
        env=program.environment(),
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(batch)
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == ""
        assert process.wait() == 1


def test_interrupted_while_waiting_for_input(program: Program) -> None:
    """Answers come as the lines do; Ctrl-C ends the wait for more with status 130, what was read is kept."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ingest", "--jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=program.folder,
        env=program.environment(PYTHONUNBUFFERED="1"),
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(line(PROMISE))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["commitments"]
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr.read() == "pledgewatch: Stopped. What was read before is stored.\n"
    assert json.loads(program("claims", "Ryanair", "--json").out)


def test_demo(program: Program) -> None:
    """The demo reads the sample articles and shows claims, contradictions with reasons, and support."""
    done = program("demo", COLUMNS="110")
    assert done.status == 0, done.err
    assert done.err == ""
    for part in ("Reading 10 articles", "Claims in", "Theresa May", "Reported to contradict", "Reason"):
        assert part in done.out
    assert list(program.folder.iterdir()) == []


def test_demo_without_sample_articles(program: Program) -> None:
    """A folder without sample articles is named, and where they are."""
    done = program("demo", "--from", "nowhere")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "no sample articles (*.txt) in nowhere: give their folder with --from" in done.err


def test_read_a_page(program: Program) -> None:
    """`read` on a saved page prints one JSON object."""
    body = "".join(
        f"<p>{PROMISE} Its rivals said nothing about it, whatever they were asked. {n}</p>" for n in range(9)
    )
    (program.folder / "page.html").write_text(
        f"<html><head><title>Glasgow base to stay</title></head><body><article>{body}</article></body></html>"
    )
    (row,) = program("read", "page.html", "--url", "", "--json").rows
    assert row["title"] == "Glasgow base to stay"
    assert PROMISE in row["text"]
    (row,) = program("read", "http://127.0.0.1:9/x", "--json").rows
    assert list(row) == ["error"]

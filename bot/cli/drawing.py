"""Answers for people, drawn with Rich on standard output. Untrusted text is never read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import ROUNDED, SIMPLE_HEAD
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.models import Relation, Status, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from bot.checks import Check
    from bot.models import Article, Claim, Commitment, Telling
    from bot.records import StoredArticle
    from bot.tracker_answers import ClaimRecord, Match, Reading

STATUS_COLOURS = {
    Status.NOT_RATED: "dim",
    Status.IN_THE_WORKS: "cyan",
    Status.STALLED: "yellow",
    Status.COMPROMISE: "magenta",
    Status.KEPT: "green",
    Status.BROKEN: "red",
}

MARKED = "bold underline"
"""Style of the words that clashed."""

MAX_WIDTH = 110
"""Columns beyond which lines of text are tiring to read."""


def console() -> Console:
    """Standard output, no wider than reads well."""
    out = Console(highlight=False)
    out.width = min(out.width, MAX_WIDTH)
    return out


def say(sentence: str = "", style: str = "") -> None:
    """One line of our own."""
    console().print(Text(sentence, style=style))


def reading(found: Reading) -> None:
    """What came of one article: a heading, its claims, its matches."""
    out = console()
    out.print(_heading(found.stored, known=found.known))
    for filed in found.stored.tellings:
        out.print(_told(filed.claim_id, filed.telling.commitment))
    for match in found.matches:
        out.print(match_panel(match) if match.evidence.alert else _line(match))
    if not found.stored.tellings and not found.matches:
        out.print(Text("  nothing found", style="dim"))


def claims(name: str, records: Sequence[ClaimRecord], *, several: bool = False) -> None:
    """A table of claims; `several`: of more than one guild, so each row names its own."""
    if not records:
        say(f"{name}: no claims like that.")
        return
    table = Table(title=f"Claims of {name}", box=ROUNDED, show_lines=True, title_justify="left")
    table.add_column("Claim", style="bold")
    table.add_column("Actor (speaker → addressee)", ratio=3)
    table.add_column("Content and quote", ratio=6)
    table.add_column("Source and date", ratio=3)
    for record in records:
        table.add_row(*_row(record, several=several))
    console().print(table)


def claim(record: ClaimRecord) -> None:
    """One claim with every telling and all evidence."""
    out = console()
    told = record.claim
    head = Text.assemble(("Claim ", "bold"), (told.id, "bold"), "  ", _status(told.status))
    out.print(head, Text(f"{told.actor}: {_undertaking(told)}", style="bold"))
    for telling in told.tellings:
        out.print(
            Text.assemble("  ", _quote(telling.commitment.quote), "\n  ", _people(telling.commitment)),
            Text("  " + _where(record.articles.get(telling.article_id), telling.made), style="dim"),
        )
    for match in record.matches:
        out.print(match_panel(match))
    if not record.matches:
        out.print(Text("  no evidence yet", style="dim"))


def match_panel(found: Match) -> Panel:
    """Both quotes, both dates, and the reason."""
    finding, promise = found.evidence.finding, _telling(found)
    against = finding.relation is Relation.CONTRADICTS
    body = Table.grid(padding=(0, 1))
    body.add_column(style="bold", no_wrap=True)
    body.add_column()
    body.add_row("Promised", _marked(promise.commitment.quote, finding.claim_marks))
    body.add_row("", Text(_byline(promise.commitment, None, promise.made), style="dim"))
    body.add_row("Reported", _marked(finding.report.quote, finding.marks))
    body.add_row("", Text(_where(found.article, None), style="dim"))
    if finding.report.attributed_to:
        body.add_row("According", Text(finding.report.attributed_to))
    body.add_row("Reason", Text(finding.explanation))
    what = "Reported to contradict" if against else "Reported to support"
    return Panel(
        body,
        title=Text(f"{what}: claim {found.claim.id}, {found.claim.actor}"),
        subtitle=Text(f"rule {finding.rule} · score {finding.score:.2f}"),
        border_style="red" if against else "green",
        title_align="left",
        subtitle_align="right",
        box=ROUNDED,
    )


def page(read: Article) -> None:
    """What would be read from a page."""
    out = console()
    facts = [
        read.site,
        read.author,
        read.published and read.published.isoformat(),
        str(read.kind),
        read.language,
    ]
    out.print(Text(read.title or "(no title)", style="bold"))
    out.print(Text(" · ".join(str(fact) for fact in facts if fact), style="dim"))
    if read.url:
        out.print(Text(read.url, style="dim"))
    if read.note:
        out.print(Text(read.note, style="yellow"))
    out.print()
    out.print(Text(read.text))


def checks(found: Iterable[Check]) -> None:
    """The lines of `doctor`."""
    table = Table(box=SIMPLE_HEAD, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for check in found:
        mark = Text("✓", style="green") if check.ok else Text("✗", style="red")
        text = Text(check.found)
        if check.remedy:
            text.append(f"\n→ {check.remedy}", style="yellow")
        table.add_row(mark, check.name, text)
    console().print(table)


def _row(record: ClaimRecord, *, several: bool) -> tuple[Text | Group, ...]:
    told, first = record.claim, record.claim.tellings[0]
    number = Text(told.id)
    if told.status is not Status.NOT_RATED:
        number.append_text(Text("\n") + _status(told.status))
    if several:
        number.append(f"\n{told.guild}", style="dim")
    who = Text.assemble((told.actor, "bold"), "\n", _people(first.commitment))
    what = Text.assemble((_undertaking(told), "bold"), "\n", _quote(first.commitment.quote))
    for extra in filter(None, (_terms(first.commitment), _tally(record))):
        what.append_text(Text.assemble("\n", extra))
    sources = [Text(_where(record.articles.get(t.article_id), t.made)) for t in told.tellings]
    return number, who, what, Group(*sources)


def _heading(stored: StoredArticle, *, known: bool) -> Text:
    title = stored.article.title if stored.article else ""
    head = Text.assemble((title or stored.source_id or stored.id, "bold"), "  ")
    head.append(_where(stored, None, title=False), style="dim")
    if known:
        head.append("  (read before)", style="dim")
    return head


def _told(claim_id: str, told: Commitment) -> Text:
    line = Text.assemble("  ", (f"claim {claim_id} ", "cyan"), (told.actor, "bold"), ": ")
    return line.append_text(Text.assemble(_quote(told.quote), "  ", _people(told)))


def _line(found: Match) -> Text:
    finding = found.evidence.finding
    against = finding.relation is Relation.CONTRADICTS
    style = "red" if against else "green"
    line = Text.assemble("  ", (f"{finding.relation} claim {found.claim.id} ", style))
    return line.append_text(
        Text.assemble(_quote(finding.report.quote), (f"  ({finding.explanation})", "dim"))
    )


def _status(status: Status) -> Text:
    return Text(status.value, style=STATUS_COLOURS[status])


def _undertaking(told: Claim) -> str:
    return f"not to {told.content}" if told.polarity.value == "refrain" else told.content


def _quote(quote: str) -> Text:
    return Text(f"“{_flat(quote)}”", style="italic")


def _marked(quote: str, marks: Sequence[tuple[int, int]]) -> Text:
    """A quote with the words that clashed set off. Marks are offsets into it."""
    text = Text(f"“{quote}”", style="italic")
    for start, end in marks:
        text.stylize(MARKED, start + 1, end + 1)
    return Text(" ").join(text.split("\n"))


def _people(told: Commitment) -> Text:
    parts = []
    if told.speaker:
        parts.append(f"said by {told.speaker}")
    if told.addressee:
        parts.append(f"to {told.addressee}")
    return Text(", ".join(parts), style="dim")


def _terms(told: Commitment) -> Text:
    parts = [f"if: {told.condition}"] if told.condition else []
    parts += [f"by: {told.deadline}"] if told.deadline else []
    parts += ["a weak form"] if told.strength is Strength.WEAK else []
    return Text("; ".join(parts), style="dim")


def _tally(record: ClaimRecord) -> Text:
    against = sum(m.evidence.finding.relation is Relation.CONTRADICTS for m in record.matches)
    supporting = sum(m.evidence.finding.relation is Relation.SUPPORTS for m in record.matches)
    line = Text()
    if against:
        line.append(f"contradicted {against}×", style="red")
    if supporting:
        line.append(f"{'  ' if against else ''}supported {supporting}×", style="green")
    return line


def _byline(told: Commitment, stored: StoredArticle | None, made: date | None) -> str:
    people = _people(told).plain
    return " · ".join(part for part in (told.actor, people, _where(stored, made)) if part)


def _where(stored: StoredArticle | None, made: date | None, *, title: bool = True) -> str:
    """Title, site and day, as far as they are known."""
    read = stored.article if stored else None
    day = made or (read.published if read else None)
    parts = [read.title if title else "", read.site or _host(read.url)] if read else []
    parts.append(day.isoformat() if day else "undated")
    return ", ".join(_flat(part) for part in parts if part)


def _host(url: str | None) -> str:
    return url.split("/")[2] if url and url.count("/") > 1 else ""


def _telling(found: Match) -> Telling:
    wanted = found.evidence.finding.telling_id
    tellings = found.claim.tellings
    return next((t for t in tellings if t.id == wanted), tellings[-1])


def _flat(text: str) -> str:
    return " ".join(text.split())

"""Answers for people, drawn with Rich on standard output. Untrusted text is never read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import ROUNDED, SIMPLE_HEAD
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.cli import wording
from bot.models import Relation, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.checks import Check
    from bot.models import Article, Commitment
    from bot.records import StoredArticle
    from bot.tracker_answers import ClaimRecord, Match, Reading

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
        if filed.telling.gone:
            out.print(Text("    no longer in the article", style="yellow"))
    for match in found.matches:
        out.print(match_panel(match) if match.evidence.alert else _line(match))
    if not found.stored.tellings and not found.matches:
        out.print(Text("  nothing found", style="dim"))


def claims(title: str, records: Sequence[ClaimRecord], *, several: bool = False) -> None:
    """A table of claims; `several`: of more than one guild, so each row names its own."""
    if not records:
        say(f"{title}: none like that.")
        return
    table = Table(title=Text(title), box=ROUNDED, show_lines=True, title_justify="left", expand=True)
    table.add_column("Claim", style="bold")
    table.add_column("Actor (speaker → addressee)", ratio=4)
    table.add_column("Content and quote", ratio=7)
    table.add_column("Source and date", ratio=5, overflow="fold")
    for record in records:
        table.add_row(*_row(record, several=several))
    console().print(table)


def claim(record: ClaimRecord) -> None:
    """One claim with every telling and all evidence."""
    out = console()
    told = record.claim
    head = Text.assemble(("Claim ", "bold"), (told.id, "bold"), "  ", wording.status(told.status))
    out.print(head, Text(f"{told.actor}: {wording.undertaking(told)}", style="bold"))
    for telling in told.tellings:
        words, people = wording.quote(telling.commitment.quote), wording.people(telling.commitment)
        place = wording.where(record.articles.get(telling.article_id), telling.made)
        out.print(Text.assemble("  ", words, "\n  ", people), Text(f"  {place}", style="dim"), sep="\n")
        if telling.gone:
            out.print(Text("  no longer in the article", style="yellow"))
    for match in record.matches:
        out.print(match_panel(match))
    if not record.matches:
        out.print(Text("  no evidence yet", style="dim"))


def match_panel(found: Match) -> Panel:
    """Both quotes, both dates, and the reason."""
    finding, promise = found.evidence.finding, wording.held_against(found)
    against = finding.relation is Relation.CONTRADICTS
    body = Table.grid(padding=(0, 1))
    body.add_column(style="bold", no_wrap=True)
    body.add_column()
    body.add_row("Promised", wording.marked(promise.commitment.quote, finding.claim_marks))
    body.add_row("", Text(wording.byline(promise), style="dim"))
    body.add_row("Reported", wording.marked(finding.report.quote, finding.marks))
    body.add_row("", Text(wording.where(found.article), style="dim"))
    if finding.report.attributed_to:
        body.add_row("According to", Text(finding.report.attributed_to))
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
        number.append_text(Text("\n") + wording.status(told.status))
    if several:
        number.append(f"\n{told.guild}", style="dim")
    who = Text.assemble((told.actor, "bold"), "\n", wording.people(first.commitment))
    what = Text.assemble((wording.undertaking(told), "bold"), "\n", wording.quote(first.commitment.quote))
    for extra in filter(None, (wording.terms(first.commitment), wording.tally(record))):
        what.append_text(Text.assemble("\n", extra))
    sources = [Text(wording.where(record.articles.get(t.article_id), t.made)) for t in told.tellings]
    return number, who, what, Group(*sources)


def _heading(stored: StoredArticle, *, known: bool) -> Text:
    title = stored.article.title if stored.article else ""
    head = Text.assemble((title or stored.source_id or stored.id, "bold"), "  ")
    head.append(wording.where(stored, title=False), style="dim")
    if known:
        head.append("  (read before)", style="dim")
    return head


def _told(claim_id: str, told: Commitment) -> Text:
    line = Text.assemble("  ", (f"claim {claim_id} ", "cyan"), (told.actor, "bold"), ": ")
    return line.append_text(Text.assemble(wording.quote(told.quote), "  ", wording.people(told)))


def _line(found: Match) -> Text:
    finding = found.evidence.finding
    against = finding.relation is Relation.CONTRADICTS
    style = "red" if against else "green"
    line = Text.assemble("  ", (f"{finding.relation} claim {found.claim.id} ", style))
    return line.append_text(
        Text.assemble(wording.quote(finding.report.quote), (f"  ({finding.explanation})", "dim"))
    )

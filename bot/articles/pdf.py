"""Text out of a PDF."""

from __future__ import annotations

import io
import re
from datetime import date
from itertools import islice
from typing import Any

import pypdf

from bot.errors import PageError

_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
MAX_PAGES = 200
"""Pages read of one file."""


def read(body: bytes, max_chars: int) -> tuple[str, str, date | None, bool]:
    """Title, text, date of creation, and whether it was cut. Raises PageError; MemoryError passes."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise PageError("The PDF is locked with a password.")
        parts: list[str] = []
        for page in islice(reader.pages, MAX_PAGES):
            parts.append(page.extract_text() or "")
            if sum(map(len, parts)) > max_chars:
                break
        title, created = _said(reader.metadata)
        return title, _flowing("\n\n".join(parts)), created, len(parts) < len(reader.pages)
    except (MemoryError, PageError):
        raise
    except Exception as error:  # pypdf raises whatever a broken file makes it stumble over
        raise PageError(f"The PDF is damaged and cannot be read ({type(error).__name__}).") from None


def _said(metadata: Any) -> tuple[str, date | None]:
    title = " ".join(str((metadata or {}).get("/Title") or "").split())
    created = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", str((metadata or {}).get("/CreationDate") or ""))
    try:
        return title[:300], date(*map(int, created.groups())) if created else None
    except ValueError:
        return title[:300], None


def _flowing(text: str) -> str:
    """Lines joined to paragraphs: a line that ends a sentence well before the margin ends one."""
    lines = [line.strip() for line in _HYPHEN.sub("", text).splitlines()]
    margin = max((len(line) for line in lines), default=0) * 0.75
    out: list[str] = []
    fresh = True
    for line in lines:
        if not line:
            fresh = True
        elif fresh or not out:
            out.append(line)
            fresh = False
        else:
            out[-1] += " " + line
        if line and len(line) < margin and line.endswith((".", "!", "?", '."', ".”")):
            fresh = True
    return "\n\n".join(out)

"""Judging single paragraphs: prose of the article, or furniture that stood among it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_END = re.compile(r"[.!?:;…。！？؟।][\"'”’»)\]」』]*$|[\"”»」』)]$")

_BEGINNINGS = (
    # to other articles
    r"read (?:more|also|next|the full|our)|also read|see also|see more|watch(?: more| now|:| live)",
    r"listen(?: now|:| to this)",
    r"related|recommended|more(?: on| from| in| stories| coverage|:| news)",
    r"most (?:read|popular|viewed|shared)|trending",
    r"don['’]t miss|you (?:may|might) (?:also )?(?:like|be interested)",
    r"what (?:to|you need to) (?:read|know) next",
    r"up next|next up|editor['’]?s['’]? (?:picks?|choice|note)|top stor(?:y|ies)",
    r"latest (?:news|stories|updates)",
    r"in (?:pictures|photos)|tags?:|topics?:|filed under|categories:",
    # to sign up
    r"sign (?:up|in)|log in|subscribe|register (?:now|for|to)|join (?:our|us|the conversation|now)|donate",
    r"follow (?:us|our|@|\w+ on)",
    r"get (?:our|the (?:latest|day|week|best|top|news)|breaking|a (?:week|dai)ly|more|unlimited)",
    r"download (?:our|the)|click (?:here|to|on)|tap (?:here|to)|support (?:our|us|independent)",
    r"become a (?:member|subscriber)",
    r"already (?:a|have)|have (?:a|you got a) (?:news )?(?:tip|story)",
    r"thank(?:s| you) for (?:sign\w*|read\w*|subscrib\w*|your)",
    r"by (?:signing|clicking|submitting|subscribing|providing)|newsletters?",
    r"breaking news (?:alerts|emails?)",
    # of the page
    r"share (?:this|on|via|your|with)|(?:tweet|email|print) this|copy link|save (?:this|article|for later)",
    r"advertisement|sponsored|promoted|(?:story|article) continues|continue reading",
    r"scroll (?:down )?(?:to|for)",
    r"skip (?:past|to|advert)|loading|please (?:enable|log in|sign|subscribe|turn on|wait)|hide",
    r"your browser|javascript",
    r"comments?(?: \(\d+\)|$)|leave a (?:reply|comment)|post a comment",
    r"(?:view|show) (?:all|more|less|comments|gallery)",
    r"sorry[,!]|there was an error|an error (?:has )?occurred|terms (?:of|and)|privacy policy|cookies?",
    r"contact us|about us",
    # of what stood beside the text
    r"photo(?:graph)?s?(?: by| credit|:)|image(?: source| credit| copyright|:)|picture:|credit:",
    r"file photo|source:",
    r"this video (?:is|cannot|can)|play video|video (?:player|caption|ad)|media caption|now playing",
    r"copyright|©|\(c\)|all rights reserved",
    r"(?:first )?published(?: on| at|:|,)|(?:last )?(?:updated|modified)(?: on| at|:|,| \d)",
    r"posted (?:on|at|in)",
    r"\d+ min(?:ute)?s? read",
)
_LEAD_INS = re.compile(rf"(?:{'|'.join(_BEGINNINGS)})(?!\w)", re.IGNORECASE)
"""How furniture begins. Applied to short paragraphs only, and not where one reads on as a sentence."""

_INVITATION = re.compile(
    r"sign|subscribe|click|follow|get|download|join|register|thank|sorry|there was|by |already|have "
    r"|[^.?!]{0,60}:",
    re.IGNORECASE,
)
"""How a paragraph begins that is furniture although it is a sentence."""

_ANYWHERE = re.compile(
    r"all rights reserved|click here (?:to|for)|sign up (?:for|to) (?:our|receive|get)"
    r"|to our (?:\w+ )?newsletter|download (?:our|the) (?:\w+ )?app\b"
    r"|follow (?:us|him|her|me|them|\w+ \w+) on (?:twitter|facebook|instagram)"
    r"|may not be (?:published|reproduced|redistributed)|(?:in|to) your (?:inbox|e-?mail)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:more|share|print|e-?mail|facebook|twitter|x|whatsapp|linkedin|reddit|video|photos?|gallery|menu|close|live|ad"
    r"|opinion|analysis|explainer|listen|watch|reuse content|reprints|permissions|related)[:.]?",
    re.IGNORECASE,
)
"""Whole paragraphs that are labels."""
_COMMENTS = re.compile(
    r"(?:\d+ |all |reader |view )?comments?(?: \(\d+\))?:?|leave a (?:reply|comment)"
    r"|join the (?:discussion|conversation)",
    re.IGNORECASE,
)
"""Headings after which readers speak and no longer the article."""
_WHOLE = 100
"""Words that must stand before such a heading for it to end the article."""
_STOP = re.compile(r"[.?!][\"'”’]?$")
_LEAD_IN_WORDS = 30
"""Words up to which a paragraph that begins like furniture is furniture: on the saved pages up to 26."""
_PROSE_WORDS = 8
"""Words from which a paragraph can be prose that an extractor dropped by mistake."""
_SAME = 90.0
"""rapidfuzz ratio (0..100) from which a paragraph repeats a title: a mark or a word of difference."""


def words(text: str) -> list[str]:
    """The words, in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def size(text: str) -> int:
    """How many words there are; scripts without spaces between words count two signs as one."""
    return len(_WORD.findall(text)) + len(_UNSPACED.findall(text)) // 2


def is_prose(paragraph: str) -> bool:
    """Whether it reads like sentences: long enough, ends like one, is not all in capitals."""
    count = size(paragraph)
    return count >= _PROSE_WORDS and bool(_END.search(paragraph)) and not paragraph.isupper()


def is_furniture(paragraph: str) -> bool:
    """Whether it is an invitation, a label or a notice rather than a part of the article."""
    count = size(paragraph)
    if count > _LEAD_IN_WORDS:
        return False
    if count == 0:
        return True
    if _LABEL.fullmatch(paragraph):
        return True
    bare = paragraph.lstrip(" -–—•*|[(>»")
    sentence = count > _PROSE_WORDS and _STOP.search(bare) and not _INVITATION.match(bare)
    return bool((_LEAD_INS.match(bare) and not sentence) or _ANYWHERE.search(paragraph))


def repeats(paragraph: str, titles: Iterable[str]) -> bool:
    """Whether it is one of the page's titles again."""
    return any(fuzz.ratio(paragraph.lower(), title.lower()) >= _SAME for title in titles)


def tidy(lines: Iterable[str], titles: Sequence[str]) -> list[str]:
    """The paragraphs without furniture, titles and repetitions, in order."""
    kept: list[str] = []
    seen: set[str] = set()
    for line in lines:
        paragraph = " ".join(line.removeprefix("- ").split())
        key = paragraph.lower()
        if _COMMENTS.fullmatch(paragraph) and size(" ".join(kept)) >= _WHOLE:
            break
        if not paragraph or is_furniture(paragraph) or (len(paragraph) > 30 and key in seen):
            continue
        if len(kept) < 3 and repeats(paragraph, titles):
            continue
        seen.add(key)
        kept.append(paragraph)
    while kept and _is_label(kept[-1]):
        kept.pop()
    return kept


def _is_label(paragraph: str) -> bool:
    """A heading with nothing under it."""
    return size(paragraph) < _PROSE_WORDS and not _END.search(paragraph)

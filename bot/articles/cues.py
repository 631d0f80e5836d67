"""How pages that are no articles give themselves away: words and places, as data for `kinds`."""

from __future__ import annotations

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


ERROR = _any(
    r"\b(?:page|article|story|url|file|site)\b.{0,40}\b(?:not|cannot be|can['’]t be) found",
    r"\b(?:page|article|story|url|file|site)\b.{0,40}\bcould(?:n['’]t| not) be found",
    r"^(?:error\s*)?(?:4\d\d|50\d)\b",
    r"\b(?:4(?:00|01|03|04|10)|50[0234])\b\s*(?:error|[-–—:|]|not found|forbidden|gone)",
    r"can(?:not|['’]t) find (?:that|the|this) page",
    r"^not found|^forbidden|\b(?:no longer|not) available|does(?: not|n['’]t) exist",
    r"something went wrong|an error (?:has )?occurred|access (?:to this page has been )?denied",
    r"service unavailable|bad gateway|internal server error|too many requests",
    r"temporarily (?:unavailable|down)",
)
ROBOT = _any(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|you are (?:a )?human|not a robot",
    r"captcha|checking your browser|pardon our interruption|unusual (?:traffic|activity)|security check",
    r"enable (?:javascript|js)(?: and cookies| and disable)|verif(?:y|ying) (?:that )?you",
)
CONSENT = (
    _any(
        r"before you (?:continue|go on)|(?:we|our) value your privacy|your (?:privacy|data)\b|privacy choices"
    ),
    _any(r"\bcookies?\b"),
    _any(r"\bconsent\b|accept(?: all| and)|reject all|i (?:agree|accept)|agree and"),
    _any(r"\bpartners?\b|third[- ]part|personali[sz]ed (?:ads|content)|manage (?:options|preferences)"),
)
"""Each is found beside many an article; a page of consent has most of them."""
CONSENT_PLACE = _any(r"^(?:consent|guce|myprivacy|privacy)\.|/(?:consent|cookie-?wall|gdpr|privacy-?gate)\b")
CONSENT_TITLE = _any(r"\b(?:cookies?|privacy|consent|before you continue|your data)\b")
PAYWALL = _any(
    r"(?:subscribe|register|sign (?:in|up)|log ?in)(?: now| today)? (?:to|for) (?:continue|keep|read|unlock)",
    r"(?:subscribe|register|sign (?:in|up)|log ?in)(?: now| today)? (?:to|for) (?:unlimited|full|access)",
    r"to (?:continue|keep) reading|to read (?:the (?:full|rest)|this|more of)",
    r"(?:subscriber|member|premium)s?[- ](?:only|exclusive)",
    r"(?:only|exclusive(?:ly)?|reserved) (?:for|to) (?:our )?(?:subscriber|member)s",
    r"unlock this (?:article|story|content)|(?:reached|used) your (?:\w+ ){0,4}(?:limit|articles)",
    r"remaining (?:free )?articles",
    r"this (?:article|story|content) is (?:for|reserved|exclusive|premium)",
)
LIVE_URL = _any(r"/live(?:blog)?[-/]|-live(?:-|/|$)|live-(?:updates?|blog|news)|liveblog")
VIDEO_URL = _any(r"/(?:videos?|av|watch|clips?|tv|vod)(?:/|$|\?)")

"""One article, one URL: canonical forms, and the links in a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit, urlunsplit

import courlan
from w3lib.url import canonicalize_url

from bot.articles.addresses import check_url
from bot.errors import InputError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRACKER_NAMES = """
fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid igshid igsh mkt_tok mc_cid mc_eid
_hsenc _hsmi __hstc __hssc __hsfp hsctatracking vero_id vero_conv oly_enc_id oly_anon_id wickedid
rb_clickid s_cid cmpid cmp icid ncid ocid mbid smid smtyp sref srnd spm ftag ftcamp campaign_id cmp_id
ito ns_campaign ns_mchannel ns_source ns_linkname ns_fee trk trkcampaign trkinfo soc_src soc_trk
guccounter guce_referrer guce_referrer_sig ref ref_src ref_url refsrc reflink referrer referer source
src taid tpcc traffic_source xtor wt_mc wt_zmc wtmc _ga _gl gi sh share shared shareid share_id giftcopy
unlocked_article_code smprod dgcid feedtype feedname __twitter_impression __source __a4a_ amp_js_v
amp_gsa usqp tblci oborigurl dicbo cxrecs_s li_source li_medium spmailingid spuserid spjobid spreportid
nlid newsletter_id email_source _branch_match_id fb_ref fb_source fb_action_ids fb_action_types cvid
"""
_TRACKERS = frozenset(_TRACKER_NAMES.split())
"""Query parameters, in lower case, that say where a click came from and not which article it is."""

_TRACKER_PREFIXES = ("utm_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "stm_", "itm_", "at_", "sc_")
_VARIANTS = frozenset(
    (
        "amp",
        "outputtype",
        "output",
        "print",
        "printable",
        "printview",
        "view",
        "page_view",
        "display",
        "mobile",
    )
)
"""Parameters that choose another rendering of one article, where their value is one of `_VARIANT_VALUES`."""
_VARIANT_VALUES = frozenset(
    ("", "1", "true", "yes", "amp", "print", "printable", "mobile", "desktop", "full")
)

_WRAPPERS = {
    "www.google.com/url": ("q", "url"),
    "l.facebook.com/l.php": ("u",),
    "lm.facebook.com/l.php": ("u",),
}
"""Host and path of pages that only lead on, with the parameters that hold the address."""
_AMP_CACHE = re.compile(r"(?:www\.google\.[a-z.]+/amp/|[\w-]+\.cdn\.ampproject\.org/(?:c|v|i|ii)/)(s/)?(.+)")
_VARIANT_PATH = re.compile(r"^(.*/[^/]*[-\d][^/]*)/(?:amp|print|printable)(?:\.html?|\.php)?(/?)$")
"""Where it follows what looks like an article's own segment: with a digit or a hyphen."""
_VARIANT_PREFIX = re.compile(r"^/(?:amp|print)(/.*[-\d][^/]*/?)$")
_AMP_SUFFIX = re.compile(r"\.amp(?=\.html?$)|\.amp$")
_MOBILE_HOST = re.compile(r"^(?:m|mobile|touch|wap|amp)\.(?=[^.]+\.[^.])")

_CODE = re.compile(r"```.*?(?:```|$)|(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"(?<![\w<])https?://[^\s<>\"\x00-\x20]+", re.IGNORECASE)
_SUPPRESSED = re.compile(r"<https?://[^\s<>]*>", re.IGNORECASE)
_TRAILING = ".,:;!?'\"*_~|”’»…"
MAX_LINKS = 20
"""Links read from one message; Discord's 2,000 characters hold more only in spam."""


def canonical(url: str) -> str:
    """The one form of an article's URL, still good to be fetched. Raises InputError for what is no web link.

    https for http, host in lower case without default port or trailing dot, no fragment, parameters sorted,
    without trackers; AMP and print forms, AMP caches and link wrappers folded into what they stand for.
    An address with a port of its own (one's own network, tests) keeps its scheme.
    """
    text = url.strip()
    for _ in range(3):  # a wrapper may hold a wrapper
        inner = _unwrapped(text)
        if inner is None:
            break
        text = inner
    try:
        # Ports and private hosts are the fetcher's business: this only has to be a web link.
        parts = urlsplit(text)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme.lower(), 0)
        if not (parts.hostname or "").strip("."):
            raise RefusedError("The link names no site.")
        parsed = check_url(text, allow=frozenset({((parts.hostname or ""), port)}))
        clean = canonicalize_url(str(parsed), keep_fragments=False)
    except (RefusedError, ValueError, UnicodeError) as error:
        raise InputError(f"This is not a link that can be read: {error}") from None
    return _folded(clean)


def of_page(url: str, declared: str | None) -> str:
    """Canonical URL of a page read from `url` that says of itself that its canonical URL is `declared`.

    What it says counts where it is on the same site and no less exact (some pages name their front page).
    """
    own = canonical(url)
    if declared:
        try:
            said = canonical(urljoin(url, declared.strip()))
        except (InputError, ValueError):
            said = own
        front = urlsplit(said).path in ("", "/") and urlsplit(own).path not in ("", "/")
        if said != own and not front and same_site(own, said):
            return said
    parts = urlsplit(own)
    return urlunsplit(parts._replace(netloc=_MOBILE_HOST.sub("www.", parts.netloc)))


def same_site(one: str, other: str) -> bool:
    """Whether two URLs belong to one registered domain (or are one host where there is none)."""
    hosts = urlsplit(one).hostname, urlsplit(other).hostname
    if hosts[0] == hosts[1]:
        return True
    return _domain(one) == _domain(other)


def _domain(url: str) -> str:
    """The registered domain; the last two labels where there is none (one's own network, tests)."""
    registered: str | None = courlan.extract_domain(url)
    return registered or ".".join((urlsplit(url).hostname or "").split(".")[-2:])


def links(text: str) -> list[str]:
    """The http(s) links in a Discord message, in order, each once; not those in code or in <...>."""
    visible = _SUPPRESSED.sub(" ", _CODE.sub(" ", text))
    found = dict.fromkeys(_trimmed(match[0]) for match in _LINK.finditer(visible))
    return [link for link in found if len(link) > len("https://")][:MAX_LINKS]


def _trimmed(link: str) -> str:
    """The link without the punctuation of the sentence around it."""
    link = link.split("||")[0].split("](")[0]
    while link:
        last = link[-1]
        pair = {")": "(", "]": "[", "}": "{"}.get(last)
        if last in _TRAILING or (pair and link.count(pair) < link.count(last)):
            link = link[:-1]
        else:
            break
    return link


def _unwrapped(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    place = f"{(parts.hostname or '').lower()}{parts.path}"
    query = dict(parse_qsl(parts.query))
    for name in _WRAPPERS.get(place, ()):
        if query.get(name, "").startswith(("http://", "https://")):
            return query[name]
    if cached := _AMP_CACHE.fullmatch(place):
        return f"{'https' if cached[1] else 'http'}://{unquote(cached[2])}"
    return None


def _folded(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rstrip(".")
    scheme, default = parts.scheme, {"http": ":80", "https": ":443"}[parts.scheme]
    host = host.removesuffix(default)
    if not re.search(r":\d+$|\]$", host):
        scheme = "https"
    path = _AMP_SUFFIX.sub("", _VARIANT_PREFIX.sub(r"\1", _VARIANT_PATH.sub(r"\1\2", parts.path)))
    return urlunsplit((scheme, host, path or "/", "&".join(_kept(parts.query)), ""))


def _kept(query: str) -> Iterator[str]:
    """The parameters that say which article it is, as they are written."""
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        low = unquote(name).lower()
        if not pair or low in _TRACKERS or low.startswith(_TRACKER_PREFIXES):
            continue
        if low in _VARIANTS and unquote(value).lower() in _VARIANT_VALUES:
            continue
        # A parameter without a value is the same with and without its "=".
        yield pair if value else name

"""Which addresses a stranger's link may lead to: public ones, on the web's own ports, and no others.

Three gates use the same rules: the text of the URL (`check_url`), every address that a name resolves to, and
the address of each socket that is opened (both through `why_blocked`).
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from yarl import URL

from bot.errors import RefusedError

Address = IPv4Address | IPv6Address

WEB_PORTS = frozenset({80, 443})
MAX_URL = 2_048
"""Characters. Longer ones are refused: what browsers and sitemaps accept at least."""

# The registries of special-purpose addresses (IANA), whatever `ipaddress.is_global` of this Python says.
_BLOCKED_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")
_BLOCKED_V6 = tuple(
    IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")

_PRIVATE_WORDS = """
localhost localdomain local internal intranet private corp home lan arpa onion i2p test example invalid alt
"""
_PRIVATE_NAMES = frozenset(_PRIVATE_WORDS.split())
"""Last labels that no public site has (RFC 2606, 6761, 6762, 7686, 8375, 9476; ICANN's reserved ones)."""

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"\d+|0[xX][0-9a-fA-F]*")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")


def why_blocked(address: Address) -> str | None:
    """What is wrong with an address, in words; None for a public one."""
    if isinstance(address, IPv6Address):
        if address in _MAPPED or address in _NAT64:
            # What is reached in truth is the address inside.
            return why_blocked(IPv4Address(int(address) & 0xFFFF_FFFF))
        if address.scope_id is not None or address not in _GLOBAL_V6:
            return "not a public address"
        return "a special address" if any(address in network for network in _BLOCKED_V6) else None
    return "not a public address" if any(address in network for network in _BLOCKED_V4) else None


def parse(text: str) -> Address:
    """An address as a resolver or a socket writes it. Raises RefusedError for what is none."""
    try:
        return ip_address(text)
    except ValueError:
        raise RefusedError("The address of the site cannot be understood.") from None


def check_url(
    url: str,
    *,
    allow: frozenset[tuple[str, int]] = frozenset(),
    ports: frozenset[int] = WEB_PORTS,
) -> URL:
    """The URL, ready to be requested. Raises RefusedError for one that is never fetched.

    `allow`: pairs of host and port that are exempt from the rules for hosts and ports, and from no others.
    """
    if len(url) > MAX_URL:
        raise RefusedError(f"The link is longer than {MAX_URL} characters.")
    if _UNSAFE.search(url):
        raise RefusedError("The link has spaces, backslashes or control characters in it.")
    try:
        parsed = URL(url)
        host, port = parsed.raw_host, parsed.port
    except (ValueError, UnicodeError):
        raise RefusedError("The link is not a web address.") from None
    if parsed.scheme not in ("http", "https"):
        raise RefusedError("Only http and https links are read.")
    if "@" in (authority := _authority(url)):
        raise RefusedError("Links with a user name or a password in them are not read.")
    if not host or port is None:
        raise RefusedError("The link names no site.")
    if ("[" in authority) != (":" in host):
        raise RefusedError("The link's site has a name that is not valid.")
    host = host.lower()
    if (host, port) not in allow:
        if port not in ports:
            raise RefusedError(f"Links to port {port} are not read.")
        _check_host(host)
    return parsed.with_fragment(None)


def _authority(url: str) -> str:
    # From the text: a parser drops what is empty, such as the user in "http://@host/".
    _, _, rest = url.partition("//")
    return re.split(r"[/?#]", rest, maxsplit=1)[0]


def _check_host(host: str) -> None:
    if ":" in host:
        address = parse(host)
        if address.version != 6 or why_blocked(address):
            raise RefusedError("The link leads to an address that is not public.")
        return
    labels = host.removesuffix(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        # Browsers and `inet_aton` take such a host for an IPv4 address, in any of a dozen notations.
        # Only the plain one is accepted.
        try:
            numeric = IPv4Address(host)
        except ValueError:
            raise RefusedError("The link leads to an address in a disguised notation.") from None
        if why_blocked(numeric):
            raise RefusedError("The link leads to an address that is not public.")
        return
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise RefusedError("The link's site has a name that is not valid.")
    if len(labels) < 2 or labels[-1] in _PRIVATE_NAMES:
        raise RefusedError("The link leads to a name that is not public.")

"""What can go wrong in a fetch: each in one sentence, as the kind of error that says whether to try again."""

from __future__ import annotations

import math

import aiohttp

from bot.errors import FetchError, GoneError, PassingError, RefusedError

PATIENCE = 10.0
"""Seconds: a server that asks for a longer wait (Retry-After) is left to the queue's next try."""

_PASSING = frozenset((408, 425, 429))
_WORDS = {
    401: "The site shows this page only to its own members (401).",
    402: "The site shows this page only to those who pay (402).",
    403: "The site refuses to show this page to programs (403).",
    404: "The page is not there (404).",
    410: "The page has been taken down (410).",
    451: "The page may not be shown here for legal reasons (451).",
}


class AgainError(PassingError):
    """A failure before the page arrived, after which one more try at once makes sense."""

    wait: float | None = None
    """Seconds that the server asked for."""


class NothingThereError(AgainError):
    """Nobody answers at this host and port."""


def wait_before_next(error: Exception) -> bool | float:
    """For stamina: whether to try again at once, or after how many seconds."""
    if not isinstance(error, AgainError):
        return False
    if error.wait is None:
        return True
    return error.wait if error.wait <= PATIENCE else False


def check_status(response: aiohttp.ClientResponse) -> None:
    """Raises GoneError or PassingError for an answer that is no page."""
    status = response.status
    if status in (200, 203):
        return
    if status >= 500 or status in _PASSING:
        error = AgainError(f"The site is out of order or busy just now ({status}).")
        error.wait = _seconds(response.headers.get("Retry-After"))
        raise error
    raise GoneError(_WORDS.get(status, f"The site did not give the page (answer {status})."))


def told(error: Exception) -> FetchError:
    """An error of the network or of the HTTP library, as one of ours."""
    match error:
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            return RefusedError(
                "The site cannot prove that it is what it says: its certificate is not valid."
            )
        case aiohttp.ClientConnectorDNSError():
            return AgainError("The site's name was not found.")
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return NothingThereError("The site cannot be reached.")
        case aiohttp.ClientPayloadError() | aiohttp.ContentTypeError():
            return PassingError("The page ended early or arrived damaged.")
        case aiohttp.InvalidURL() | ValueError():
            return RefusedError("The site leads to a link that is not a web address.")
        case aiohttp.ClientResponseError():
            return PassingError("The site's answer is not valid HTTP.")
        case _:
            return AgainError("The site broke off the connection.")


def _seconds(retry_after: str | None) -> float | None:
    try:
        seconds = float(retry_after or "")
    except ValueError:
        # None given, or a date: the wait is then our own.
        return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None

"""Why a partner's machine gave no answer that counts: the code of what broke a call off."""

import ssl

import httpx

from cotejo.exchange.unanswered import (
    CUT_OFF,
    NO_CONNECTION,
    NOT_LET_IN,
    NOT_THE_EXCHANGE,
    OTHER_CERTIFICATE,
    TOO_MUCH,
    TOO_SLOW,
    TRY_AGAIN,
    WORDS,
    in_words,
)

__all__ = [
    "CUT_OFF",
    "NOT_LET_IN",
    "NOT_THE_EXCHANGE",
    "NO_CONNECTION",
    "OTHER_CERTIFICATE",
    "TOO_MUCH",
    "TOO_SLOW",
    "TRY_AGAIN",
    "WORDS",
    "in_words",
    "why",
]


def why(error: httpx.HTTPError) -> str:
    """Return the code of what broke a call off."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return OTHER_CERTIFICATE
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
            return NOT_LET_IN
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return NO_CONNECTION
    return TOO_SLOW if isinstance(error, httpx.TimeoutException) else CUT_OFF

"""From what the wire says (status, headers, body, transport error) to the error tree."""

import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import httpx2
import msgspec

from zantara.llm.errors import (
    AuthenticationFailed,
    BillingStop,
    Busy,
    InvalidRequest,
    ModelError,
    Overloaded,
    RateLimited,
    ServerFault,
    TimedOut,
    Unreachable,
)

_SHOWN = 200
_BILLING_TYPES = {"billing_error", "insufficient_quota"}
_SPEND_CODES = {"contract_spend_limit_reached", "enforced_spend_limit_reached"}
_OVERLOAD = {503, 529}


def from_status(provider: str, status: int, headers: Mapping[str, str], body: object) -> ModelError:
    """The error that a non-2xx reply stands for; `body` is the decoded JSON or the text."""
    kind, code, said = _reason(body)
    message = f"{provider} {status} {kind or ''}: {said}"[:_SHOWN]
    if _is_billing(status, kind, code, said):
        return BillingStop(message)
    if status in (401, 403):
        return AuthenticationFailed(message)
    wait_s = retry_after_s(headers)
    if status == 429:
        return RateLimited(message, retry_after_s=wait_s)
    if status in _OVERLOAD:
        return Overloaded(message, retry_after_s=wait_s)
    if status >= 500 or status in (408, 409, 425):
        return ServerFault(message, retry_after_s=wait_s)
    return InvalidRequest(message)


def from_event(provider: str, body: object) -> ModelError:
    """The error that an `error` event stands for which came inside a stream that had begun with 200."""
    kind, code, said = _reason(body)
    status = {
        "overloaded_error": 529,
        "rate_limit_error": 429,
        "authentication_error": 401,
        "permission_error": 403,
        "billing_error": 402,
        "invalid_request_error": 400,
        "not_found_error": 404,
    }.get(kind or "", 500)
    if code is not None and code.isdigit() and 400 <= int(code) < 600:
        status = int(code)
    return from_status(provider, status, {}, {"error": {"type": kind, "message": said}})


def from_transport(provider: str, error: Exception) -> ModelError:
    """The error that a failed connection or an httpx2 timeout stands for."""
    said = f"{provider}: {type(error).__name__}"
    if isinstance(error, httpx2.ConnectTimeout):
        return TimedOut(said, stage="connect")
    if isinstance(error, httpx2.PoolTimeout):
        return Busy(said)
    if isinstance(error, httpx2.TimeoutException):
        return TimedOut(said, stage="total")
    return Unreachable(said)


def error_body(reply: httpx2.Response) -> object:
    """The decoded body of an error reply, or its text."""
    try:
        return msgspec.json.decode(reply.content)
    except msgspec.DecodeError:
        return reply.text


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that the provider asks us to wait: `retry-after-ms`, or `retry-after` as seconds or as a date."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return max(0.0, milliseconds / 1000)
    seconds = _number(headers.get("retry-after"))
    if seconds is not None:
        return max(0.0, seconds)
    return _until(headers.get("retry-after"), headers.get("date"))


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _until(then: str | None, now: str | None) -> float | None:
    """Seconds between the reply's own `date` and the date to wait for: the server's clock on both sides."""
    if not then or not now:
        return None
    try:
        return max(0.0, (parsedate_to_datetime(then) - parsedate_to_datetime(now)).total_seconds())
    except (ValueError, TypeError):
        return None


def _is_billing(status: int, kind: str | None, code: str | None, said: str) -> bool:
    if status == 402 or kind in _BILLING_TYPES or code in _SPEND_CODES or code in _BILLING_TYPES:
        return True
    # Anthropic reports exhausted credit as a plain 400 that only its sentence tells apart.
    return status == 400 and "credit balance" in said.lower()


def _reason(body: object) -> tuple[str | None, str | None, str]:
    """Kind, code and sentence of an error body in Anthropic's, OpenAI's or RunPod's form."""
    if not isinstance(body, dict):
        return None, None, str(body or "")
    inner = body.get("error", body)
    if not isinstance(inner, dict):
        return None, None, str(inner)
    details = inner.get("details")
    code = details.get("error_code") if isinstance(details, dict) else inner.get("code")
    kind = inner.get("type")
    said = inner.get("message") or inner.get("detail") or ""
    return (str(kind) if kind else None), (str(code) if code is not None else None), str(said)

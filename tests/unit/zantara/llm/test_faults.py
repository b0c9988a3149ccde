import httpx2
import pytest

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
from zantara.llm.faults import from_event, from_status, from_transport, retry_after_s


def _anthropic(kind: str, message: str = "said", code: str | None = None) -> object:
    details = {"error_code": code} if code else None
    return {"type": "error", "error": {"type": kind, "message": message, "details": details}}


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, _anthropic("invalid_request_error"), InvalidRequest),
        (
            400,
            _anthropic("invalid_request_error", "Your credit balance is too low to access the API."),
            BillingStop,
        ),
        (401, _anthropic("authentication_error"), AuthenticationFailed),
        (402, {"error": "Payment required"}, BillingStop),
        (403, _anthropic("permission_error"), AuthenticationFailed),
        (403, _anthropic("billing_error"), BillingStop),
        (404, _anthropic("not_found_error"), InvalidRequest),
        (408, "", ServerFault),
        (413, _anthropic("request_too_large"), InvalidRequest),
        (422, {"detail": "nope"}, InvalidRequest),
        (429, _anthropic("rate_limit_error"), RateLimited),
        (429, _anthropic("rate_limit_error", code="enforced_spend_limit_reached"), BillingStop),
        (429, {"error": {"message": "quota", "code": "insufficient_quota"}}, BillingStop),
        (500, "<html>oops</html>", ServerFault),
        (502, None, ServerFault),
        (503, _anthropic("api_error"), Overloaded),
        (504, "", ServerFault),
        (529, _anthropic("overloaded_error"), Overloaded),
    ],
)
def test_a_status_becomes_its_error(status: int, body: object, expected: type[ModelError]) -> None:
    assert type(from_status("anthropic", status, {}, body)) is expected


def test_the_message_is_short_whatever_the_provider_says() -> None:
    error = from_status("anthropic", 500, {}, _anthropic("api_error", "x" * 10_000))
    assert len(str(error)) <= 200


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("overloaded_error", Overloaded),
        ("rate_limit_error", RateLimited),
        ("api_error", ServerFault),
        ("billing_error", BillingStop),
        ("authentication_error", AuthenticationFailed),
        ("something_new", ServerFault),
    ],
)
def test_an_error_event_inside_a_stream_becomes_its_error(kind: str, expected: type[ModelError]) -> None:
    assert type(from_event("anthropic", _anthropic(kind))) is expected


def test_an_error_event_may_carry_its_status_as_code() -> None:
    assert type(from_event("openai", {"error": {"message": "m", "code": 429}})) is RateLimited


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        (
            {"retry-after": "Fri, 20 Nov 2026 10:00:30 GMT", "date": "Fri, 20 Nov 2026 10:00:00 GMT"},
            30.0,
        ),
        ({"retry-after": "Fri, 20 Nov 2026 10:00:30 GMT"}, None),
        ({"retry-after": "Fri, 20 Nov 2026 10:00:30 GMT", "date": "today"}, None),
    ],
)
def test_retry_after_is_read_in_all_its_forms(headers: dict[str, str], expected: float | None) -> None:
    assert retry_after_s(headers) == expected


def test_a_429_carries_the_wait_that_was_asked_for() -> None:
    error = from_status("anthropic", 429, {"retry-after": "3600"}, _anthropic("rate_limit_error"))
    assert isinstance(error, RateLimited)
    assert error.retry_after_s == 3600.0


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx2.ConnectError("refused"), Unreachable),
        (httpx2.RemoteProtocolError("cut"), Unreachable),
        (httpx2.PoolTimeout("full"), Busy),
        (httpx2.ConnectTimeout("slow"), TimedOut),
        (httpx2.ReadTimeout("slow"), TimedOut),
    ],
)
def test_a_transport_error_becomes_its_error(error: Exception, expected: type[ModelError]) -> None:
    assert type(from_transport("anthropic", error)) is expected


def test_a_connect_timeout_names_its_stage() -> None:
    error = from_transport("anthropic", httpx2.ConnectTimeout("slow"))
    assert isinstance(error, TimedOut)
    assert error.stage == "connect"

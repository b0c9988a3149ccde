"""The HTTP border: every error becomes an RFC 9457 problem that names the field and tells nothing of the inside."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeVar

import msgspec
import structlog
from aiohttp import web

from zantara.errors import Invalid, NotFound, Transient

log = structlog.get_logger()
T = TypeVar("T", bound=msgspec.Struct)

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=128, pattern=r"^[\w.@:+-]+\Z")]
"""What may name a user, a conversation or a turn."""

_AT = re.compile(r" - at `\$\.?([^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_MISSING = re.compile(r"required field `([^`]+)`")


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one field."""

    field: str
    reason: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A problem document (RFC 9457); `faults` name the fields."""

    type: str
    title: str
    status: int
    detail: str = ""
    faults: tuple[Fault, ...] = ()


class BadRequest(Invalid):
    """A body that cannot be read at all, or whose fields break the contract."""

    def __init__(self, detail: str, *, status: int, fields: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.fields = tuple(fields)

    def problem(self) -> Problem:
        """As the asker sees it."""
        unreadable = self.status == 400
        return Problem(
            type=_type("bad-request" if unreadable else "invalid"),
            title="The request cannot be read" if unreadable else "The request breaks its contract",
            status=self.status,
            detail=str(self),
            faults=self.fields,
        )


async def body(request: web.Request, type_: type[T]) -> T:
    """The decoded body; raises BadRequest: 400 where it is no JSON, 422 where a field is wrong."""
    raw = await request.read()
    try:
        return msgspec.json.decode(raw, type=type_)
    except msgspec.ValidationError as error:
        fault = _fault(str(error))
        raise BadRequest(f"{fault.field}: {fault.reason}", status=422, fields=(fault,)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRequest(f"the body is no valid JSON: {error}", status=400) from error


def path_id(request: web.Request) -> str:
    """The `{id}` of the path; raises BadRequest where it cannot be the name of anything."""
    try:
        return msgspec.convert(request.match_info["id"], Name)
    except msgspec.ValidationError as error:
        raise wrong("id", str(error)) from error


def wrong(field: str, reason: str) -> BadRequest:
    """A field whose value breaks a rule that no type can say."""
    return BadRequest(f"{field}: {reason}", status=422, fields=(Fault(field=field, reason=reason),))


@web.middleware
async def problems(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Turn whatever a route raises into a problem document."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return _answer(_problem(error.status, "http", error.reason, ""), _kept(error))
    except Exception as error:  # noqa: BLE001 - the HTTP border
        retry_s = error.retry_after_s if isinstance(error, Transient) else None
        headers = {"Retry-After": str(max(1, round(retry_s or 2)))} if isinstance(error, Transient) else None
        return _answer(problem_of(error, request.path), headers)


def problem_of(error: Exception, path: str) -> Problem:
    """What the asker may know of an error; the log gets the rest."""
    match error:
        case BadRequest():
            return error.problem()
        case Invalid():
            return _problem(422, "invalid", "The request breaks its contract", str(error))
        case NotFound():
            return _problem(404, "not-found", "Not found", str(error))
        case Transient():
            log.warning("unavailable", path=path, error=str(error))
            return _AWAY
    log.error("request_failed", path=path, exc_info=error)
    return _problem(500, "internal", "Internal error", "The error is on record.")


def _answer(problem: Problem, headers: dict[str, str] | None = None) -> web.Response:
    return respond(problem, status=problem.status, content_type="application/problem+json", headers=headers)


def _kept(error: web.HTTPException) -> dict[str, str]:
    return {name: error.headers[name] for name in ("WWW-Authenticate", "Allow") if name in error.headers}


def respond(
    value: Any,
    *,
    status: int = 200,
    content_type: str = "application/json",
    headers: dict[str, str] | None = None,
) -> web.Response:
    """A JSON response."""
    return web.Response(
        body=msgspec.json.encode(value), status=status, content_type=content_type, charset="utf-8", headers=headers
    )


def _problem(status: int, kind: str, title: str, detail: str) -> Problem:
    return Problem(type=_type(kind), title=title, status=status, detail=detail)


def _type(kind: str) -> str:
    return f"urn:zantara:problem:{kind}"


def _fault(text: str) -> Fault:
    for pattern in (_UNKNOWN, _MISSING):
        if match := pattern.search(text):
            return Fault(field=match[1], reason=_AT.sub("", text))
    place = _AT.search(text)
    return Fault(field=place[1] if place else "body", reason=_AT.sub("", text))


_AWAY = _problem(503, "unavailable", "A part of the service is away", "Please try again shortly.")

"""Settings as a value: one frozen struct per process, built in `main` from an environment mapping.

A field `http_port` reads `HTTP_PORT`, or the name in the struct's `env_names`; every fault is reported at once.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar, get_args

import msgspec

from zantara.errors import StartError

S = TypeVar("S", bound="Settings")


class Secret:
    """A text that does not print itself; `reveal()` gives it to the client that needs it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The secret itself."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret(***)" if self._text else "Secret()"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every settings struct: fields are `Annotated[type, Meta(..., description=...)]` with defaults."""

    env_names: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def variable(cls, field: str) -> str:
        """The environment variable that a field reads."""
        names: dict[str, str] = {}
        for base in reversed(cls.__mro__):
            names.update(getattr(base, "env_names", {}))
        return names.get(field, field.upper())


def load(settings: type[S], env: Mapping[str, str]) -> S:
    """Build the struct from the environment; empty variables count as unset. Raises StartError with all faults."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for field in msgspec.structs.fields(settings):
        variable = settings.variable(field.name)
        text = env.get(variable, "")
        if not text:
            if field.required:
                faults.append(f"{variable} is not set")
            continue
        try:
            values[field.name] = _convert(text, field.type)
        except msgspec.ValidationError as error:
            shown = "***" if _is_secret(field.type) else repr(text)
            faults.append(f"{variable}={shown}: {error}")
    if faults:
        raise StartError("bad settings:\n  " + "\n  ".join(faults))
    return settings(**values)


def describe(settings: type[Settings]) -> list[tuple[str, str, str, str]]:
    """Rows (variable, type, default, meaning) for the documentation."""
    rows = []
    for field in msgspec.structs.fields(settings):
        notes = (note for note in getattr(field.type, "__metadata__", ()) if isinstance(note, msgspec.Meta))
        meaning = next((note.description for note in notes if note.description), "")
        default = "required" if field.required else _shown(field.default)
        rows.append((settings.variable(field.name), _type_name(field.type), default, meaning))
    return rows


def _convert(text: str, type_: Any) -> Any:
    if _is_secret(type_):
        return Secret(text)
    if _plain(type_) is bool:
        text = {"1": "true", "0": "false", "yes": "true", "no": "false"}.get(text.lower(), text.lower())
    if "tuple" in str(_plain(type_)):
        return msgspec.convert(tuple(part.strip() for part in text.split(",") if part.strip()), type_, strict=False)
    return msgspec.convert(text, type_, strict=False)


def _plain(type_: Any) -> Any:
    return get_args(type_)[0] if hasattr(type_, "__metadata__") else type_


def _is_secret(type_: Any) -> bool:
    return _plain(type_) is Secret


def _type_name(type_: Any) -> str:
    plain = _plain(type_)
    return "secret" if plain is Secret else getattr(plain, "__name__", str(plain))


def _shown(default: object) -> str:
    if isinstance(default, tuple):
        return ",".join(map(str, default))
    if isinstance(default, bool):
        return str(default).lower()
    return "" if isinstance(default, Secret) else str(default)

"""JSON valid for whatever JSON Schema is asked: a draft is bent into shape, what it lacks comes from the material.

Covers what structured-output APIs take: type, enum, const, properties, required, items, anyOf, oneOf, allOf, $ref, the
bounds, formats. Patterns are searched in the material; of the rest of regular expressions only simple ones are met.
"""

import math
import re
from collections.abc import Mapping
from typing import Any, Final

from zantara_cli.simulator.mind.material import Material
from zantara_cli.simulator.mind.sentences import cut

Schema = Mapping[str, Any]

MISSING: Final = object()
"""Stands for a value that the draft does not give (None is a value)."""

_DEEP = 6
_HINT = re.compile(r"\{[^{}]*\}\s*$")
_BOUND = re.compile(
    r"(minimum|maximum|exclusiveMinimum|exclusiveMaximum|multipleOf|minLength|maxLength|minItems|maxItems):\s*(-?\d+(?:\.\d+)?)"
)
_FORMATS = {
    "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z", "time": "00:00:00Z", "duration": "P1D",
    "email": "nobody@example.org", "hostname": "example.org", "uri": "https://example.org/", "ipv4": "127.0.0.1",
    "ipv6": "::1", "uuid": "00000000-0000-4000-8000-000000000000",
}  # fmt: skip
_SAMPLES = ("0", "1", "a", "A", "en", "A1", "2026", "2026-01", "2026-01-01", "a-b", "abc", "+6200000000")
_TYPES: tuple[tuple[str, type | tuple[type, ...]], ...] = (
    ("object", Mapping), ("array", (list, tuple)), ("string", str), ("boolean", bool), ("integer", int),
    ("number", (int, float)), ("null", type(None)),
)  # fmt: skip


class Shaper:
    """Bends drafts into one schema."""

    def __init__(self, root: Schema) -> None:
        self._root = root

    def shape(self, draft: Any, schema: Schema, material: Material, key: str = "", depth: int = 0) -> Any:
        """The draft as the schema wants it, completed from the material."""
        schema = self._resolve(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return _option(draft, schema["enum"], material, key)
        branches = schema.get("anyOf") or schema.get("oneOf")
        if branches:
            rest = {name: value for name, value in schema.items() if name not in ("anyOf", "oneOf")}
            branch = self._branch(draft, branches, depth)
            return self.shape(draft, {**rest, **branch}, material, key, depth)
        return self._typed(draft, schema, material, key, depth)

    def _typed(self, draft: Any, schema: Schema, material: Material, key: str, depth: int) -> Any:
        kind = _kind(draft, schema, depth)
        if kind == "object":
            return self._object(draft, schema, material, depth)
        if kind == "array":
            return self._array(draft, schema, material, key, depth)
        if kind == "string":
            return _string(draft, schema, material, key)
        if kind in ("integer", "number"):
            return _number(draft, schema, material, key, whole=kind == "integer")
        if kind == "boolean":
            return draft if isinstance(draft, bool) else material.relevance >= 0.5
        return None

    def _object(self, draft: Any, schema: Schema, material: Material, depth: int) -> dict[str, Any]:
        given: Mapping[str, Any] = draft if isinstance(draft, Mapping) else {}
        declared: Mapping[str, Schema] = schema.get("properties", {})
        required = schema.get("required", ())
        extra = schema.get("additionalProperties", True)
        shaped: dict[str, Any] = {}
        for name in (*declared, *(name for name in required if name not in declared)):
            if name in required or name in given or depth < _DEEP:
                inner = declared.get(name, extra if isinstance(extra, Mapping) else {})
                shaped[name] = self.shape(given.get(name, MISSING), inner, material, name, depth + 1)
        if not declared and extra is not False:
            inner = extra if isinstance(extra, Mapping) else {}
            shaped |= {name: self.shape(value, inner, material, name, depth + 1) for name, value in given.items()}
        return shaped

    def _array(self, draft: Any, schema: Schema, material: Material, key: str, depth: int) -> list[Any]:
        least, most = int(schema.get("minItems", 0)), schema.get("maxItems")
        given = list(draft) if isinstance(draft, (list, tuple)) else None
        wanted = len(given) if given is not None else 0 if depth >= _DEEP else min(max(material.count, 1), 3)
        count = max(least, wanted if most is None else min(wanted, int(most)))
        prefix = list(schema.get("prefixItems", ()))
        items = schema.get("items", {})
        shaped: list[Any] = []
        for index in range(count):
            inner = prefix[index] if index < len(prefix) else items if isinstance(items, Mapping) else {}
            value = given[index] if given is not None and index < len(given) else MISSING
            shaped.append(self.shape(value, inner, material.at(index), key, depth + 1))
        return self._distinct(shaped, items, least) if schema.get("uniqueItems") else shaped

    def _distinct(self, values: list[Any], items: Any, least: int) -> list[Any]:
        distinct = [value for index, value in enumerate(values) if value not in values[:index]]
        options = self._resolve(items).get("enum", ()) if isinstance(items, Mapping) else ()
        spare = [option for option in options if option not in distinct]
        while len(distinct) < least:
            number = len(distinct)
            distinct.append(spare.pop(0) if spare else _varied(values[0] if values else "", number))
        return distinct

    def _branch(self, draft: Any, branches: list[Schema], depth: int) -> Schema:
        resolved = [self._resolve(branch) for branch in branches]
        null = next((branch for branch in resolved if _is_null(branch)), None)
        if null is not None and (draft is None or (draft is MISSING and depth >= _DEEP)):
            return null
        full = [branch for branch in resolved if not _is_null(branch)] or resolved
        return next((branch for branch in full if draft is not MISSING and _accepts(branch, draft)), full[0])

    def _resolve(self, schema: Schema) -> Schema:
        merged: dict[str, Any] = dict(schema)
        for _ in range(16):
            if "$ref" in merged:
                target = self._pointed(str(merged.pop("$ref")))
                merged = {**target, **merged}
            elif "allOf" in merged:
                merged = _united(merged, [self._resolve(part) for part in merged.pop("allOf")])
            else:
                break
        return {**_hints(merged.get("description")), **merged}

    def _pointed(self, reference: str) -> Schema:
        target: Any = self._root
        for part in reference.lstrip("#/").split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            target = target.get(name, {}) if name else target
        return target if isinstance(target, Mapping) else {}


def _hints(description: Any) -> dict[str, Any]:
    """Bounds that an SDK has moved into the description, as `{minimum: 0, maximum: 1}`."""
    tail = _HINT.search(description) if isinstance(description, str) else None
    return {name: float(value) for name, value in _BOUND.findall(tail.group())} if tail else {}


def _united(schema: Schema, parts: list[Schema]) -> dict[str, Any]:
    united: dict[str, Any] = {}
    for part in (*parts, schema):
        properties = {**united.get("properties", {}), **part.get("properties", {})}
        required = [*united.get("required", ()), *part.get("required", ())]
        united |= part
        if properties:
            united |= {"properties": properties, "required": list(dict.fromkeys(required))}
    return united


def _kind(draft: Any, schema: Schema, depth: int) -> str:
    named = schema.get("type")
    if isinstance(named, str):
        return named
    if not named:
        return _implied(draft, schema)
    kinds = [str(kind) for kind in named]
    if "null" in kinds and (draft is None or (draft is MISSING and depth >= _DEEP)):
        return "null"
    fitting = [kind for kind in kinds if draft is not MISSING and _is_kind(draft, kind)]
    return next(iter(fitting), next((kind for kind in kinds if kind != "null"), "null"))


def _implied(draft: Any, schema: Schema) -> str:
    if "properties" in schema or "additionalProperties" in schema:
        return "object"
    if "items" in schema or "prefixItems" in schema:
        return "array"
    if draft is MISSING:
        return "string"
    return next((kind for kind, _ in _TYPES if _is_kind(draft, kind)), "string")


def _is_kind(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return any(name == kind and isinstance(value, types) for name, types in _TYPES)


def _is_null(schema: Schema) -> bool:
    return schema.get("type") == "null" or ("const" in schema and schema["const"] is None)


def _accepts(schema: Schema, value: Any) -> bool:
    if "enum" in schema or "const" in schema:
        return value in schema.get("enum", [schema.get("const")])
    kinds = schema.get("type", ())
    return any(_is_kind(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _option(draft: Any, options: list[Any], material: Material, key: str) -> Any:
    if draft is not MISSING and draft in options:
        return draft
    named = material.reading.language if key == "language" else None
    if named in options:
        return named
    return options[material.nearest([str(option) for option in options])]


def _string(draft: Any, schema: Schema, material: Material, key: str) -> str:
    text = draft if isinstance(draft, str) else material.text(key) if draft in (MISSING, None) else str(draft)
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    if "pattern" in schema:
        return _matching(text, str(schema["pattern"]), material)
    least = int(schema.get("minLength", 0))
    if len(text) < least:
        text = (f"{text or key or '.'} " * least)[:least].rstrip().ljust(least, ".")
    most = int(schema.get("maxLength", len(text)))
    short = cut(text, most)
    return short if len(short) >= least else text[:most]


def _matching(text: str, pattern: str, material: Material) -> str:
    wanted = re.compile(pattern)
    if wanted.search(text):
        return text
    loose = re.search(pattern.removeprefix("^").removesuffix("$"), material.whole())
    candidates = (*((loose.group(),) if loose else ()), *_SAMPLES)
    return next((candidate for candidate in candidates if wanted.search(candidate)), text)


def _number(draft: Any, schema: Schema, material: Material, key: str, *, whole: bool) -> float | int:
    step = float(schema.get("multipleOf", 1 if whole else 0))
    nudge = step or 1e-6
    low = _bound(schema, "minimum", "exclusiveMinimum", nudge, -math.inf)
    high = _bound(schema, "maximum", "exclusiveMaximum", -nudge, math.inf)
    value = draft if _is_kind(draft, "number") else material.number(key)
    if value is None:
        bounded = math.isfinite(low) and math.isfinite(high)
        value = round(low + material.relevance * (high - low), 3) if bounded else 1.0
    value = min(max(float(value), low), high)
    if step:
        value = round(value / step) * step
        value += step if value < low else -step if value > high else 0.0
    return int(value) if whole else value


def _bound(schema: Schema, inclusive: str, exclusive: str, nudge: float, default: float) -> float:
    if isinstance(schema.get(exclusive), (int, float)) and not isinstance(schema.get(exclusive), bool):
        return float(schema[exclusive]) + nudge
    return float(schema.get(inclusive, default))


def _varied(value: Any, number: int) -> Any:
    if isinstance(value, str):
        return f"{value} {number}".strip()
    return value + number if _is_kind(value, "number") else value

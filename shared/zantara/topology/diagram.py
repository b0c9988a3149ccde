"""The topology as people read it: a Mermaid diagram and tables, printed into the README."""

from collections.abc import Iterable

from zantara.topology import CONSUMERS, ENDPOINTS, LISTENERS, OPERATOR, SERVICES, STREAMS, publishes

_HIDDEN = (OPERATOR,)


def diagram() -> str:
    """Events as solid arrows from producer to consumer, requests as dashed ones from asker to answerer."""
    lines = ["```mermaid", "flowchart LR", "    people((people)) -->|HTTP| chat-router"]
    lines += [f"    {producer} -->|{event}| {consumer}" for producer, event, consumer in _events()]
    lines += [f"    {asker} -.->|{request}| {answerer}" for asker, request, answerer in _requests()]
    return "\n".join([*lines, "```"])


def tables() -> str:
    """Streams with what they keep, and consumers with their policy, as Markdown."""
    streams = _table(
        ("stream", "events", "kept for"),
        ((each.name, ", ".join(each.subjects), f"{each.max_age_s // 86_400} d") for each in STREAMS),
    )
    consumers = _table(
        ("consumer", "takes", "publishes", "ack wait", "deadline", "attempts", "at once"),
        (
            (
                each.name,
                each.event.subject,
                ", ".join(event.subject for event in each.publishes),
                f"{each.ack_wait_s:g} s",
                f"{each.deadline_s:g} s",
                str(each.max_attempts),
                str(each.concurrency),
            )
            for each in CONSUMERS
        ),
    )
    return f"{streams}\n\n{consumers}"


def _events() -> list[tuple[str, str, str]]:
    pairs = [(each.event, each.service) for each in CONSUMERS]
    pairs += [(each.event, each.service) for each in LISTENERS]
    arrows = [
        (producer, event.subject, consumer)
        for event, consumer in pairs
        for producer in SERVICES
        if event in publishes(producer) and producer != consumer
    ]
    return list(dict.fromkeys(arrows))


def _requests() -> list[tuple[str, str, str]]:
    return [
        (asker, each.request.subject, each.service)
        for each in ENDPOINTS
        for asker in each.callers
        if asker not in _HIDDEN
    ]


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)

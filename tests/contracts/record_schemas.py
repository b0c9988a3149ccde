"""Records the schema of every message; run it when a contract is meant to change, and read the diff."""

from pathlib import Path

import msgspec

from zantara.events import EVENTS, REQUESTS

FOLDER = Path(__file__).parent / "schemas"


def main() -> None:
    """Write one file a message."""
    messages = {event.type_name(): event for event in EVENTS}
    messages |= {f"{request.subject}.request": request for request in REQUESTS}
    messages |= {f"{request.subject}.reply": request.reply for request in REQUESTS}
    FOLDER.mkdir(exist_ok=True)
    for name, type_ in messages.items():
        body = msgspec.json.format(msgspec.json.encode(msgspec.json.schema(type_)))
        (FOLDER / f"{name}.json").write_bytes(body + b"\n")


if __name__ == "__main__":
    main()

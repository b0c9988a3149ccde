"""`zantara chat`: talk to ZANTARA in a terminal."""

import argparse
import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

from zantara.clock import new_id
from zantara_cli.stack.addresses import front_url


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("chat", help="talk in this terminal, or ask one question")
    parser.add_argument("message", nargs="?", help="one question; without it, a conversation until an empty line")
    parser.add_argument("--user", help="who you are (without it you are anonymous and nothing is remembered)")
    parser.add_argument("--language", choices=("it", "en", "id"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Ask and print, until done; 1 when ZANTARA cannot be reached."""
    conversation = new_id()
    try:
        for message in [arguments.message] if arguments.message else _typed():
            body = {
                "message": message,
                "conversation_id": conversation,
                "user_id": arguments.user,
                "language": arguments.language,
                "stream": True,
            }
            _show(_events(body))
    except urllib.error.HTTPError as error:
        problem = json.loads(error.read() or b"{}")
        sys.stderr.write(f"zantara: {problem.get('detail') or problem.get('title') or error.reason}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"zantara: no answer from {front_url(os.environ)}: {error}\n")
        return 1
    return 0


def _typed() -> Iterator[str]:
    while True:
        try:
            message = input("> ").strip()
        except EOFError:
            return
        if not message:
            return
        yield message


def _events(body: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    request = urllib.request.Request(  # noqa: S310 - the instance's own address
        front_url(os.environ).rstrip("/") + "/v1/chat",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **_key()},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 - the same
        name = ""
        for line in answer:
            if line.startswith(b"event: "):
                name = line[7:].decode().strip()
            elif line.startswith(b"data: "):
                yield name, json.loads(line[6:])


def _key() -> dict[str, str]:
    key = os.environ.get("ZANTARA_API_KEY")
    return {"Authorization": f"Bearer {key}"} if key else {}


def _show(events: Iterator[tuple[str, dict[str, Any]]]) -> None:
    for name, data in events:
        if name == "delta":
            print(data["text"], end="", flush=True)
        elif name == "restart":
            print("\n[...]\n")
        elif name == "done":
            print(f"\n\n[{_footer(data)}]")


def _footer(reply: dict[str, Any]) -> str:
    parts = [reply["model"], "simulated" if reply["simulated"] else "", "cached" if reply["cached"] else ""]
    parts += [source["title"] for source in reply["sources"]]
    parts += [f"without {part}" for part in reply["degraded"]]
    return " · ".join([*filter(None, parts), f"{reply['latency_ms']:.0f} ms"])

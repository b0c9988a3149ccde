"""`python -m zantara_cli.documented README.md`: writes the parts of the README that are printed from the code."""

import importlib
import re
import sys
from pathlib import Path

from zantara.runtime.settings import Settings, describe
from zantara.topology import SERVICES
from zantara.topology.diagram import diagram, tables
from zantara_cli.simulator.settings import SimulatorSettings
from zantara_cli.stack.settings import StackSettings

_HIDDEN = frozenset({"ZANTARA_SIMULATED"})


def settings_table() -> str:
    """Every setting with its default, its meaning and who reads it, as Markdown; what all services read comes first."""
    readers: dict[str, list[str]] = {}
    rows: dict[str, tuple[str, str]] = {}
    for name, settings in _structs().items():
        for variable, _, default, meaning in describe(settings):
            readers.setdefault(variable, []).append(name)
            rows.setdefault(variable, (default, meaning))
    lines = ["| variable | default | meaning | read by |", "| --- | --- | --- | --- |"]
    for variable, (default, meaning) in rows.items():
        if variable not in _HIDDEN:
            shown = f"`{default}`" if default and default != "required" else default
            lines.append(f"| `{variable}` | {shown} | {meaning} | {_who(readers[variable])} |")
    return "\n".join(lines)


def written(text: str) -> str:
    """The text with its printed parts renewed, between `<!-- name -->` and `<!-- /name -->`."""
    parts = {"topology": f"{diagram()}\n\n{tables()}", "settings": settings_table()}
    for name, part in parts.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
        text = pattern.sub(lambda match, part=part: f"{match[1]}{part}{match[2]}", text)  # type: ignore[misc]
    return text


def _structs() -> dict[str, type[Settings]]:
    found: dict[str, type[Settings]] = {}
    for service in reversed(SERVICES):
        module = importlib.import_module(f"{service.replace('-', '_')}.settings")
        found[service] = next(
            each
            for each in vars(module).values()
            if isinstance(each, type) and issubclass(each, Settings) and each.__module__ == module.__name__
        )
    return {**found, "zantara up": StackSettings, "simulator": SimulatorSettings}


def _who(readers: list[str]) -> str:
    services = [name for name in readers if name in SERVICES]
    rest = [name for name in readers if name not in SERVICES]
    return ", ".join((["every service"] if len(services) == len(SERVICES) else services) + rest)


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(written(file.read_text()))

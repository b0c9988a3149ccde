"""Starts parts in the order they need each other, keeps them alive, stops them in reverse."""

from zantara_cli.stack.supervisor.keeper import PartFailed
from zantara_cli.stack.supervisor.parts import Node, Part, Step, levels
from zantara_cli.stack.supervisor.run import Supervisor, first_rows

__all__ = ["Node", "Part", "PartFailed", "Step", "Supervisor", "first_rows", "levels"]

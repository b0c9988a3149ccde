"""`python -m zantara.topology`: prints the diagram and the tables."""

from zantara.topology.diagram import diagram, tables

print(f"{diagram()}\n\n{tables()}")  # noqa: T201 - printing is its purpose

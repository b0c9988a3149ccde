"""JSON for the schemas asked: a skilled draft for the titles that this system knows, bent into the schema's shape."""

from collections.abc import Callable, Mapping
from typing import Any

from zantara_cli.simulator.mind.fillers.culture import cultural_insights
from zantara_cli.simulator.mind.fillers.golden import golden_answer
from zantara_cli.simulator.mind.fillers.intel import intel_label
from zantara_cli.simulator.mind.fillers.jiwa import jiwa_facts
from zantara_cli.simulator.mind.fillers.judge import judge_verdict
from zantara_cli.simulator.mind.material import Material
from zantara_cli.simulator.mind.reading import Reading
from zantara_cli.simulator.mind.schemas import MISSING, Schema, Shaper

Filler = Callable[[Reading, Schema], Any]

SKILLS: Mapping[str, Filler] = {
    "jiwa_facts": jiwa_facts,
    "golden_answer": golden_answer,
    "judge_verdict": judge_verdict,
    "intel_label": intel_label,
    "cultural_insights": cultural_insights,
}
"""By the title of the schema."""


def fill_schema(schema: Schema, title: str, reading: Reading) -> Any:
    """A value valid for the schema; `title` is the name that the API gives it where the schema has none."""
    skill = SKILLS.get(str(schema.get("title") or title))
    draft = skill(reading, schema) if skill else MISSING
    return Shaper(schema).shape(draft, schema, Material(reading))

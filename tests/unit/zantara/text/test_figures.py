"""A figure or a visa code of an answer must stand in a source, however it is written."""

import pytest

from zantara.text.figures import held, unsupported

SOURCE = (
    "The E28A needs IDR 10 billion of shares; paid-up capital is IDR 2.5 billion. Overstay costs IDR 1,000,000 a day."
)


@pytest.mark.parametrize(
    "answer",
    [
        "Servono 10 miliardi di rupie di quote (E28A) e 2,5 miliardi di capitale.",
        "Modal Rp2,5 miliar dan saham Rp10.000.000.000.",
        "Overstay: 1 million a day, or Rp 1.000.000.",
        "In 3 steps, 30 days at most.",
    ],
)
def test_figures_of_the_source_are_supported_in_any_notation(answer: str) -> None:
    assert unsupported(answer, [SOURCE]) == ()


@pytest.mark.parametrize(
    ("answer", "strange"),
    [
        ("It costs USD 3,500.", ("3,500",)),
        ("Ask for the E33G.", ("E33G",)),
        ("Servono 25 miliardi.", ("25 miliardi",)),
        ("Valid since 2019, under B211A.", ("B211A", "2019")),
    ],
)
def test_figures_of_no_source_are_named(answer: str, strange: tuple[str, ...]) -> None:
    assert unsupported(answer, [SOURCE]) == strange


def test_what_was_read_before_supports_like_a_source() -> None:
    assert unsupported("E28A: 10 miliardi, 7 juta.", ["7 million"], held([SOURCE])) == ()
    assert unsupported("E33G: 11 miliardi.", ["7 million"], held([SOURCE])) == ("E33G", "11 miliardi")

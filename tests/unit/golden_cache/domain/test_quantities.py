import pytest

from golden_cache.domain.quantities import Quantity, quantities
from zantara.text.normal import tokens


def figures(text: str) -> set[tuple[float, str]]:
    return {(found.value, found.unit) for found in quantities(tokens(text))[0]}


@pytest.mark.parametrize(
    "text", ["10 miliardi", "10 billion", "10 bn", "10 miliar", "10 M", "10.000.000.000", "10,000,000,000", "10bn"]
)
def test_ten_billion_in_every_spelling(text: str) -> None:
    assert figures(text) == {(1e10, "")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60 days", {(60.0, "day")}),
        ("sessanta giorni", {(60.0, "day")}),
        ("enam puluh", {(6.0, "")}),
        ("5 tahun", {(5.0, "year")}),
        ("five years", {(5.0, "year")}),
        ("setahun", {(1.0, "year")}),
        ("two more months", {(2.0, "month")}),
        ("0,5%", {(0.5, "%")}),
        ("0.5 persen", {(0.5, "%")}),
        ("150rb", {(150000.0, "")}),
        ("350k", {(350000.0, "")}),
        ("2,5 juta", {(2.5e6, "")}),
        ("kamar besar", set()),
    ],
)
def test_value_and_unit(text: str, expected: set[tuple[float, str]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "currency"),
    [("Rp10.000", "idr"), ("$50", "usd"), ("50 euro", "eur"), ("dolar", "usd"), ("sterline", "gbp"), ("€20", "eur")],
)
def test_currencies(text: str, currency: str) -> None:
    assert quantities(tokens(text))[1] == {currency}


def test_a_named_unit_must_agree_an_unnamed_one_need_not() -> None:
    assert Quantity(5, "").agrees(Quantity(5, "year"))
    assert Quantity(5, "year").agrees(Quantity(5, "year"))
    assert not Quantity(5, "year").agrees(Quantity(5, "month"))
    assert not Quantity(5, "year").agrees(Quantity(5, ""))
    assert not Quantity(5, "").agrees(Quantity(6, ""))

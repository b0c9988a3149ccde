import msgspec
import pytest

from golden_cache.domain.facets import facets
from golden_cache.domain.guard import MOST_WORDS, RejectReason, verify
from golden_cache.domain.profile import Profile
from golden_cache.domain.reading import read_entry

from .conftest import entry_with

COST = "how much does a scooter rental permit cost"


@pytest.fixture(scope="module")
def covered() -> Profile:
    return read_entry(entry_with()).profile


@pytest.mark.parametrize(
    "text",
    [COST, "quanto costa il permesso per lo scooter", "harga izin sewa motor", "scooter rental permit price, 150,000?"],
)
def test_what_the_entry_covers_passes(covered: Profile, text: str) -> None:
    verdict = verify(facets(text, None), covered)
    assert verdict.ok, verdict
    assert verdict.reason is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{COST} " + "please " * MOST_WORDS, RejectReason.TOO_LONG),
        ("any news on my scooter rental permit application", RejectReason.PERSONAL),
        ("and how much does that scooter permit cost", RejectReason.CONTEXT),
        ("scooter rental permit cost today", RejectReason.STALE),
        ("scooter rental permit cost in 2019", RejectReason.YEAR),
        ("scooter rental permit cost on an E33G", RejectReason.CODE),
        ("scooter rental permit cost with a passport", RejectReason.SUBJECT),
        ("scooter rental permit cost for a cooperative", RejectReason.COMPANY_TYPE),
        ("scooter rental permit cost and VAT", RejectReason.TAX),
        ("scooter rental permit cost for my wife", RejectReason.PERSON),
        ("scooter rental permit cost in Vietnam", RejectReason.COUNTRY),
        ("scooter rental permit cost for Germans", RejectReason.NATIONALITY),
        ("scooter rental permit cost in Lombok", RejectReason.PLACE),
        ("scooter rental permit cost if rejected", RejectReason.EVENT),
        ("how long does the scooter rental permit take", RejectReason.ASPECT),
        ("is the fine for a scooter rental permit legal", RejectReason.ASPECT),
        ("scooter rental permit cost for 3 years", RejectReason.NUMBER),
        ("scooter rental permit cost in euro", RejectReason.CURRENCY),
        ("does a scooter rental without a permit cost", RejectReason.NEGATION),
    ],
)
def test_each_disagreement_has_its_reason(covered: Profile, text: str, reason: RejectReason) -> None:
    verdict = verify(facets(text, None), covered)
    assert not verdict.ok
    assert verdict.reason is reason


def test_an_aspect_that_the_hard_negatives_share_is_not_covered() -> None:
    entry = entry_with(variations={"en": ("scooter rental permit price and how long it takes to get it",)})
    assert "processing" not in read_entry(entry).profile.asks
    free = msgspec.structs.replace(entry, hard_negatives=())
    assert "processing" in read_entry(free).profile.asks


def test_what_all_phrasings_lack_may_not_be_there() -> None:
    entry = entry_with(
        questions={
            "en": "Can I rent out a scooter without a guarantor?",
            "it": "Posso noleggiare lo scooter senza garante?",
            "id": "Boleh sewa motor tanpa penjamin?",
        },
        variations={},
    )
    covered = read_entry(entry).profile
    assert verify(facets("can i rent out a scooter without a guarantor please", None), covered).ok
    assert verify(facets("can i rent out a scooter with a guarantor", None), covered).reason is RejectReason.NEGATION

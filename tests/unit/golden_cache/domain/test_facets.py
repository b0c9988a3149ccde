import pytest

from golden_cache.domain.facets import MAX_WORDS, facets
from golden_cache.domain.leaning import Leaning
from golden_cache.domain.lexicon import lexicon


def things(text: str) -> set[str]:
    return {concept for thing in facets(text, None).things for concept in thing}


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("how much does the permit cost", "cost"),
        ("quanto costa il permesso", "cost"),
        ("biaya izinnya berapa", "cost"),
        ("E33G berapa ya kak", "cost"),
        ("minimum deposit for the silver hair", "amount"),
        ("quanti soldi servono", "amount"),
        ("berapa modal yang harus disetor", "amount"),
        ("how long does it take to get the NIB", "processing"),
        ("in quanto tempo rilasciano il visto", "processing"),
        ("prosesnya berapa hari", "processing"),
        ("how long can I stay", "validity"),
        ("quanto dura l'hak pakai", "validity"),
        ("hak pakai berlaku berapa tahun", "validity"),
        ("when is the report due", "when"),
        ("entro quando va inviato", "when"),
        ("kapan batas lapor", "when"),
        ("what is the fine", "penalty"),
        ("che multa rischio", "penalty"),
        ("dendanya berapa", "penalty"),
        ("difference between C1 and VOA", "comparison"),
        ("bedanya C1 sama VOA apa", "comparison"),
        ("can you recommend a lawyer", "recommend"),
        ("contoh surat kuasa", "template"),
        ("posso avere il rimborso", "refund"),
    ],
)
def test_what_is_asked(text: str, aspect: str) -> None:
    assert aspect in facets(text, None).asks


def test_the_conjunction_when_asks_nothing() -> None:
    assert "when" not in facets("what should i report to immigration when i move house in bali", None).asks


@pytest.mark.parametrize("text", ["E28A", "e28a", "E-28A", "l'E28A", "visto e28a?"])
def test_codes_by_their_form(text: str) -> None:
    assert facets(text, None).codes == {"e28a"}


def test_italian_and_before_a_number_is_no_code() -> None:
    assert facets("due mesi e 28 giorni", None).codes == frozenset()


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("company owned by my wife", "who.spouse"),
        ("perusahaan milik istri saya", "who.spouse"),
        ("work permit for a chef", "visa.work"),
        ("izin kerja juru masak", "visa.work"),
        ("visto all'arrivo", "visa.voa"),
        ("as a Dutch citizen", "nat.nl"),
        ("requisiti in Thailandia", "land.th"),
        ("warga negara Indonesia", "who.wni"),
        ("ruko di Surabaya", "place.java"),
        ("mendirikan koperasi", "org.coop"),
    ],
)
def test_about_which_thing(text: str, thing: str) -> None:
    assert thing in things(text)


@pytest.mark.parametrize("typed", ["quarntine", "quaarantine", "quarantnie"])
def test_one_slip_of_the_finger_is_understood(typed: str) -> None:
    assert lexicon().corrected(typed) == "quarantine"
    assert "pet.quarantine" in things(typed)


def test_one_letter_for_another_is_another_word() -> None:
    assert lexicon().corrected("contano") == "contano"


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("can i work without a sponsor", {"visa.sponsor"}),
        ("posso lavorare senza sponsor", {"visa.sponsor"}),
        ("boleh kerja tanpa sponsor", {"visa.sponsor"}),
        ("I don't have a passport", {"visa.passport"}),
        ("non ho il passaporto", {"visa.passport"}),
        ("saya belum punya paspor", {"visa.passport"}),
        ("jangan beli tanah", {"act.buy"}),
    ],
)
def test_what_is_denied(text: str, denied: set[str]) -> None:
    assert facets(text, None).negated == denied


@pytest.mark.parametrize("text", ["boleh gak kerja", "perlu paspor tidak", "bisa nggak sih pindah", "legal or not"])
def test_a_question_tag_denies_nothing(text: str) -> None:
    assert facets(text, None).negated == frozenset()


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("what is the status of my application", Leaning.PERSONAL),
        ("a che punto è la mia pratica", Leaning.PERSONAL),
        ("permohonan saya sudah sampai mana", Leaning.PERSONAL),
        ("and how much is that", Leaning.CONTEXT),
        ("e quello quanto costa", Leaning.CONTEXT),
        ("kalau yang itu berapa", Leaning.CONTEXT),
        ("is the office open today", Leaning.FRESH),
        ("cosa è successo ieri", Leaning.FRESH),
        ("berita hari ini", Leaning.FRESH),
        ("what was the old rule", Leaning.PAST),
        ("come era una volta", Leaning.PAST),
        ("aturan lama seperti apa", Leaning.PAST),
        ("what changes next year", Leaning.FUTURE),
    ],
)
def test_what_a_message_leans_on(text: str, leaning: Leaning) -> None:
    assert leaning in facets(text, None).leanings


def test_years_are_no_quantities() -> None:
    read = facets("pajak 2026 untuk 183 hari", None)
    assert read.years == {2026}
    assert {(q.value, q.unit) for q in read.quantities} == {(183.0, "day")}


def test_reading_is_bounded() -> None:
    read = facets("visa " * 5000 + "E28A", None)
    assert read.length == 5001
    assert read.codes == frozenset()
    assert read.length > MAX_WORDS


def test_a_mixture_of_languages_is_read_whole() -> None:
    read = facets("mau apply investor kitas, berapa lama processnya dan quanto costa?", None)
    assert {"visa.investor", "visa.kitas"} <= {concept for thing in read.things for concept in thing}
    assert "cost" in read.asks

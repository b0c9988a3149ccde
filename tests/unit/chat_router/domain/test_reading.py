"""What a message leans on: follow-ups, the person's own case, the conversation itself."""

import pytest

from chat_router.domain.features import fold
from chat_router.domain.reading import Leaning, leaning


def read(message: str, *, turns_before: int = 0) -> Leaning:
    return leaning(fold(message), turns_before=turns_before)


@pytest.mark.parametrize("turns_before", [0, 2])
@pytest.mark.parametrize(
    "message",
    [
        "and how much is that?",
        "how long does it take?",
        "what documents do I need?",
        "e quanto costa?",
        "quanto tempo ci vuole?",
        "e per mia moglie?",
        "kalau itu?",
        "terus biayanya berapa?",
        "berapa lama prosesnya ya kak",
        "what about my wife?",
        "is it possible?",
        "quello più economico?",
    ],
)
def test_follow_ups_lean(message: str, turns_before: int) -> None:
    assert not read(message, turns_before=turns_before).standalone


@pytest.mark.parametrize("turns_before", [0, 2])
@pytest.mark.parametrize(
    "message",
    [
        "How much is the overstay fine per day?",
        "Quali sono i requisiti per il KITAS investitore?",
        "Apa saja syarat KITAS pensiun?",
        "KITAS?",
        "is it legal to rent out a villa on Airbnb",
        "second home itu deposit nya 90 hari setelah masuk ya",
        "VOA extend brp harinya",
    ],
)
def test_whole_questions_stand_alone(message: str, turns_before: int) -> None:
    assert read(message, turns_before=turns_before).standalone


def test_an_opening_and_leans_only_after_a_turn_where_the_subject_is_named() -> None:
    assert read("kalau overstay dua hari dendanya berapa").standalone
    assert not read("kalau overstay dua hari dendanya berapa", turns_before=1).standalone


@pytest.mark.parametrize(
    "message",
    [
        "where is my application",
        "what is the status of my kitas application",
        "is my visa ready?",
        "my passport has been refused",
        "I already paid the invoice yesterday",
        "la mia pratica a che punto è?",
        "il mio visto è pronto?",
        "avete ricevuto i documenti?",
        "berkas saya sampai mana ya",
        "KITAS saya kapan jadi?",
        "permohonanku ditolak, kenapa",
        "my landlord locked the gate this morning",
        "mi hanno revocato il NIB ieri, come lo riattivo",
        "RPTKA kami sudah tiga minggu belum disetujui",
    ],
)
def test_personal(message: str) -> None:
    assert read(message).personal


@pytest.mark.parametrize(
    "message",
    [
        "can my wife work on a dependent KITAS",
        "ho 56 anni, posso chiedere il kitas da pensionato?",
        "suami saya WNI, bisa KITAS pasangan?",
        "how long does an application take",
        "what is my tax rate as a resident",
    ],
)
def test_a_general_question_in_the_first_person_is_not_personal(message: str) -> None:
    assert not read(message).personal


@pytest.mark.parametrize(
    "message",
    [
        "what did I just ask?",
        "can you repeat that",
        "what was my first question",
        "cosa ti ho chiesto prima?",
        "di cosa stavamo parlando?",
        "puoi ripetere?",
        "tadi saya tanya apa?",
        "apa yang aku tanyakan tadi",
        "ulangi jawaban tadi dong",
        "siapa nama saya?",
    ],
)
def test_about_the_conversation(message: str) -> None:
    found = read(message, turns_before=2)
    assert found.about_conversation
    assert not found.standalone


@pytest.mark.parametrize(
    "message", ["what did the government decide about KITAP", "cosa serve per il KITAS", "apa yang harus disiapkan"]
)
def test_not_about_the_conversation(message: str) -> None:
    assert not read(message).about_conversation

"""Personal data is found and replaced; ordinary questions are left alone."""

import pytest

from zantara.text.privacy import mask, personal_data


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("scrivimi a marta.rossi@example.it grazie", "scrivimi a <email> grazie"),
        ("nomor saya 0812-3456-7890", "nomor saya <phone>"),
        ("call +39 347 1234567 please", "call <phone> please"),
        ("NIK 5171016001900003 saya", "NIK <nik> saya"),
        ("NPWP 01.234.567.8-901.000", "NPWP <npwp>"),
        ("passaporto YA1234567 scaduto", "passaporto <passport> scaduto"),
        ("Ciao, mi chiamo Marta Rossi e ho un dubbio", "Ciao, mi chiamo <name> e ho un dubbio"),
        ("nama saya Wayan, mau tanya", "nama saya <name>, mau tanya"),
        ("IT60X0542811101000000123456 è il mio conto", "<iban> è il mio conto"),
    ],
)
def test_personal_data_is_replaced(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert personal_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "quanto costa l'E28A? 10.000.000.000 di rupie?",
        "biaya Rp10 miliar atau USD 2.000",
        "what are the requirements for B211A in 2026",
        "this is about the KITAS",
        "KBLI 55130 boleh untuk PMA?",
        "sono un investitore italiano",
    ],
)
def test_ordinary_questions_are_left_alone(text: str) -> None:
    assert mask(text) == text
    assert personal_data(text) == ()

"""Messages one word away from a stored question, with that question's own vector.

Similarity is then at its highest, so only what the guard understands can refuse them.
"""

import pytest

from golden_cache.domain.lookup import Hit, Miss
from golden_cache.domain.snapshot import Snapshot

from .conftest import Ask

# language, the entry whose question is nearly asked, the message that means something else
PAIRS = {
    "code": [
        ("en", "visa-investor-kitas-requirements", "requirements for an investor KITAS (E28B)?"),
        ("en", "visa-c1-definition-length", "What is the C7 visa and how long can I stay?"),
        ("it", "visa-remote-worker-e33g-requirements", "Cosa serve per ottenere il visto E33B?"),
        ("it", "visa-c1-extension-steps", "Come si proroga il permesso C9 passo per passo?"),
        ("id", "visa-retirement-e33f-conditions", "Apa saja syarat KITAS pensiun satu tahun (E33A)?"),
        ("id", "visa-c1-definition-length", "Apa itu visa D7 dan berapa lama boleh tinggal?"),
    ],
    "aspect": [
        ("en", "visa-investor-kitas-requirements", "What does the investor KITAS (E28A) cost?"),
        ("en", "visa-investor-kitas-requirements", "How long until the investor KITAS (E28A) is issued?"),
        ("en", "visa-remote-worker-e33g-requirements", "Which agent do you recommend for the E33G?"),
        ("it", "visa-investor-kitas-requirements", "Quanto costa il KITAS investitore (E28A)?"),
        ("it", "visa-investor-kitas-requirements", "In quanti giorni rilasciano il KITAS investitore (E28A)?"),
        ("it", "visa-c1-definition-length", "Quanto costa il visto C1 (ex B211A)?"),
        ("id", "visa-investor-kitas-requirements", "Berapa biaya KITAS investor (E28A)?"),
        ("id", "visa-investor-kitas-requirements", "Proses KITAS investor (E28A) berapa hari kerja?"),
        ("id", "visa-remote-worker-e33g-requirements", "Contoh surat untuk visa E33G pekerja jarak jauh?"),
    ],
    "negation": [
        ("en", "visa-dependent-kitas-family", "Can my wife and children not get a KITAS through mine?"),
        ("en", "visa-kitas-travel-reentry", "Why can't I travel abroad and come back with my KITAS?"),
        ("en", "visa-onshore-conversion-alih-status", "Can I switch to a KITAS by leaving Indonesia?"),
        ("en", "work-investor-kitas-without-rptka", "Can I never work on an investor KITAS without an RPTKA?"),
        ("it", "visa-kitas-travel-reentry", "Non posso viaggiare all'estero e rientrare con il KITAS?"),
        ("it", "visa-dependent-kitas-family", "Mia moglie e i figli non possono avere il KITAS?"),
        ("it", "visa-onshore-conversion-alih-status", "Posso passare a un KITAS partendo dall'Indonesia?"),
        ("id", "visa-dependent-kitas-family", "Kenapa istri dan anak tidak bisa ikut KITAS saya?"),
        ("id", "visa-remote-work-on-visit-visa", "Jangan kerja remote dari Bali pakai VOA atau visa turis?"),
        ("id", "visa-kitas-travel-reentry", "Belum keluar negeri tapi kembali dengan KITAS?"),
    ],
    "number": [
        ("en", "visa-silver-hair-e33e-deposit", "How does the fifteen year Silver Hair visa (E33E) work?"),
        ("en", "tax-corporate-22-or-half-percent", "How much corporate tax does a PT PMA pay, 35% or 8%?"),
        ("en", "tax-residency-183-days", "Do I become a tax resident in Indonesia after 45 days?"),
        ("it", "visa-second-home-e33-funds", "Bastano 400 dollari per il visto Second Home (E33)?"),
        ("it", "visa-retirement-e33f-conditions", "Condizioni per il KITAS pensionati di sette anni (E33F)?"),
        ("id", "company-pma-minimum-capital", "Apakah modal minimal PT PMA 700 miliar?"),
        ("id", "tax-corporate-22-or-half-percent", "Berapa pajak badan PT PMA, 3% atau 9%?"),
    ],
    "currency": [
        ("en", "visa-second-home-e33-funds", "How many pounds do I need for the Second Home visa (E33)?"),
        ("it", "visa-second-home-e33-funds", "Quante sterline servono per il visto Second Home (E33)?"),
        ("id", "visa-second-home-e33-funds", "Berapa yen yang dibutuhkan untuk visa Second Home (E33)?"),
    ],
    "year": [
        ("en", "company-pma-minimum-capital", "What was the minimum capital for a PT PMA in 2016?"),
        ("it", "company-pma-minimum-capital", "Qual è il capitale minimo per una PT PMA nel 2031?"),
        ("id", "company-pma-minimum-capital", "Berapa modal minimal PT PMA di 2018?"),
        ("en", "tax-annual-return-deadlines-fines", "When was the annual tax return due in 2011?"),
    ],
    "nationality": [
        ("en", "banking-foreigner-account", "Can a Nigerian open a bank account in Bali?"),
        ("it", "banking-foreigner-account", "Un russo può aprire un conto in banca a Bali?"),
        ("id", "property-villa-short-rental-licence", "Bolehkah WNI menyewakan vila lewat Airbnb dan izin apa?"),
        ("id", "banking-foreigner-account", "Bisakah orang Afganistan buka rekening bank di Bali?"),
    ],
    "place": [
        ("en", "daily-pets-dog-cat-import", "Can I bring my dog or cat to Singapore?"),
        ("en", "work-illegal-work-penalties", "What are the penalties for working without a permit in Japan?"),
        ("it", "daily-scooter-licence", "Serve la patente thailandese per guidare lo scooter a Phuket?"),
        ("it", "daily-pets-dog-cat-import", "Posso portare il cane o il gatto a Lombok?"),
        ("id", "daily-pets-dog-cat-import", "Bisakah membawa anjing atau kucing ke Malaysia?"),
    ],
    "company": [
        ("en", "company-closing-pma", "How do I close or liquidate a CV?"),
        ("en", "company-pma-setup-steps-time", "What are the steps to open a foundation and how long does it take?"),
        ("it", "company-pma-setup-steps-time", "Quali sono i passi per aprire una cooperativa?"),
        ("it", "company-closing-pma", "Come si chiude o liquida una yayasan?"),
        ("id", "company-pma-setup-steps-time", "Apa langkah mendirikan koperasi dan berapa lama?"),
    ],
    "person": [
        ("en", "visa-spouse-kitas-e31a", "How do I get a KITAS as the widow of an Indonesian citizen?"),
        ("it", "visa-spouse-kitas-e31a", "Come ottengo il KITAS come vedova di un indonesiano?"),
        ("id", "visa-spouse-kitas-e31a", "Bagaimana mengurus KITAS janda WNI?"),
    ],
    "opposite": [
        ("en", "company-pma-setup-steps-time", "What are the steps to sell a PT PMA?"),
        ("en", "property-purchase-lease-costs", "Which taxes and fees do I pay when inheriting property?"),
        ("it", "visa-overstay-fine-consequences", "Cosa succede se esco prima della scadenza del visto?"),
        ("id", "company-trademark-registration", "Bagaimana membatalkan merek di Indonesia?"),
    ],
    "event": [
        ("en", "visa-kitas-renewal", "What if my KITAS renewal is rejected?"),
        ("it", "visa-kitas-renewal", "Il rinnovo del KITAS è stato respinto, come faccio?"),
        ("id", "visa-kitas-renewal", "Perpanjangan KITAS saya ditolak, bagaimana?"),
    ],
    "own case": [
        ("en", "visa-kitas-renewal", "any news on my KITAS renewal application?"),
        ("it", "visa-kitas-renewal", "a che punto è la mia pratica di rinnovo del KITAS?"),
        ("id", "visa-kitas-renewal", "permohonan perpanjang KITAS saya sudah sampai mana?"),
    ],
    "context": [
        ("en", "work-dkp-tka-levy-cost", "and how much is that?"),
        ("it", "work-dkp-tka-levy-cost", "e quello quanto costa?"),
        ("id", "work-dkp-tka-levy-cost", "kalau yang itu berapa?"),
        ("en", "visa-kitas-renewal", "and how do I renew that one?"),
    ],
    "stale": [
        ("en", "culture-nyepi-rules", "is there any Nyepi news this week?"),
        ("it", "culture-nyepi-rules", "ci sono ultime notizie su Nyepi questa settimana?"),
        ("id", "culture-nyepi-rules", "ada berita terbaru soal Nyepi minggu ini?"),
    ],
}

# language, the entry whose question is asked, a message that means the same
SAME = [
    ("en", "visa-investor-kitas-requirements", "requirements for the investor KITAS E28A please"),
    ("en", "company-closing-pma", "how do i liquidate a PT PMA"),
    ("it", "visa-investor-kitas-requirements", "requisiti del KITAS investitore E28A"),
    ("it", "company-closing-pma", "come chiudo una PT PMA"),
    ("id", "visa-investor-kitas-requirements", "syarat KITAS investor E28A apa aja kak"),
    ("id", "daily-pets-dog-cat-import", "bisa gak bawa anjing atau kucing ke Bali"),
]


def question(stock: Snapshot, cluster_id: str, language: str) -> str:
    return next(entry.questions[language] for entry in stock.entries if entry.cluster_id == cluster_id)


@pytest.mark.parametrize(
    ("kind", "language", "cluster_id", "message"),
    [(kind, *pair) for kind, pairs in PAIRS.items() for pair in pairs],
)
def test_a_message_of_another_meaning_misses(
    stock: Snapshot, ask: Ask, kind: str, language: str, cluster_id: str, message: str
) -> None:
    found = ask(message, language=language, like=question(stock, cluster_id, language))
    assert isinstance(found, Miss), f"{kind}: {message} got {found.entry.cluster_id}"


@pytest.mark.parametrize(("language", "cluster_id", "message"), SAME)
def test_a_message_of_the_same_meaning_hits(
    stock: Snapshot, ask: Ask, language: str, cluster_id: str, message: str
) -> None:
    found = ask(message, language=language, like=question(stock, cluster_id, language))
    assert isinstance(found, Hit), found
    assert found.entry.cluster_id == cluster_id
    assert found.language == language

"""How ZANTARA says what no model writes: a greeting before a prepared answer, the static reply, a caveat."""

from collections.abc import Sequence

STATIC = {
    "it": (
        "In questo momento non riesco a preparare una risposta affidabile. Il team è stato avvisato: "
        "riprovi tra qualche minuto, il suo messaggio resta registrato."
    ),
    "en": (
        "I cannot prepare a reliable answer right now. The team has been told: please try again in a few minutes; "
        "your message is kept."
    ),
    "id": (
        "Saat ini saya belum bisa menyiapkan jawaban yang dapat diandalkan. Tim sudah diberi tahu: "
        "silakan coba lagi beberapa menit lagi, pesan Anda tetap tersimpan."
    ),
}
"""The last rung: it promises nothing and says that the team is told."""

_HELLO = {"it": "Ciao {name},", "en": "Hello {name},", "id": "Halo {name},"}

_CAVEAT = {
    "it": "Nota: {figures} non compare nei nostri documenti; l'ufficio lo confermerà.",
    "en": "Note: {figures} is not in our documents; the office will confirm it.",
    "id": "Catatan: {figures} tidak ada dalam dokumen kami; kantor akan memastikannya.",
}


def personalise(answer: str, *, language: str, name: str | None, first: bool) -> str:
    """A prepared answer for this person: a greeting with the name, once a conversation; the facts untouched."""
    if not first or not name:
        return answer
    return f"{_HELLO[language].format(name=name)}\n\n{answer}"


def vouched(answer: str) -> bool:
    """Whether an earlier answer carries no caveat, so that its figures may be repeated."""
    return not any(note.partition("{")[0] in answer for note in _CAVEAT.values())


def caveat(figures: Sequence[str], *, language: str) -> str:
    """What is added to an answer whose figures stand in no source."""
    return "\n\n" + _CAVEAT[language].format(figures=", ".join(figures))

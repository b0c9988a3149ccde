"""Personal data in free text: found by pattern and by cue, replaced by what it is. A floor, not a guarantee.

Numbers with a form of their own (e-mail, telephone, NIK, NPWP, passport, IBAN) are found anywhere; names only behind
a cue such as "mi chiamo", "my name is", "nama saya".
"""

import re

_CUES = (
    r"mi chiamo", r"il mio nome [eè]", r"sono (?:il signor|la signora)", r"my name is", r"i am called", r"this is",
    r"nama saya", r"nama aku", r"saya bernama",
)  # fmt: skip

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("iban", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")),
    ("npwp", re.compile(r"\b\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}\b")),
    ("nik", re.compile(r"(?<!\d)\d{16}(?!\d)")),
    ("phone", re.compile(r"(?<![\w.,])(?:\+|00)\d{2}[\d ()-]{6,14}\d|(?<![\w.,])08\d{2}[ -]?\d{3,4}[ -]?\d{3,5}")),
    ("passport", re.compile(r"\b[A-Z]{1,2}\d{6,8}[A-Z]?\b")),
    ("fiscal_code", re.compile(r"\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b")),
)
_NAME = re.compile(rf"(?i:\b(?:{'|'.join(_CUES)})) +((?:[A-ZÀ-Ý][\w'’-]+)(?: [A-ZÀ-Ý][\w'’-]+){{0,2}})")


def mask(text: str) -> str:
    """The text with each find replaced by its kind in angle brackets: `<email>`, `<name>`."""
    for kind, pattern in _PATTERNS:
        text = pattern.sub(f"<{kind}>", text)
    return _NAME.sub(lambda match: match[0].replace(match[1], "<name>"), text)


def personal_data(text: str) -> tuple[str, ...]:
    """The kinds of personal data that the text holds."""
    kinds = [kind for kind, pattern in _PATTERNS if pattern.search(text)]
    return (*kinds, "name") if _NAME.search(text) else tuple(kinds)

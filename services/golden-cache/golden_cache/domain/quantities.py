"""Figures in a message: `10 miliardi`, `10 bn`, `Rp10.000.000.000` and `10 M` are one quantity."""

import re

import msgspec

from golden_cache.domain.lexicon.forms import word_set

_FIGURE = re.compile(r"(rp|idr|usd|eur|us\$|\$|€|£)?(\d+(?:[.,]\d+)*)(k|rb|jt|m|mn|mln|bn|b|t|th|thn|bln|hr|hari|%)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")

_SCALES = {
    "k": 1e3, "rb": 1e3, "ribu": 1e3, "mila": 1e3, "mille": 1e3, "thousand": 1e3, "grand": 1e3,
    "jt": 1e6, "juta": 1e6, "million": 1e6, "millions": 1e6, "mio": 1e6, "mln": 1e6, "mn": 1e6,
    "milione": 1e6, "milioni": 1e6,
    "bn": 1e9, "b": 1e9, "bil": 1e9, "billion": 1e9, "billions": 1e9, "miliar": 1e9, "milyar": 1e9, "m": 1e9,
    "miliardo": 1e9, "miliardi": 1e9, "mld": 1e9,
    "triliun": 1e12, "trillion": 1e12, "t": 1e12,
}  # fmt: skip
_UNITS = {
    "%": "%", "percent": "%", "percento": "%", "persen": "%",
    "year": "year", "years": "year", "yr": "year", "yrs": "year", "yo": "year", "anno": "year", "anni": "year",
    "tahun": "year", "thn": "year", "th": "year",
    "month": "month", "months": "month", "mese": "month", "mesi": "month", "bulan": "month", "bln": "month",
    "week": "week", "weeks": "week", "settimana": "week", "settimane": "week", "minggu": "week",
    "day": "day", "days": "day", "giorno": "day", "giorni": "day", "hari": "day", "hr": "day",
    "hour": "hour", "hours": "hour", "ora": "hour", "ore": "hour", "jam": "hour",
}  # fmt: skip
_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "ninety": 90, "hundred": 100,
    "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sette": 7, "otto": 8, "nove": 9, "dieci": 10,
    "undici": 11, "dodici": 12, "quindici": 15, "venti": 20, "trenta": 30, "quaranta": 40, "cinquanta": 50,
    "sessanta": 60, "novanta": 90, "cento": 100,
    "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10,
    "sebelas": 11, "seratus": 100,
}  # fmt: skip
_BETWEEN = word_set("more full working calendar altri altre interi lavorativi kerja kalender penuh")
_ONE_UNIT = {"setahun": (1, "year"), "sebulan": (1, "month"), "seminggu": (1, "week"), "sehari": (1, "day")}
_CURRENCIES = {
    "rp": "idr", "idr": "idr", "rupiah": "idr", "rupie": "idr", "rupia": "idr",
    "usd": "usd", "$": "usd", "us$": "usd", "dollar": "usd", "dollars": "usd", "dolar": "usd", "dollari": "usd",
    "bucks": "usd",
    "eur": "eur", "€": "eur", "euro": "eur", "euros": "eur",
    "gbp": "gbp", "£": "gbp", "pound": "gbp", "pounds": "gbp", "sterline": "gbp", "poundsterling": "gbp",
    "aud": "aud", "sgd": "sgd", "baht": "thb", "ringgit": "myr", "yen": "jpy", "yuan": "cny", "franchi": "chf",
}  # fmt: skip


class Quantity(msgspec.Struct, frozen=True):
    """A value and its unit (`year`, `day`, `%`...; empty when none is named)."""

    value: float
    unit: str

    def agrees(self, other: "Quantity") -> bool:
        """Tell whether the other may be the same figure: equal value, and the same unit where this one names it."""
        return self.value == other.value and (self.unit == other.unit or not self.unit)


def currency_of(token: str) -> str:
    """ISO code in small letters of a currency word, or empty."""
    return _CURRENCIES.get(token, "")


def is_figure_word(token: str) -> bool:
    """Tell whether a word only scales or names the unit of a figure."""
    return token in _SCALES or token in _UNITS or token in _WORDS or token in _ONE_UNIT


def quantities(tokens: list[str]) -> tuple[frozenset[Quantity], frozenset[str]]:
    """All figures and currencies among the words of a normal form."""
    found: set[Quantity] = set()
    currencies = {code for token in tokens if (code := currency_of(token))}
    for at, token in enumerate(tokens):
        if token in _ONE_UNIT:
            found.add(Quantity(*_ONE_UNIT[token]))
            continue
        value, suffix, prefix = _figure(token)
        if value is None:
            continue
        if prefix:
            currencies.add(_CURRENCIES[prefix])
        found.add(_scaled(value, [suffix, *tokens[at + 1 : at + 3]] if suffix else tokens[at + 1 : at + 4]))
    return frozenset(found), frozenset(currencies)


def _figure(token: str) -> tuple[float | None, str, str]:
    if token in _WORDS:
        return float(_WORDS[token]), "", ""
    match = _FIGURE.fullmatch(token)
    if match is None:
        return None, "", ""
    digits = match[2]
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "").replace(",", "")
    else:
        digits = digits.replace(",", ".")
        head, dot, tail = digits.rpartition(".")
        digits = head.replace(".", "") + dot + tail
    return float(digits), match[3] or "", match[1] or ""


def _scaled(value: float, following: list[str]) -> Quantity:
    """Apply the scale and take the unit from the next words (`2 juta`, `60 giorni`, `1,5 miliardi di rupie`)."""
    for token in following[:3]:
        if token in _SCALES:
            value *= _SCALES[token]
        elif token in _UNITS:
            return Quantity(value, _UNITS[token])
        elif token not in _BETWEEN:
            break
    return Quantity(value, "")

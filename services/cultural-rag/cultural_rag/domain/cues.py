"""Words that speak for a cultural topic, in English stems: the glossary brings the other languages there.

One cue a line: words that must all stand in the message, in any order. `!` marks a hint, which needs support from
the rest of the evidence; the others speak for themselves.
"""

from functools import cache

import msgspec

from cultural_rag.domain.stems import plain_words, stem_all

_CUES = {
    "indonesian_greetings": """
greet people
greet each other
greet elder
how greet
which greeting
!greeting
swastiastu
rahajeng
assalamualaikum
waalaikumsalam
ask where going
ask where go
mau ke mana
called mbok
called bli
nickname
thank balinese
suksma
mewali
!introduce myself
have you eaten
!first message
!hello
""",
    "bureaucracy_patience": """
still process
masih proses
everything process
why long
so long
weeks waiting
months waiting
long waiting
waiting permit
waiting answer
!waiting
nothing moves
not moving
status changed
unofficial payment
bribe
tip officer
tip official
cash officer
money faster
faster money
!faster
another counter
other counter
third office
every counter
different paper
third time
fourth time
come back tomorrow
papers back
bureaucracy
promised days
promised week
still pending
when permit out
tired forms
patience
not replied weeks
paid weeks nothing
""",
    "face_saving_culture": """
ashamed
embarrassed
humiliate
shaming
lose face
losing face
!face
sorry again
sorry stupid
sorry ask
sorry questions
!sorry
stupid questions
!stupid
burden
!disturb
afraid tell
lied
!confess
hide mistake
!mistake
correct staff
correct employee
scold staff
scold
tell staff late
tell wrong
says yes
said yes
yes nothing
smiles no
smiles answer
smiles never
laugh asked
giggled
raised voice
raising voice
shout
avoid me
!apologise
refuse invitation
offended
look eye
uneasy
nobody says no
avoids answering
""",
    "tri_hita_karana": """
tri hita karana
balinese philosophy
harmony nature
harmony
subak
melaspas
opening ceremony
blessing ceremony
canang
offerings
woven baskets
baskets flowers
temple anniversary
odalan
ngaben
cremation tomorrow
ngayah
temple service
galungan
kuningan
metatah
temple rude
point rude
temple finger
point finger
finger rude
shrine
sarong
!temple
!ceremony
sustainability bali
gamelan
""",
    "hierarchy_respect": """
how address
address officer
address elder
title use
!title
elder
seniority
who decides
contradict boss
contradict
call bapak
bapak name
first name
call officer
named mbok
difference mas bapak
mas bli
mbok ibu
kelian
village head
!boss
nobody spoke
junior speak
never speak director
sit higher
agreed everything
protocol
yes politely
jro mangku
""",
    "meeting_etiquette": """
business card
shake hands
handshake
wear meeting
wear appointment
dress code
dress meeting
first appointment
meeting etiquette
meeting polite
meeting gift
gift meeting
negotiate price
bargain
!negotiate
minutes meeting
quiet offer
silence offer
silence proposal
silent meeting
nobody spoke meeting
polite hour
rude write late
late night messages
when send messages
time write
time send messages
meeting fasting
!meeting
visit office wear
""",
    "ramadan_business": """
ramadan
puasa
breaking the fast
fasting month
during the fast
staff fasting
!fasting
iftar
eid
lebaran
muslim partner
muslim colleague
muslim staff
thr gift
prayer times
""",
    "relationship_capital": """
build trust
trust partner
trust before
win trust
!trust
!local partner
invited home
invited dinner
invited wedding
balinese wedding
!wedding
wedding colleague
wedding bring
wedding say
landlord invited
envelope wedding
envelope
ask family
asked children
family before contract
friendship
relationship
networking
silaturahmi
gotong royong
working together
loyalty
bring visit
visit village head
meet village head
invite banjar
banjar invite
tell banjar
banjar cafe
banjar
cremation invited
gift host
oleh-oleh
!gift
""",
    "flexibility_expectations": """
says tomorrow
tomorrow every day
says later
keeps later
always later
later yes
later no
!nanti
says nanti
says besok
always nanti
insya allah
keeps tomorrow
god willing
rubber time
late always
hour late
!late
date moved
date changed
postponed again
moved date
rescheduled
!postponed
ceremony dates
ceremony tomorrow
plan project
!plan
contractor late
nyepi deadline
punctual
""",
    "language_barrier_navigation": """
not understand
not understood
do not understand
understand word
understand terms
understand letter
understand nothing
speak indonesian
not speak
bad indonesian
english language bad
english language
my english
indonesian bad
speak italian
in italian
interpreter
misunderstanding
translation wrong
!translation
translated half
mixed language
repeat slowly
explain slowly
sign understand
read sign
could not read
terms
different languages
!language
""",
}


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """English stems that must all stand in a message; a hint weighs less."""

    stems: frozenset[str]
    hint: bool


@cache
def cues(topic: str) -> tuple[Cue, ...]:
    """The cues of a topic; none for a topic that this module does not know."""
    lines = _CUES.get(topic, "").split("\n")
    return tuple(_cue(line) for line in lines if line)


def _cue(line: str) -> Cue:
    words = plain_words(line.removeprefix("!"))
    return Cue(stems=frozenset(stem_all(words, "en")), hint=line.startswith("!"))

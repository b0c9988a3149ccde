"""The decisions of jiwa-enricher, pure: what may be believed, what it changes, how it reads."""

from jiwa_enricher.domain.checking import Checked, check_claims, user_turn_number
from jiwa_enricher.domain.facts import (
    LIFETIME,
    Candidate,
    Certainty,
    Claim,
    Enrichment,
    KnownFact,
    Reading,
    Slot,
    Tombstones,
    Transcript,
    Turn,
    Visit,
    digest,
)
from jiwa_enricher.domain.merging import Origin, Plan, plan_merge
from jiwa_enricher.domain.profile import Profile, build_profile, remember
from jiwa_enricher.domain.windows import shown_answer, windows

__all__ = [
    "LIFETIME",
    "Candidate",
    "Certainty",
    "Checked",
    "Claim",
    "Enrichment",
    "KnownFact",
    "Origin",
    "Plan",
    "Profile",
    "Reading",
    "Slot",
    "Tombstones",
    "Transcript",
    "Turn",
    "Visit",
    "build_profile",
    "check_claims",
    "digest",
    "plan_merge",
    "remember",
    "shown_answer",
    "user_turn_number",
    "windows",
]

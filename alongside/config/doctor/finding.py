"""One thing that the doctor found."""

from dataclasses import dataclass

PROBLEM, ADVICE = "problem", "advice"


@dataclass(frozen=True)
class Finding:
    """`weight` is PROBLEM (something does not work, or somebody is at risk) or ADVICE."""

    check: str
    what: str
    why: str
    mend: str
    weight: str = PROBLEM

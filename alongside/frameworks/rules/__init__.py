"""What a framework must keep to; `problems_of` names everything that it does not."""

from __future__ import annotations

from alongside.frameworks.rules.shape import misshapen
from alongside.frameworks.rules.sources import Document, Sources
from alongside.frameworks.rules.structure import RULES
from alongside.frameworks.rules.wording import wording_problems
from alongside.frameworks.shapes import Problem


def problems_of(sources: Sources) -> list[Problem]:
    """Every problem of files that have been read, each once."""
    found: dict[Problem, None] = {}
    for document in (sources.framework, *sources.domains.values()):
        found.update(dict.fromkeys(misshapen(document)))
    for rule in RULES:
        found.update(dict.fromkeys(rule(sources)))
    found.update(dict.fromkeys(wording_problems(sources)))
    return list(found)


__all__ = ["Document", "Sources", "problems_of"]

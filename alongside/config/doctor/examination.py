"""All checks, in the order in which they are told."""

from collections.abc import Callable, Iterator

from alongside.config.environment import CannotStart

from .finding import Finding


def examine() -> list[Finding]:
    """Look at everything. Changes nothing. A check that breaks is a finding itself."""
    try:
        from alongside.config.commands.outcome import set_up

        set_up()
    except CannotStart as refusal:
        return [Finding(
            "settings", str(refusal), "Nothing can start.", "Set it right and run alongside doctor again.")]
    from . import database, files, habits, keys, looks

    findings: list[Finding] = []
    for check in (*files.CHECKS, *looks.CHECKS):
        findings += _tried(check)
    reachable = _tried(database.reachable)
    findings += reachable
    if not reachable:  # what stands in the database can be looked at only where there is one, up to date
        for check in (*database.CHECKS, *keys.CHECKS, *habits.CHECKS):
            findings += _tried(check)
    return findings


def _tried(check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    name = check.__name__.replace("_", " ")
    try:
        return list(check())
    except Exception as error:
        return [Finding(
            name, f"This could not be looked at ({type(error).__name__}).",
            "The doctor can't tell whether it is well.",
            "Run ALONGSIDE_DEBUG=1 alongside doctor and mend what the others say first.")]

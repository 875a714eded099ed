"""`alongside verify-audit`"""

import argparse

from .outcome import CannotDo, new, set_up, tell

EMPTY = "It is empty, although every organization began with an act that was recorded."


def add(parsers) -> None:
    made = new(parsers, "verify-audit", run, about=(
        "Check that nothing in the logs of acts was changed, removed, put in, moved or cut.\n\n"
        "Each entry is bound to all before it by a key that lies beside the database, not in it. Whoever has both\n"
        "could write a log anew. Therefore somebody outside keeps its number of each week (the page of acts shows\n"
        "it): give that with --head. Exit code 1 where a log is broken. Changes nothing."
    ), examples=(
        "  alongside verify-audit\n"
        "  alongside verify-audit --head 1234:ab12-cd34-ef56-7890\n"
        '  alongside verify-audit --organization "Juniper Center" --head 1234:ab12-cd34-ef56-7890\n'))
    made.add_argument("--head", metavar="NUMBER:MAC", help="a number that somebody kept")
    made.add_argument("--organization", metavar="NAME", help="only its log; needed with --head where there are several")


def run(args: argparse.Namespace) -> int:
    set_up()
    from alongside.audit.api import check_log, words_for_break
    from alongside.config import reads

    head = _head(args.head)
    logs = reads.logs_of(args.organization)
    if head:
        logs = _only_one(logs)
    broken = 0
    for organization_id, name in logs:
        verdict = check_log(organization_id, head, lambda done, all_: tell(f"{done} of {all_} entries ..."))
        if verdict.broken:
            wrong = words_for_break(verdict.broken)
        else:
            wrong = EMPTY if verdict.head is None and organization_id is not None else ""
        broken += bool(wrong)
        print(f"{name}: BROKEN. {wrong}" if wrong else f"{name}: whole. {_about(verdict, head)}")
    return 1 if broken else 0


def _about(verdict, head) -> str:
    if verdict.is_too_old:
        return "The entry of that number was deleted on schedule, so nothing can be said about it."
    ends = f" The last is {verdict.head}." if verdict.head else ""
    return f"{verdict.entries} entries.{ends}" + (" The number that was kept fits." if head else "")


def _head(text: str | None):
    from alongside.audit.api import NotAHead, parse_head

    try:
        return parse_head(text) if text else None
    except NotAHead:
        raise CannotDo("--head: write digits, a colon and 16 letters and digits, such as 1234:ab12-cd34-ef56-7890",
                       code=2) from None


def _only_one(logs: list) -> list:
    """A number belongs to the log of one organization; the installation has none that anybody keeps."""
    owned = [one for one in logs if one[0] is not None]
    if len(owned) != 1:
        raise CannotDo("There are several organizations. Say whose number it is: --organization NAME", code=2)
    return owned

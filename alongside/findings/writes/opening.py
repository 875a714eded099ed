"""Which comments a reviewer may open: those of voices in which enough people wrote any."""

from collections import Counter

from alongside.findings.models import ReviewedComment
from alongside.findings.rules.releasing import inside_threshold
from alongside.listening.api import Cycle, Round, comment_counts, comment_ids, forget_comments
from alongside.organizations.api import Organization
from alongside.privacy.api import Policy, comment_groups


def open_comments_for_review(cycle: Cycle, closed: list[Round], commented: Counter) -> None:
    """Make a row to review for each comment of a voice that the gate lets through. The others are deleted.

    `commented` is by voice the number of people who wrote at least one comment. Nobody can tell whether a voice
    without rows wrote any.
    """
    let_through: set[int] = set()
    policy = Policy(k_comments=_threshold(cycle.organization, closed))
    for voice in sorted(commented):
        rounds = [round_ for round_ in closed if round_.voice == voice]
        counts = sum((Counter(comment_counts(round_)) for round_ in rounds), Counter())
        groups = comment_groups(dict(sorted(counts.items())), commented[voice], policy)
        headings = {domain: domain for domain in groups.own} | {domain: "" for domain in groups.pooled}
        rows = [
            ReviewedComment(organization_id=cycle.organization_id, cycle=cycle, voice=voice,
                            domain=headings[domain], comment_id=comment_id)
            for round_ in rounds for comment_id, domain in comment_ids(round_) if domain in headings
        ]
        ReviewedComment.objects.bulk_create(rows, batch_size=500)
        let_through |= {row.comment_id for row in rows}
    forget_comments(cycle, but=let_through)


def _threshold(organization: Organization, closed: list[Round]) -> int:
    promised = [round_.frozen["promise"]["k_comments"] for round_ in closed]
    return inside_threshold(organization.k_comments, promised)

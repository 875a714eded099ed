"""Which comments a reviewer may open: those of voices in which enough people wrote any."""

from collections import Counter

from alongside.findings.models import ReviewedComment
from alongside.findings.rules.releasing import inside_threshold
from alongside.listening.api import Cycle, Round, comment_counts, comment_ids
from alongside.organizations.api import Organization
from alongside.privacy.api import Policy, comment_groups


def open_comments_for_review(cycle: Cycle, closed: list[Round], commented: Counter) -> None:
    """Make a row to review for each comment of a voice that the gate lets through; none for the others.

    `commented` is by voice the number of people who wrote at least one comment. Nobody will ever see the
    comments of a voice without rows, and nobody can tell whether there were any.
    """
    policy = Policy(k_comments=_threshold(cycle.organization, closed))
    for voice in sorted(commented):
        rounds = [round_ for round_ in closed if round_.voice == voice]
        counts = sum((Counter(comment_counts(round_)) for round_ in rounds), Counter())
        groups = comment_groups(dict(sorted(counts.items())), commented[voice], policy)
        headings = {domain: domain for domain in groups.own} | {domain: "" for domain in groups.pooled}
        ReviewedComment.objects.bulk_create([
            ReviewedComment(organization_id=cycle.organization_id, cycle=cycle, voice=voice,
                            domain=headings[domain], comment_id=comment_id)
            for round_ in rounds for comment_id, domain in comment_ids(round_) if domain in headings
        ], batch_size=500)


def _threshold(organization: Organization, closed: list[Round]) -> int:
    promised = [round_.frozen["promise"]["k_comments"] for round_ in closed]
    return inside_threshold(organization.k_comments, promised)

"""When comments may be read at all, and under which headings."""

from collections.abc import Mapping
from dataclasses import dataclass

from .policy import Policy


@dataclass(frozen=True)
class CommentGroups:
    """Domains whose comments stand under their own heading, and domains whose comments are mixed into one.

    Both in the order in which the counts were given; both empty where no comment may be shown.
    """

    own: tuple[str, ...] = ()
    pooled: tuple[str, ...] = ()


def release_comments(people: int, policy: Policy) -> bool:
    """May comments of this round be shown, given how many people wrote any?"""
    return people >= policy.k_comments


def comment_groups(counts: Mapping[str, int], people: int, policy: Policy) -> CommentGroups:
    """Under which headings comments may be shown.

    `counts` holds for each domain the people who commented on it, `people` those who commented at all. A
    domain with fewer than `k_comments` goes into the pool; a pool that is too small takes in the smallest
    of the others, until it is large enough. A pool that would hold nothing is none; one that stays too
    small is not shown.

    Raises `ValueError` for a negative count, or for more people in one domain than commented at all.
    """
    if any(not 0 <= count <= people for count in counts.values()):
        raise ValueError("each domain's count is of the people who commented: from 0 to all of them")
    if not release_comments(people, policy):
        return CommentGroups()
    pool = {domain for domain, count in counts.items() if count < policy.k_comments}
    if sum(counts[domain] for domain in pool) == 0:
        return CommentGroups(own=tuple(domain for domain in counts if domain not in pool))
    by_size = iter(sorted(set(counts) - pool, key=lambda domain: (counts[domain], domain)))
    while sum(counts[domain] for domain in pool) < policy.k_comments:
        smallest = next(by_size, None)
        if smallest is None:
            return CommentGroups()
        pool.add(smallest)
    return CommentGroups(
        own=tuple(domain for domain in counts if domain not in pool),
        pooled=tuple(domain for domain in counts if domain in pool),
    )

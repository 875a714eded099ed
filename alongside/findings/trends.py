"""How a voice's view moved over cycles: lines between the same words only, breaks where they changed."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside.listening.api import Voice
from alongside.privacy.api import CellKey, Figure, Hole, Shown
from alongside.ui.api import trend_line

from .cards import FigureCard, TrendCard, TrendPoint
from .payload import DomainText, ReleasedProfile
from .profile import figure_card, label_of
from .rules.trend import Prints, same_domain, same_practice


def trends_of(profiles: Sequence[ReleasedProfile], domain_id: str, language: str, *, unit: str = "",
              rtl: bool = False) -> dict[str, tuple[TrendCard, ...]]:
    """Practice id ("" for the domain) -> a trend for each voice that was ever asked, oldest cycle first.

    Empty with fewer than two cycles. The last of `profiles` is the one being looked at: its practices and
    titles are shown.
    """
    if len(profiles) < 2:
        return {}
    domain = next(one for one in profiles[-1].content.domains if one.id == domain_id)
    titles = {"": domain.title.in_(language)} | {one.id: one.title.in_(language) for one in domain.practices}
    ids = {one.id for profile in profiles for one in _practices(profile, domain_id)}
    found = {
        practice: [
            _trend(profiles, CellKey(voice, unit or None, domain_id, practice or None), titles[practice],
                   (language, rtl), sorted(ids))
            for voice in Voice.values
        ]
        for practice in titles
    }
    return {practice: tuple(filter(_was_ever_asked, trends)) for practice, trends in found.items()}


def _practices(profile: ReleasedProfile, domain_id: str) -> Sequence:
    found: DomainText | None = next((one for one in profile.content.domains if one.id == domain_id), None)
    return found.practices if found else ()


def _trend(profiles: Sequence[ReleasedProfile], key: CellKey, title: str, shown_in: tuple[str, bool],
           practices: Sequence[str]) -> TrendCard:
    language, rtl = shown_in
    figures = [profile.content.figures.get(key) for profile in profiles]
    prints = [profile.content.asked.get(key.voice, {}) for profile in profiles]
    times = range(len(profiles))
    joined = [at > 0 and _same_words(prints[at - 1], prints[at], key, practices) for at in times]
    points = tuple(
        TrendPoint(profile.cycle_name, _card(profile, key, figure, language), same)
        for profile, figure, same in zip(profiles, figures, joined, strict=True)
    )
    was_asked = [figure is not None and not isinstance(figure, Hole) for figure in figures]
    broken = any(not joined[at] and was_asked[at] and was_asked[at - 1] for at in times[1:])
    shown = [figure if isinstance(figure, Shown) else None for figure in figures]
    return TrendCard(
        practice_id=key.practice or "", title=title, voice=key.voice,
        label=label_of(key.voice, together=profiles[-1].content.together),
        points=points, line=trend_line(shown, joined, rtl=rtl), broken=broken, described=_described(points),
    )


def _same_words(one: Prints, other: Prints, key: CellKey, practices: Sequence[str]) -> bool:
    if key.practice:
        return same_practice(one, other, key.practice)
    return same_domain(one, other, practices)


def _was_ever_asked(trend: TrendCard) -> bool:
    return any(point.figure is not None and point.figure.state != "not_asked" for point in trend.points)


def _card(profile: ReleasedProfile, key: CellKey, figure: Figure | None, language: str) -> FigureCard | None:
    if figure is None:
        return None
    content = profile.content
    return figure_card(key.voice, figure, content.figures.k, content.levels.in_(language), together=content.together)


def _described(points: Sequence[TrendPoint]) -> str:
    """"Spring 2027: 3.4; Fall 2027 (in other words): 2.9"."""
    told = []
    for at, point in enumerate(points):
        said = _said(point.figure) if point.figure else _("not asked")
        name = point.cycle_name if at == 0 or point.same_words or not _is_shown(point) else _(
            "%(cycle)s (asked in other words)") % {"cycle": point.cycle_name}
        told.append(f"{name}: {said}")
    return "; ".join(told)


def _said(card: FigureCard) -> str:
    return f"{card.mean} ({card.between})" if card.between else card.mean or card.short


def _is_shown(point: TrendPoint) -> bool:
    return point.figure is not None and point.figure.state == "shown"

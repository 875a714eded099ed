"""From a release to the cards that pages, files and exports are made of. Looks nothing up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from alongside.listening.api import Voice, voice_label
from alongside.privacy.api import Band, CellKey, Figure, Hole, Released, Shown, Withheld
from alongside.ui.api import level_line

from .cards import DomainCard, FigureCard, GapCard, PracticeCard, ProfileCard, UnitLink
from .payload import Content, DomainText, PracticeText, ReleasedProfile
from .rules.words import (
    TALK_FROM,
    TOGETHER,
    Seen,
    apart,
    in_words,
    mean_text,
    practices_in_words,
    voice_in_sentence,
    whose,
)

VOICES = tuple(Voice.values)
QUARTERS = 4
MOST_TO_TALK_ABOUT = 8


def profile_card(
    found: ReleasedProfile, language: str, *, unit: str = "", rtl: bool = False,
) -> ProfileCard | None:
    """The profile in one language. None where `unit` (its id) is not among the units that were asked."""
    content = found.content
    names = dict(content.units)
    if unit and unit not in names:
        return None
    reader = _Reader(content, language, unit or None, rtl)
    domains = tuple(reader.domain(domain) for domain in content.domains)
    return ProfileCard(
        cycle_name=found.cycle_name, released_on=found.released_on, audience=found.audience,
        framework_key=content.framework_key, form=content.form,
        k=content.figures.k, k_middle=QUARTERS * content.figures.k,
        unit=unit, unit_name=names.get(unit, ""), units=_unit_links(content, unit),
        voices=tuple((voice, label_of(voice, together=content.together)) for voice in VOICES), levels=reader.levels,
        words=tuple(in_words([_seen(domain) for domain in domains], reader.levels, in_unit=bool(unit))),
        rough=_rough(domains), waves=tuple(_waves(content)), domains=domains, talk_about=_to_talk_about(domains),
    )


def label_of(voice: str, *, together: bool) -> str:
    """What a voice is called in a release."""
    return _("Staff and partners together") if whose(voice, together=together) == TOGETHER else voice_label(voice)


def figure_card(voice: str, figure: Figure, k: int, levels: Sequence[str], why_not: str = "", *,
                together: bool = False) -> FigureCard:
    """One figure in words. `why_not` says why a voice was not asked, where that is known."""
    label, who = label_of(voice, together=together), whose(voice, together=together)
    if isinstance(figure, Withheld):
        return FigureCard(voice, label, figure, "withheld", short=_short(figure), reason=_reason(figure, k), who=who)
    if isinstance(figure, Hole):
        reason = why_not or _("This was not asked of this voice here. It is a hole, not a zero.")
        if not who:
            reason = _("What they said is told together with staff, as was promised to both.")
        short = _("not asked") if who else _("with staff")
        return FigureCard(voice, label, figure, "not_asked", short=short, reason=reason, who=who)
    return FigureCard(
        voice, label, figure, "shown", short=levels[figure.level - 1], mean=mean_text(figure),
        between=_from_to(figure.between) if figure.between else "", level=figure.level,
        word=levels[figure.level - 1], people=band_text(figure.n), middle=_middle(figure),
        unsure=_unsure(figure, k), who=who,
    )


def band_text(band: Band) -> str:
    """A band of people: "30–34"."""
    return f"{band.low}–{band.high}"


def figures_at(figures: Released, unit: str | None, domain: str, practice: str | None) -> dict[str, Figure]:
    """What each voice says, in their fixed order."""
    return {voice: figures[CellKey(voice, unit, domain, practice)] for voice in VOICES}


class _Reader:
    """Reads one release in one language, for the whole organization or one unit."""

    def __init__(self, content: Content, language: str, unit: str | None, rtl: bool) -> None:
        self.content, self.language, self.unit, self.rtl = content, language, unit, rtl
        self.k = content.figures.k
        self.levels = content.levels.in_(language)

    def domain(self, text: DomainText) -> DomainCard:
        figures = figures_at(self.content.figures, self.unit, text.id, None)
        title, cards = text.title.in_(self.language), self._cards(figures, {})
        practices = tuple(self.practice(text.id, practice) for practice in text.practices)
        shown = {voice: figure for voice, figure in figures.items() if isinstance(figure, Shown)}
        seen = [Seen(practice.title, _by_who(practice.figures))
                for practice in practices if any(card.state != "not_asked" for card in practice.figures)]
        return DomainCard(
            id=text.id, title=title, short=text.short.in_(self.language), figures=cards,
            line=level_line(shown, VOICES, rtl=self.rtl), gap=_gap(text.id, "", title, cards),
            practices=practices,
            words=tuple(practices_in_words(seen, self.levels, in_unit=self.unit is not None)),
            described=described(cards),
        )

    def practice(self, domain_id: str, text: PracticeText) -> PracticeCard:
        figures = figures_at(self.content.figures, self.unit, domain_id, text.id)
        title = text.title.in_(self.language)
        cards = self._cards(figures, {voice: why.in_(self.language) for voice, why in text.not_asked.items()})
        return PracticeCard(
            id=text.id, domain_id=domain_id, title=title, figures=cards,
            gap=_gap(domain_id, text.id, title, cards),
            levels=tuple(zip(self.levels, text.levels.in_(self.language), strict=True)),
        )

    def _cards(self, figures: Mapping[str, Figure], why_not: Mapping[str, str]) -> tuple[FigureCard, ...]:
        return tuple(
            figure_card(voice, figure, self.k, self.levels, why_not.get(voice, ""), together=self.content.together)
            for voice, figure in figures.items()
        )


def described(cards: Iterable[FigureCard]) -> str:
    """A chart in words, for those who hear it."""
    return "; ".join(
        _("%(voice)s: %(mean)s, %(word)s") % {"voice": card.label, "mean": card.mean, "word": card.word}
        if card.state == "shown" else f"{card.label}: {card.short}"
        for card in cards
    )


def _gap(domain_id: str, practice_id: str, title: str, cards: Sequence[FigureCard]) -> GapCard | None:
    """The widest difference, where it is worth a talk."""
    widest = apart({card.voice: card.figure for card in cards})
    if widest is None or widest.size < TALK_FROM:
        return None
    by_voice = {card.voice: card for card in cards}
    high, low = by_voice[widest.high], by_voice[widest.low]
    words = _("%(high)s say “%(high_level)s” (%(high_mean)s), %(low)s say “%(low_level)s” (%(low_mean)s)") % {
        "high": voice_in_sentence(high.who), "high_level": high.word, "high_mean": high.mean,
        "low": voice_in_sentence(low.who), "low_level": low.word, "low_mean": low.mean,
    }
    size, at_least = f"{widest.size:.1f}", widest.most > widest.size
    return GapCard(domain_id, practice_id, title, size, at_least, high, low, words)


def _to_talk_about(domains: Sequence[DomainCard]) -> tuple[GapCard, ...]:
    """The widest differences of a level or more: of practices, since a talk needs something to talk about."""
    gaps = [practice.gap for domain in domains for practice in domain.practices if practice.gap]
    return tuple(sorted(gaps, key=lambda gap: -float(gap.size))[:MOST_TO_TALK_ABOUT])


def _rough(domains: Sequence[DomainCard]) -> str:
    """Why some figures are told roughly, with the first of them as the example; empty where none is."""
    cards = (card for domain in domains for row in (domain, *domain.practices) for card in row.figures)
    first = next((card for card in cards if card.between), None)
    if first is None:
        return ""
    return _("Figures with “about” are told more roughly, because about as many people answered as in an "
             "earlier cycle: beside the earlier figure, a tenth could show what one person said who came or "
             "left. Here “%(mean)s” stands for %(between)s.") % {"mean": first.mean, "between": first.between}


def _waves(content: Content) -> Iterator[str]:
    """Which voices' figures are made of the answers of several cycles, and which wait for that."""
    for voice, waves in content.behind.items():
        if len(waves) > 1:
            yield _("%(voice)s: these figures are made of the answers of several cycles together (%(cycles)s), of "
                    "other people each time, since fewer than %(k)d answered in each.") % {
                "voice": label_of(voice, together=content.together),
                "cycles": ", ".join(name for _id, name in waves), "k": content.figures.k}
    for voice in content.waiting:
        yield _("%(voice)s: too few people answered. Their answers wait, and are told together with those of the next "
                "cycles as soon as they are enough.") % {"voice": label_of(voice, together=content.together)}


def _seen(domain: DomainCard) -> Seen:
    return Seen(domain.short, _by_who(domain.figures))


def _by_who(cards: Iterable[FigureCard]) -> dict[str, Figure]:
    return {card.who: card.figure for card in cards if card.who}


def _unit_links(content: Content, unit: str) -> tuple[UnitLink, ...]:
    if not content.units:
        return ()
    whole = UnitLink("", _("Whole organization"), here=not unit)
    return (whole, *(UnitLink(id, name, here=id == unit) for id, name in content.units))


def _short(figure: Withheld) -> str:
    return _("too few") if figure.reason == "too_few" else _("kept back")


def _reason(figure: Withheld, k: int) -> str:
    if figure.reason == "too_few":
        return _("Fewer than %(k)d people answered. A number could show what one of them said.") % {"k": k}
    return _("Showing this could let somebody work out what a few people said: from other figures here or in "
             "an earlier cycle, or because they said nearly the same.")


def _middle(figure: Shown) -> str:
    return _from_to(figure.middle) if figure.middle else ""


def _from_to(ends: tuple[float, float]) -> str:
    low, high = ends
    return f"{low:.1f}" if low == high else _("%(low).1f to %(high).1f") % {"low": low, "high": high}


def _unsure(figure: Shown, k: int) -> str:
    if figure.unsure is None:
        return ""
    share = figure.unsure_share
    if share is None:
        return _("fewer than %(k)d people") % {"k": k}
    if not share:
        return _("under 5 percent")
    return _("about %(percent)d percent") % {"percent": round(share * 100)}

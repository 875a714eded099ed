"""A profile in a few sentences. What stands here is read from released figures alone.

No sentence speaks of significance, of good or bad, or of all areas as one number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alongside.privacy.api import Figure, Hole, Shown

ALIKE_BELOW = 0.5
TALK_FROM = 1.0


@dataclass(frozen=True)
class Seen:
    """One domain (or practice) by its short title, as each voice sees it."""

    title: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Apart:
    """The widest difference between two voices, in levels (steps of 0.1): at least `size`, at most `most`.

    The two are the same unless a figure is told roughly.
    """

    high: str
    low: str
    size: float
    most: float


def apart(figures: Mapping[str, Figure]) -> Apart | None:
    """The two voices farthest apart; None where fewer than two are shown."""
    shown = {voice: figure for voice, figure in figures.items() if isinstance(figure, Shown)}
    if len(shown) < 2:
        return None
    high, low = (choose(shown, key=lambda voice: shown[voice].mean) for choose in (max, min))
    (high_from, high_to), (low_from, low_to) = _ends(shown[high]), _ends(shown[low])
    return Apart(high, low, round(max(0.0, high_from - low_to), 1), round(high_to - low_from, 1))


def mean_text(figure: Shown) -> str:
    """"3.4", or "about 3.2" where it is told roughly."""
    mean = f"{figure.mean:.1f}"
    return _("about %(mean)s") % {"mean": mean} if figure.between else mean


def _ends(figure: Shown) -> tuple[float, float]:
    return figure.between or (figure.mean, figure.mean)

TOGETHER = "staff_and_consultants"


def in_words(seen: Sequence[Seen], levels: Sequence[str], *, in_unit: bool = False) -> list[str]:
    """A few sentences about all domains: where voices differ or agree, what can't be shown or was not asked.

    `levels` are the five words of the scale; `in_unit`: it is about one unit.
    """
    found = [_widest(seen, levels), _alike(seen), *_silent(seen, in_unit), _holes(seen)]
    return [sentence for sentence in found if sentence]


def practices_in_words(seen: Sequence[Seen], levels: Sequence[str], *, in_unit: bool = False) -> list[str]:
    """The same about the practices of one domain, in short: their titles are too long for lists of them."""
    return [sentence for sentence in (_widest(seen, levels), *_silent(seen, in_unit)) if sentence]


def whose(voice: str, *, together: bool) -> str:
    """Who speaks in a voice's figures: nobody where they are told with another voice's."""
    return {"staff": TOGETHER, "consultants": ""}.get(voice, voice) if together else voice


def voice_in_sentence(voice: str) -> str:
    """A voice's name within a sentence."""
    return {
        "staff": pgettext("within a sentence", "staff"),
        "consultants": pgettext("within a sentence", "partners"),
        TOGETHER: pgettext("within a sentence", "staff and partners"),
        "clients": pgettext("within a sentence", "clients"),
    }[voice]


def listed(names: Iterable[str]) -> str:
    """"a", "a and b", "a, b and c"."""
    *firsts, last = names
    if not firsts:
        return last
    return _("%(first_ones)s and %(last_one)s") % {"first_ones": ", ".join(firsts), "last_one": last}


def _gaps(seen: Sequence[Seen]) -> list[tuple[Seen, Apart]]:
    return [(one, found) for one in seen if (found := apart(one.figures))]


def _widest(seen: Sequence[Seen], levels: Sequence[str]) -> str:
    gaps = [(one, found) for one, found in _gaps(seen) if found.size >= ALIKE_BELOW]
    if not gaps:
        return ""
    one, widest = max(gaps, key=lambda gap: gap[1].size)
    high, low = one.figures[widest.high], one.figures[widest.low]
    assert isinstance(high, Shown)  # noqa: S101 - `apart` saw to it
    assert isinstance(low, Shown)  # noqa: S101
    facts = {
        "area": one.title, "high": voice_in_sentence(widest.high), "low": voice_in_sentence(widest.low),
        "high_level": levels[high.level - 1], "low_level": levels[low.level - 1],
        "high_mean": mean_text(high), "low_mean": mean_text(low),
    }
    if high.level == low.level:
        return _("The widest difference is in “%(area)s”: %(high)s say %(high_mean)s, %(low)s say "
                 "%(low_mean)s; both come nearest to “%(high_level)s”.") % facts
    return _("The widest difference is in “%(area)s”: %(high)s say “%(high_level)s” (%(high_mean)s), "
             "%(low)s say “%(low_level)s” (%(low_mean)s).") % facts


def _alike(seen: Sequence[Seen]) -> str:
    gaps = _gaps(seen)
    alike = [one.title for one, found in gaps if found.most < ALIKE_BELOW]
    if not alike:
        return ""
    if len(alike) == len(gaps) and len(gaps) > 1:
        return _("In every area where voices can be compared, they are less than half a level apart.")
    quoted = listed(_("“%(name)s”") % {"name": name} for name in alike)
    return _("They see %(areas)s much alike, less than half a level apart.") % {"areas": quoted}


def _alone(seen: Sequence[Seen]) -> str:
    voices = {voice for one in seen for voice, figure in one.figures.items() if isinstance(figure, Shown)}
    if len(voices) > 1 and not _gaps(seen):
        return _("No area has more than one voice that can be shown, so there is nothing to compare.")
    if len(voices) != 1:
        return ""
    only = {"voice": voice_in_sentence(voices.pop())}
    return _("Only one voice can be shown: %(voice)s. How others see it is not known, so read it "
             "with care.") % only


def _silent(seen: Sequence[Seen], in_unit: bool) -> list[str]:
    return [_alone(seen), _kept_back(seen, in_unit), _not_asked(seen, in_unit)]


def _kept_back(seen: Sequence[Seen], in_unit: bool) -> str:
    silent = [voice for voice in _voices(seen) if _is_kept_back(seen, voice)]
    if not silent:
        return ""
    voices = {"voices": listed(map(voice_in_sentence, silent))}
    if in_unit:
        return _("About %(voices)s nothing can be shown for this unit by itself without a risk of giving "
                 "somebody away. They are counted in the whole organization.") % voices
    return _("About %(voices)s nothing can be shown without a risk of giving somebody away. Instead of "
             "numbers, offer a talk whose summary the group approves.") % voices


def _is_kept_back(seen: Sequence[Seen], voice: str) -> bool:
    figures = _of(seen, voice)
    nothing_shown = not any(isinstance(figure, Shown) for figure in figures)
    return nothing_shown and not all(isinstance(figure, Hole) for figure in figures)


def _not_asked(seen: Sequence[Seen], in_unit: bool) -> str:
    left_out = [voice for voice in _voices(seen) if all(isinstance(one, Hole) for one in _of(seen, voice))]
    if not left_out:
        return ""
    voices = {"voices": listed(map(voice_in_sentence, left_out))}
    if in_unit:
        return _("Not asked in this unit: %(voices)s.") % voices
    return _("Not asked in this cycle: %(voices)s.") % voices


def _holes(seen: Sequence[Seen]) -> str:
    told = []
    for voice in _voices(seen):
        holes = [one.title for one in seen if isinstance(one.figures[voice], Hole)]
        if holes and len(holes) < len(seen):
            quoted = listed(_("“%(name)s”") % {"name": name} for name in holes)
            told.append(_("%(voice)s about %(areas)s") % {"voice": voice_in_sentence(voice), "areas": quoted})
    if not told:
        return ""
    return _("Not asked, so left open and not counted as zero: %(holes)s.") % {"holes": "; ".join(told)}


def _voices(seen: Sequence[Seen]) -> list[str]:
    return list(seen[0].figures) if seen else []


def _of(seen: Sequence[Seen], voice: str) -> list[Figure]:
    return [one.figures[voice] for one in seen]

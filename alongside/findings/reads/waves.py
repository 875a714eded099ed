"""Which answers stand behind what is told of a cycle: its own, or also those of people asked earlier, who waited."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from alongside.findings.models import Release
from alongside.findings.rules.waves import Wave, told_together
from alongside.frameworks.api import Instrument
from alongside.listening.api import Cycle, Round, earlier_waves, raw_people, told_as

from .releases import read_release

Behind = Mapping[str, Sequence[Round]]  # voice -> rounds, of this cycle and of earlier ones; none: they wait


def rounds_behind(cycle: Cycle, closed: Iterable[Round], k: int) -> Behind:
    """For each voice that was asked, the rounds to tell together. `k`: the fewest people behind a figure."""
    earlier = earlier_waves(cycle)
    told = _told_before(cycle) if earlier else set()
    behind: dict[str, Sequence[Round]] = {}
    for voice, own in _by_voice(closed, together=cycle.together).items():
        of_voice = _by_voice(earlier, together=cycle.together).get(voice, [])
        waves = [(_wave(rounds, _promised_k(rounds)), rounds) for rounds in _by_cycle(of_voice)]
        mine = _wave(own, k)
        together = told_together(mine, [wave for wave, _ in waves], {at for at, one in told if one == voice})
        rounds_of = {wave.cycle: rounds for wave, rounds in [*waves, (mine, own)]}
        behind[voice] = [round_ for wave in together for round_ in rounds_of[wave.cycle]]
    return behind


def done_with(cycle: Cycle, closed: Iterable[Round], behind: Behind) -> list[Round]:
    """The rounds whose answers are of no more use once this cycle is told: those told now, and those that wait for
    nobody although they are too few."""
    told = [round_ for rounds in behind.values() for round_ in rounds]
    return told if cycle.other_people else [*told, *closed]


def _told_before(cycle: Cycle) -> set[tuple[str, str]]:
    """(cycle, voice) of all answers that stand behind what was ever told in this organization."""
    releases = Release.objects.filter(organization_id=cycle.organization_id, audience=Release.INSIDE)
    return {(at, voice) for one in releases.select_related("cycle")
            for voice, waves in read_release(one).content.behind.items() for at, _name in waves}


def _by_voice(rounds: Iterable[Round], *, together: bool) -> dict[str, list[Round]]:
    found: dict[str, list[Round]] = {}
    for round_ in rounds:
        found.setdefault(told_as(round_.voice, together=together), []).append(round_)
    return found


def _by_cycle(rounds: Sequence[Round]) -> list[list[Round]]:
    return [list(group) for _, group in groupby(rounds, key=lambda one: one.cycle_id)]


def _promised_k(rounds: Sequence[Round]) -> int:
    return max(round_.frozen["promise"]["k_scores"] for round_ in rounds)


def _wave(rounds: Sequence[Round], k: int) -> Wave:
    """What one cycle asked of one voice: the same questions, in words and order, of the same units and groups."""
    asked = tuple(sorted(
        (round_.voice, str(round_.unit_id or ""), tuple((one.id, one.fingerprint) for one in _items(round_)))
        for round_ in rounds))
    return Wave(
        cycle=str(rounds[0].cycle_id), people=sum(raw_people(round_) for round_ in rounds), k=k, asked=asked,
        may_wait=all(round_.frozen["promise"].get("waves_months") for round_ in rounds))


def _items(round_: Round):
    return Instrument.from_plain(round_.frozen["instrument"]).items

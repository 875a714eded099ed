"""What the gate withholds beyond the least that would do, over the whole reference set, and how long it takes."""

import time
from random import Random

from alongside.privacy.gate import release
from alongside.privacy.gate.complement import complement
from alongside.privacy.tests.gate_optimum import K, answers, as_judged, cells, compare, least, unsafe_alone
from alongside.privacy.tests.gate_tables import Person, tally

REFERENCE_SET = range(300)
VOICES, UNITS, DOMAINS, PRACTICES = ("staff", "consultants", "clients"), 20, 6, 49


def measure() -> list[dict]:
    """Rows of the bench table."""
    figures = [compare(seed, cells) for seed in REFERENCE_SET]
    people = [compare(seed, answers) for seed in REFERENCE_SET]
    worst = max((gate - fewest) / fewest for gate, fewest in figures if fewest)
    company = [_company(seed) for seed in REFERENCE_SET]
    return [
        {"what": "gate: figures withheld beyond the optimum, 300 small organizations, %", "value": _beyond(figures),
         "bar": 15},
        {"what": "  the same, among figures that are safe by themselves, %", "value": _beyond(_chosen(figures))},
        {"what": "  organizations in which nothing is beyond", "value": sum(gate == few for gate, few in figures)},
        {"what": "  organization with the most beyond, %", "value": round(100 * worst, 1)},
        {"what": "  answers behind withheld figures beyond the optimum, %", "value": _beyond(people), "bar": 15},
        {"what": "  what the fixed company of small units adds to the optimum, %", "value": _beyond(company)},
        {"what": "  what it adds to the gate, %", "value": _beyond([_gate_without_company(s) for s in REFERENCE_SET])},
        {"what": "gate: 3,465 figures, nearly unanimous answers, s", "value": round(_seconds(0.02), 2), "bar": 1.0},
        {"what": "gate: 3,465 figures, ordinary answers, s", "value": round(_seconds(0.8), 2), "bar": 1.0},
    ]


def _beyond(pairs: list[tuple[float, float]]) -> float:
    more, less = (sum(column) for column in zip(*pairs, strict=True))
    return round(100 * (more - less) / less, 1)


def _chosen(figures: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Without the figures that had to be withheld in any case."""
    must = [len(table.cells) - len(judged.cells) + len(unsafe_alone(judged))
            for table, judged in map(as_judged, REFERENCE_SET)]
    return [(gate - few, fewest - few) for (gate, fewest), few in zip(figures, must, strict=True)]


def _company(seed: int) -> tuple[int, int]:
    table, _ = as_judged(seed)
    return int(compare(seed, cells)[1]), len(least(table, unsafe_alone(table), cells))


def _gate_without_company(seed: int) -> tuple[int, int]:
    table, _ = as_judged(seed)
    return int(compare(seed, cells)[0]), len(complement(table, unsafe_alone(table), K))


def _seconds(candor: float) -> float:
    """Releasing a large organization: six domains, 49 practices, three voices, twenty units."""
    random = Random(1)
    practices = [f"P{number}" for number in range(PRACTICES)]
    domains = {f"D{number}": practices[number::DOMAINS] for number in range(DOMAINS)}
    units = [f"unit {number}" for number in range(UNITS)]
    tallies = []
    for voice in VOICES:
        usual = {practice: random.randint(1, 5) for practice in practices}
        people = [
            Person(unit, {p: random.randint(1, 5) if random.random() < candor else usual[p] for p in practices})
            for unit in units for _ in range(random.choice((3, 6, 9, 12, 20)))
        ]
        tallies += tally(people, domains, units, voice)
    began = time.perf_counter()
    release(tallies)
    return time.perf_counter() - began

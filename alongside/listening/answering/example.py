"""The example by which people who answer see why a figure is kept back. The gate itself must agree with it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class House:
    """One line of the example. `people` answered; `mean` is what they said, 1.0..5.0; `shown` whether it is told."""

    name: str
    people: int
    mean: float
    shown: bool


def example(k: int) -> dict:
    """Three houses where figures need `k` people: one large, one that is large enough, and one that is too small."""
    houses = (
        House("A", 2 * k + 2, 3.4, shown=True),
        House("B", k + 4, 2.8, shown=False),
        House("C", k - 2, 2.1, shown=False),
    )
    people = sum(house.people for house in houses)
    mean = round(sum(house.people * house.mean for house in houses) / people, 1)
    return {"houses": houses, "all_people": people, "all_mean": mean, "k": k, "small": houses[-1].people,
            "low": 2 * k, "high": 3 * k - 1}

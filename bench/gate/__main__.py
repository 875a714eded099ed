"""`python -m bench.gate`: the gate against its optimum, then against other methods, as two tables."""

from bench.__main__ import table

from . import measure
from .methods import compare_methods


def main() -> None:
    rows = compare_methods()
    print("| " + " | ".join(rows[0]) + " |")
    print("|---:|---|" + "---:|" * (len(rows[0]) - 2))
    for row in rows:
        print("| " + " | ".join(str(value) for value in row.values()) + " |")
    print()
    print(table(measure()))


if __name__ == "__main__":
    main()

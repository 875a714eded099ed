"""`python -m bench`: measure everything in one run, print a table, keep the same as JSON in bench/out/."""

import json
import tempfile
from pathlib import Path

from . import answering, gate, memory, reading
from .house import set_up

OUT = Path(__file__).parent / "out"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        data = Path(folder)
        set_up(data)
        rows = [*answering.measure(data), *memory.measure(data), *reading.measure(data), *gate.measure()]
    OUT.mkdir(exist_ok=True)
    (OUT / "bench.json").write_text(json.dumps(rows, indent=1) + "\n")
    print(table(rows))


def table(rows: list[dict]) -> str:
    """The rows as a Markdown table; a missed bar says so."""
    lines = ["| measured | value | bar |", "|---|---:|---:|"]
    for row in rows:
        missed = "bar" in row and row["value"] > row["bar"]
        bar = f"<= {row['bar']:,}" + (" **missed**" if missed else "") if "bar" in row else ""
        lines.append(f"| {row['what']} | {row['value']:,} | {bar} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

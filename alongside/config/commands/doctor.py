"""`alongside doctor`"""

import argparse
import json
from dataclasses import asdict

from .outcome import new


def add(parsers) -> None:
    made = new(parsers, "doctor", run, about=(
        "Look for what is wrong with this installation, why it matters, and how to mend it.\n\n"
        "Changes nothing and reads no answers. Exit code 1 where there is a problem; advice alone is 0."
    ), examples=(
        "  alongside doctor\n"
        "  alongside doctor --format json      for a monitor\n"))
    made.add_argument("--format", choices=["text", "json"], default="text")


def run(args: argparse.Namespace) -> int:
    from alongside.config.doctor import PROBLEM, examine

    findings = examine()
    well = not any(finding.weight == PROBLEM for finding in findings)
    if args.format == "json":
        told = {"ok": well, "findings": [asdict(one) for one in findings]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(_as_text(one) for one in findings) or "All is well.")
    return 0 if well else 1


def _as_text(finding) -> str:
    return (f"{finding.weight.upper()} ({finding.check}): {finding.what}\n"
            f"  why it matters: {finding.why}\n"
            f"  how to mend it: {finding.mend}")

"""`alongside framework`"""

import argparse
from pathlib import Path

from .outcome import CannotDo, new, tell


def add(parsers) -> None:
    made = new(parsers, "framework", run, about=(
        "Check a framework of your own before you use it.\n\n"
        "Prints every problem as file:line: rule: what is wrong. How to write one: docs/frameworks.md"
    ), examples="  alongside framework check ./my-practices-1\n")
    made.add_argument("act", choices=["check"])
    made.add_argument("folder", metavar="FOLDER", type=Path)


def run(args: argparse.Namespace) -> int:
    if not args.folder.is_dir():
        raise CannotDo(f"There is no folder {args.folder}.", code=2)
    from alongside.frameworks.api import FrameworkRefused, load

    folder = args.folder.resolve()
    try:
        found = load(folder)
    except FrameworkRefused as refusal:
        for problem in refusal.problems:
            print(f"{args.folder / problem.file}:{problem.line}: {problem.rule}: {problem.message}")
        tell(f"{len(refusal.problems)} problems.")
        return 1
    practices = sum(len(domain.practices) for domain in found.domains)
    print(f"{found.id}/{found.version} is sound: {len(found.domains)} domains, {practices} practices, "
          f"languages {', '.join(found.languages)}.")
    return 0

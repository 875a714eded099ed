"""From a folder of files to a framework, or to the whole list of what is wrong with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from alongside.frameworks import reading
from alongside.frameworks.documents import read_document
from alongside.frameworks.rules import Document, Sources, problems_of
from alongside.frameworks.rules.sources import FRAMEWORK_FILE
from alongside.frameworks.shapes import (
    VOICES,
    ByLanguage,
    Domain,
    Fixed,
    Framework,
    FrameworkRefused,
    Lines,
    Practice,
    Problem,
    Review,
    Text,
)

Held = dict[str, Any]  # a part of a file that has passed its schema

_DOMAIN_FILE = re.compile(r"[A-Z]\.yaml")


def load(folder: Path) -> Framework:
    """The framework in a folder; FrameworkRefused with all problems at once, whatever the files hold."""
    sources, problems = _read(folder)
    problems += problems_of(sources)
    if problems:
        order = [FRAMEWORK_FILE, *(document.file for document in sources.domains.values())]
        place = {file: number for number, file in enumerate(order)}
        raise FrameworkRefused(
            tuple(sorted(problems, key=lambda one: (place.get(one.file, len(place)), one.line, one.rule)))
        )
    return _built(sources)


def _read(folder: Path) -> tuple[Sources, list[Problem]]:
    """All files: the domains that framework.yaml lists, or the ones there are if it cannot say."""
    framework, problems = read_document(folder / FRAMEWORK_FILE)
    there = _yaml_files(folder) - {FRAMEWORK_FILE}
    listed = [id for id in framework.texts("domains") if _DOMAIN_FILE.fullmatch(f"{id}.yaml")]
    ids = dict.fromkeys(listed or sorted(name[0] for name in there if _DOMAIN_FILE.fullmatch(name)))
    domains = {}
    for id in ids:
        domains[id], more = read_document(folder / f"{id}.yaml")
        problems += more
    for name in sorted(there - {f"{id}.yaml" for id in ids}):
        problems.append(Problem(name, 1, "file-not-listed", "no domain of framework.yaml is in this file"))
    return Sources(folder.name, framework, domains), problems


def _yaml_files(folder: Path) -> set[str]:
    try:
        return {file.name for file in folder.iterdir() if file.suffix.lower() in {".yaml", ".yml"}}
    except OSError:
        return set()  # framework.yaml is then reported as missing


def _built(sources: Sources) -> Framework:
    """The finished framework, from files that have passed every rule."""
    document, languages = sources.framework, sources.languages
    held, scales = document.map(), document.map("scales")
    return Framework(
        id=held["id"],
        version=held["version"],
        license=held["license"],
        title=_text(document.map("title"), languages),
        about=_text(document.map("about"), languages),
        review=_review(document.map("review"), languages),
        languages=languages,
        scales=Fixed({voice: _lines(scales[voice], languages) for voice in VOICES}),
        levels=_lines(document.map("levels"), languages),
        domains=tuple(_domain(one, languages) for one in sources.domains.values()),
        short_form=document.texts("short_form"),
        limits=Fixed({voice: document.map("limits")[voice] for voice in VOICES}),
        minutes=Fixed({voice: document.map("minutes")[voice] for voice in VOICES}),
        unmeasured=tuple(language for language in languages if not reading.can_measure(language)),
    )


def _domain(document: Document, languages: tuple[str, ...]) -> Domain:
    id = str(document.at("id"))
    return Domain(
        id=id,
        title=_text(document.map("title"), languages),
        short=_text(document.map("short"), languages),
        note=_texts(document.map("note"), languages),
        heading=_texts(document.map("heading"), languages),
        comment=_text(document.map("comment"), languages),
        practices=tuple(_practice(id, document.map(*path), languages) for path in document.practices()),
    )


def _practice(domain_id: str, held: Held, languages: tuple[str, ...]) -> Practice:
    return Practice(
        id=held["id"],
        domain_id=domain_id,
        title=_text(held["title"], languages),
        voices=tuple(held["voices"]),
        not_asked=_texts(held.get("not_asked", {}), languages),
        levels=_lines(held["levels"], languages),
        items=_texts(held["items"], languages),
        prompts=_texts(held["prompts"], languages),
        evidence=_lines(held["evidence"], languages),
        origin=held["origin"],
        review=_review(held["review"], languages) if "review" in held else None,
    )


def _review(held: Held, languages: tuple[str, ...]) -> Review:
    return Review(held["status"], _text(held["note"], languages))


def _text(held: Held, languages: tuple[str, ...]) -> Text:
    return ByLanguage({language: held[language] for language in languages})


def _lines(held: Held, languages: tuple[str, ...]) -> Lines:
    return ByLanguage({language: tuple(held[language]) for language in languages})


def _texts(held: Held, languages: tuple[str, ...]) -> Fixed[Text]:
    return Fixed({name: _text(text, languages) for name, text in held.items()})

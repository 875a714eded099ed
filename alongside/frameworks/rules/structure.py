"""Whether the parts fit together: ids, voices, languages, limits, the short form."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.frameworks.rules.sources import Document, Path, Sources, wordings
from alongside.frameworks.shapes import VOICES, Problem


def folder_names_the_framework(sources: Sources) -> Iterator[Problem]:
    """A framework is found by its folder's name, so two in one place can never have the same key."""
    document = sources.framework
    wanted = f"{document.at('id')}-{document.at('version')}"
    if document.readable and sources.folder != wanted:
        message = f"the folder is {sources.folder!r}, not {wanted!r}"
        yield document.problem(("id",), "folder-name-differs", message)


def file_holds_its_domain(sources: Sources) -> Iterator[Problem]:
    """M.yaml is the domain M, and its practices go M1, M2 ... upward; a retired number stays unused."""
    for id, document in sources.readable_domains():
        if document.at("id") != id:
            message = f"{document.at('id')!r} stands in {document.file}"
            yield document.problem(("id",), "domain-id-differs", message)
        highest = 0
        for path in document.practices():
            name = str(document.at(*path, "id"))
            number = int(name[1:]) if name[1:].isascii() and name[1:].isdigit() else highest + 1
            if name[:1] != id:
                message = f"{name!r} is not of {id}"
                yield document.problem((*path, "id"), "practice-of-another-domain", message)
            elif number <= highest:
                message = f"{name!r} comes after {id}{highest}"
                yield document.problem((*path, "id"), "practice-out-of-order", message)
            highest = max(highest, number)


def every_voice_has_an_item_or_a_reason(sources: Sources) -> Iterator[Problem]:
    """Who can know is asked; for everybody else there is a reason."""
    for _, document in sources.readable_domains():
        for path in document.practices():
            voices = document.texts(*path, "voices")
            if list(voices) != [voice for voice in VOICES if voice in voices] and set(voices) <= set(VOICES):
                message = f"voices come in the order {', '.join(VOICES)}"
                yield document.problem((*path, "voices"), "voices-out-of-order", message)
            yield from _voices_of(document, path, frozenset(voices))


def _voices_of(document: Document, path: Path, voices: frozenset[str]) -> Iterator[Problem]:
    id, items = document.at(*path, "id"), document.map(*path, "items")
    reasons = document.map(*path, "not_asked")
    for voice in VOICES:
        if voice in voices and voice not in items:
            yield document.problem((*path, "items"), "item-missing", f"{id} has no item for {voice}")
        if voice not in voices and voice in items:
            message = f"{id} has an item for {voice}, who are not among its voices"
            yield document.problem((*path, "items", voice), "item-not-asked", message)
        if voice not in voices and voice not in reasons:
            message = f"{id} does not say why {voice} are not asked"
            yield document.problem((*path, "not_asked"), "reason-missing", message)
        if voice in voices and voice in reasons:
            message = f"{id} asks {voice} and says why it does not"
            yield document.problem((*path, "not_asked", voice), "reason-not-needed", message)


def every_page_is_introduced(sources: Sources) -> Iterator[Problem]:
    """Whoever meets a page finds a content note first, and clients a heading in their own words."""
    for _, document in sources.readable_domains():
        asked = _voices_asked(document)
        for voice in VOICES:
            if voice in asked and voice not in document.map("note"):
                yield document.problem(("note",), "note-missing", f"no content note for {voice}")
        if "clients" in asked and "clients" not in document.map("heading"):
            yield document.problem(("heading",), "client-heading-missing", "no heading in clients' words")


def everything_is_said_in_each_language(sources: Sources) -> Iterator[Problem]:
    """Each text is there in the framework's languages, and in no other."""
    promised = sources.languages
    for document in sources.documents() if promised else ():
        groups: dict[Path, dict[str, None]] = {}
        for wording in wordings(document):
            above = wording.path[: wording.path.index(wording.language)]
            groups.setdefault(above, {})[wording.language] = None
        for path, found in groups.items():
            where = " ".join(str(step) for step in path if isinstance(step, str))
            for language in promised:
                if language not in found:
                    yield document.problem(path, "language-missing", f"{where} is not said in {language!r}")
            for language in found:
                if language not in promised:
                    message = f"{where} is said in {language!r}, which is none of the framework's languages"
                    yield document.problem((*path, language), "language-unknown", message)


def evidence_is_the_same_in_each_language(sources: Sources) -> Iterator[Problem]:
    """A document that would show a practice is named in every language."""
    for _, document in sources.readable_domains():
        for path in document.practices():
            counts = {
                language: len(listed)
                for language, listed in document.map(*path, "evidence").items()
                if isinstance(listed, list)
            }
            if len(set(counts.values())) > 1:
                told = ", ".join(f"{count} in {language!r}" for language, count in counts.items())
                yield document.problem((*path, "evidence"), "evidence-counts-differ", told)


def nobody_is_asked_too_much(sources: Sources) -> Iterator[Problem]:
    """The limits keep their promise about time."""
    limits = sources.framework.map("limits")
    for voice in VOICES:
        most = limits.get(voice)
        asked = sum(
            voice in document.texts(*path, "voices")
            for _, document in sources.readable_domains()
            for path in document.practices()
        )
        if isinstance(most, int) and asked > most:
            message = f"{asked} items for {voice}, at most {most}"
            yield sources.framework.problem(("limits", voice), "too-many-items", message)


def no_item_is_asked_twice(sources: Sources) -> Iterator[Problem]:
    """Two items that a voice cannot tell apart measure one thing twice."""
    seen: dict[tuple[str | None, str, str], str] = {}
    for _, document in sources.readable_domains():
        for wording in wordings(document):
            if wording.part != "items":
                continue
            said = (wording.voice, wording.language, wording.text.casefold().rstrip(".!"))
            first = seen.setdefault(said, wording.where)
            if first != wording.where:
                yield wording.problem("item-repeated", f"the same item as {first}")


def short_form_is_fair(sources: Sources) -> Iterator[Problem]:
    """The short form takes two practices of each domain, which leave out nobody who knows the domain."""
    framework = sources.framework
    chosen = framework.texts("short_form")
    for place, id in enumerate(chosen):
        domain = sources.domains.get(id[:1])
        unheard = domain is None and framework.at("domains") is not None
        if unheard or (domain is not None and domain.readable and id not in _voices_by_practice(domain)):
            message = f"there is no practice {id!r}"
            yield framework.problem(("short_form", place), "short-form-unknown", message)
    for id, document in sources.readable_domains():
        known = _voices_by_practice(document)
        taken = [practice for practice in chosen if practice in known]
        if framework.readable and len(taken) != 2:
            message = f"{len(taken)} practices of {id}, and it takes two"
            yield framework.problem(("short_form",), "short-form-not-two", message)
        heard = frozenset().union(*(known[practice] for practice in taken))
        missed = [voice for voice in VOICES if voice in _voices_asked(document) - heard]
        if len(taken) == 2 and missed:
            message = f"{' and '.join(taken)} leave out {', '.join(missed)}"
            yield framework.problem(("short_form",), "short-form-misses-voice", message)


def _voices_by_practice(document: Document) -> dict[str, frozenset[str]]:
    return {
        str(document.at(*path, "id")): frozenset(document.texts(*path, "voices"))
        for path in document.practices()
    }


def _voices_asked(document: Document) -> frozenset[str]:
    return frozenset().union(*_voices_by_practice(document).values())


RULES = (
    folder_names_the_framework,
    file_holds_its_domain,
    every_voice_has_an_item_or_a_reason,
    every_page_is_introduced,
    everything_is_said_in_each_language,
    evidence_is_the_same_in_each_language,
    nobody_is_asked_too_much,
    no_item_is_asked_twice,
    short_form_is_fair,
)

"""The words an organization can choose from for "survivor". They stand in data/words.yaml."""

from functools import cache
from pathlib import Path

import yaml

OWN = "own"
FILE = Path(__file__).parent / "data" / "words.yaml"


@cache
def suggested() -> dict[str, dict]:
    """key -> language code -> {"survivor": one, "survivors": many}, in the order of the file."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        key: {code: {"survivor": word["one"], "survivors": word["many"]} for code, word in languages.items()}
        for key, languages in found.items()
    }


def key_of(words: dict) -> str:
    """Which suggestion the English words of an organization are; `OWN` where they are none of them."""
    english = words.get("en")
    return next((key for key, languages in suggested().items() if languages["en"] == english), OWN)

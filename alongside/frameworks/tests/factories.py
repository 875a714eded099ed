"""A small framework that keeps every rule: plain values, to be broken in one place and written to files."""

from copy import deepcopy
from pathlib import Path

import yaml

LEVELS = {
    "en": ["Not in place", "Talked about", "Started", "Usual", "Built in"],
    "es": ["No existe", "Se habla de ello", "Empezado", "Habitual", "Arraigado"],
}
OFTEN = {
    "en": ["Never", "Rarely", "Sometimes", "Often", "Always"],
    "es": ["Nunca", "Rara vez", "A veces", "Muchas veces", "Siempre"],
}
ALL = ["staff", "consultants", "clients"]


def both(en: str, es: str) -> dict:
    return {"en": en, "es": es}


FRAMEWORK = {
    "id": "tiny-practices",
    "version": 1,
    "license": "CC BY 4.0",
    "languages": ["en", "es"],
    "title": both("Tiny practices", "Prácticas pequeñas"),
    "about": both("A list for tests. Survivors have not reviewed it.", "Una lista para pruebas."),
    "review": {"status": "not_yet_reviewed", "note": both("Not yet reviewed", "Sin revisar todavía")},
    "limits": {"staff": 6, "consultants": 6, "clients": 4},
    "minutes": {"staff": 6, "consultants": 5, "clients": 3},
    "scales": {"staff": LEVELS, "consultants": LEVELS, "clients": OFTEN},
    "levels": LEVELS,
    "domains": ["M", "G"],
    "short_form": ["M1", "M2", "G1", "G2"],
}

NOTE = both(
    "This page is about our plans. You may skip it.", "Aquí hablamos de los planes. Puede saltar esta página."
)


def practice(id: str, voices: list) -> dict:
    """A practice that is known to `voices`; its texts carry its id, so that no two are equal."""
    items = {
        "staff": both(
            f"We plan work {id} with {{survivors}}.", f"Planeamos el trabajo {id} con las {{survivors}}."
        ),
        "consultants": both(f"I see plan {id} in time.", f"Veo el plan {id} a tiempo."),
        "clients": both(f"I choose what we do in {id}.", f"Elijo lo que hacemos en {id}."),
    }
    return {
        "id": id,
        "title": both(f"{{Survivors}} shape plan {id}", f"Las {{survivors}} dan forma al plan {id}"),
        "voices": voices,
        "not_asked": {
            one: both("They cannot see it.", "No pueden verlo.") for one in ALL if one not in voices
        },
        "levels": {
            "en": [f"Step {number} of {id}" for number in range(5)],
            "es": [f"Paso {number} de {id}" for number in range(5)],
        },
        "items": {voice: items[voice] for voice in voices},
        "prompts": {
            "talk": both("How do plans come about?", "¿Cómo nacen los planes?"),
            "exit": both("Who made the plans?", "¿Quién hizo los planes?"),
        },
        "evidence": {"en": ["The plan"], "es": ["El plan"]},
        "origin": "page: plans made together",
    }


def domain(id: str) -> dict:
    return {
        "id": id,
        "title": both(f"Plans and culture {id}", f"Planes y cultura {id}"),
        "short": both(f"Plans {id}", f"Planes {id}"),
        "note": dict.fromkeys(ALL, NOTE),
        "heading": {"clients": both("How we plan", "Así se hacen los planes")},
        "comment": both("What should we do next?", "¿Qué debemos hacer ahora?"),
        "practices": [practice(f"{id}1", ["staff", "consultants"]), practice(f"{id}2", ALL)],
    }


def files() -> dict:
    """File name -> what it holds: a framework with two domains of two practices, to be changed at will."""
    return deepcopy({"framework.yaml": FRAMEWORK, "M.yaml": domain("M"), "G.yaml": domain("G")})


def write(place: Path, held: dict, folder: str = "tiny-practices-1") -> Path:
    """The folder with these files in it; bytes and text as they are, all else as YAML without anchors."""
    inside = place / folder
    inside.mkdir(parents=True)
    for name, content in held.items():
        raw = content if isinstance(content, bytes) else dumped(content).encode()
        (inside / name).write_bytes(raw)
    return inside


def dumped(content: object) -> str:
    if isinstance(content, str):
        return content
    return yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120)


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True

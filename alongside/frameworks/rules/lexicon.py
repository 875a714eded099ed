"""Words that are refused, and why; each is matched in text without accents and in lower case."""

from __future__ import annotations

import re
import unicodedata

# Clients may be watched while they answer, and nobody names their life for them.
NAMES_THE_TOPIC = re.compile(
    r"\b(traffick\w*|trata|exploit\w*|explot\w*|victim\w*|survivor\w*|sobrevivient\w*|rescu\w*|rescat\w*)"
)

# Words that make a person small or a thing. "In case of ..." and "subject to ..." are about no person.
BELITTLES = {
    "en": re.compile(
        r"\b(victim\w*|rescu\w*"
        r"|(?<!in )(?<!in any )(?<!in each )(?<!in every )(?<!in that )cases?"
        r"|subjects?(?! (to|line)\b))\b"
    ),
    "es": re.compile(
        r"\b(victim\w*|rescat\w*"
        r"|(?<!en )(?<!en cada )(?<!en ese )(?<!en todo )(?<!en cualquier )casos?"
        r"|sujet[oa]s?(?! a\b))\b"
    ),
}

# The organization chooses this word, so it is written as a placeholder.
SURVIVOR = re.compile(r"\b(survivor\w*|sobrevivient\w*)")
PLACEHOLDER = re.compile(r"\{([Ss]urvivors?)\}")
BRACES = re.compile(r"\{[^{}]*\}?|\}")

# A negated statement cannot be answered with a degree. Saying no to something is no negation.
SAYS_NO = re.compile(
    r"[\"'“‘«]no[.,]?[\"'”’»,]"
    r"|\b(say|says|said|saying) no\b|\b(decir|dice|dicen|digo|diga|digan) (que )?no\b"
)
NEGATES = {
    "en": re.compile(r"\b(no|not|never|nobody|no one|none|nothing|neither|nor|cannot|\w+n['’]t)\b"),
    "es": re.compile(r"\b(no|nunca|nadie|nada|ningun\w*|jamas|tampoco|ni)\b"),
}

# Nobody who answers is made to say who they are or what was done to them. "I choose who knows my past" asks
# about a choice, and is no such thing.
ASKS_HISTORY = {
    "en": re.compile(
        r"^(i am|i['’]m|as) (a |an |one of the )?\{survivors?\}|\bare you (a )?\{survivors?\}"
        r"|\b(tell|describe|share|explain)\b.{0,30}\b(my|your) (past|history|trafficking)\b"
        r"|\bwhat (happened|was done) to (me|you)\b|\bwhen (i was|you were) (traffick\w*|exploit\w*)"
    ),
    "es": re.compile(
        r"^(soy|como) (una |una de las )?\{survivors?\}|\bes usted (una )?\{survivors?\}"
        r"|\b(cuente\w*|describa|comparta|explique)\b.{0,30}\b(mi|su) (pasado|historial)\b"
        r"|\bque (me|le) (paso|hicieron)\b|\bcuando (fui|fue) (trat\w*|explot\w*)"
    ),
}

FIRST_PERSON = {"en": re.compile(r"\b(i|me|my|mine|myself|we|us|our|ours|i['’]\w+|we['’]\w+)\b")}

BRITISH = re.compile(
    r"\b(programmes?|organis\w*|recognis\w*|counsell\w*|judgement\w*|centre[sd]?"
    r"|labour\w*|behaviour\w*|colour\w*|neighbour\w*)\b"
)

# Respectful and aware of gender, with words that can be read aloud.
GENDER_TRICK = re.compile(r"\w@|\b\w+(?<!lin)xs\b|\b(todes|elles|nosotres|amigues|latinx)\b")
INFORMAL = re.compile(r"\b(tu|tus|ti|contigo|vos|vosotr[oa]s|vuestr[oa]s?)\b")


def folded(text: str) -> str:
    """Lower case and without accents, so that "Víctima" is found as "victima"."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def base(language: str) -> str:
    """The language without its region: "es" for "es-MX"."""
    return language.split("-")[0]

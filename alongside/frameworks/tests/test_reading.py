import pytest

from alongside.frameworks.reading import (
    can_measure,
    fernandez_huerta,
    flesch_kincaid,
    hardness,
    sentences,
    syllables,
    words,
)


def test_flesch_kincaid_is_the_published_formula():
    # 6 words, 2 sentences, 7 syllables
    assert flesch_kincaid("I need water. We walk on.") == pytest.approx(0.39 * 6 / 2 + 11.8 * 7 / 6 - 15.59)


def test_fernandez_huerta_is_the_published_formula():
    # 5 words, 1 sentence, 8 syllables
    assert fernandez_huerta("La casa tiene una mesa.") == pytest.approx(206.84 - 60 * 8 / 5 - 1.02 * 5)


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("water", "en", 2),
        ("walk", "en", 1),
        ("day-to-day", "en", 3),
        ("casa", "es", 2),
        ("página", "es-MX", 3),
    ],
)
def test_syllables_are_hyphenation_points_and_one(word, language, count):
    assert syllables(word, language) == count


def test_compound_is_one_word():
    assert words("Our day-to-day work, “yes” or don’t.") == [
        "Our",
        "day-to-day",
        "work",
        "yes",
        "or",
        "don’t",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I choose.", 1),
        ("I choose", 1),
        ("I choose. I go!", 2),
        ("They ask “why?” often.", 2),
        ("", 1),
        ("…", 1),
    ],
)
def test_sentences_end_where_a_reader_stops(text, count):
    assert sentences(text) == count


@pytest.mark.parametrize("text", ["", "...", "—"])
def test_text_without_words_is_not_hard(text):
    assert [hardness(text, "en"), hardness(text, "es")] == [None, None]


def test_hard_english_is_told_with_its_grade():
    assert hardness("Organizational accountability.", "en") == "Flesch-Kincaid grade 50.09, at most 6.0"


def test_hard_spanish_is_told_with_its_ease():
    assert hardness("Institucionalización organizativa.", "es-MX") == (
        "Fernandez-Huerta ease -215.20, at least 70.0"
    )


def test_language_without_a_formula_is_never_hard():
    assert (can_measure("fr"), hardness("Institutionnalisation organisationnelle.", "fr")) == (False, None)

import json
from dataclasses import replace

import pytest

from alongside.frameworks.api import DEFAULT_WORDS, Instrument, fingerprint, instrument, load
from alongside.frameworks.tests.factories import files, write

THRIVERS = {"en": {"survivor": "thriver", "survivors": "thrivers"}}


def reworded(tmp_path, voice: str, words: str):
    """The small framework with other English words in the item M2 of one voice."""
    held = files()
    held["M.yaml"]["practices"][1]["items"][voice]["en"] = words
    return load(write(tmp_path, held))


def prints(made) -> dict:
    return {item.id: item.fingerprint for item in made.items}


def test_voice_is_asked_only_what_it_can_know(tiny):
    asked = {
        voice: [item.id for item in instrument(tiny, voice).items]
        for voice in ("staff", "consultants", "clients")
    }
    every = ["M1", "M2", "G1", "G2"]
    assert asked == {"staff": every, "consultants": every, "clients": ["M2", "G2"]}


def test_page_is_in_the_voice_s_own_words(tiny):
    page = instrument(tiny, "clients").pages[0]
    assert (
        page.domain_id,
        page.title["en"],
        page.note["en"],
        page.comment["en"],
        page.items[0].text["es"],
    ) == (
        "M",
        "How we plan",
        "This page is about our plans. You may skip it.",
        "What should we do next?",
        "Elijo lo que hacemos en M2.",
    )


def test_page_without_a_kinder_heading_has_the_domain_s_title(tiny):
    assert instrument(tiny, "staff").pages[0].title["en"] == "Plans and culture M"


def test_page_that_asks_a_voice_nothing_is_left_out(tmp_path):
    held = files()
    held["M.yaml"]["practices"][1]["voices"] = ["staff", "consultants"]
    del held["M.yaml"]["practices"][1]["items"]["clients"]
    held["M.yaml"]["practices"][1]["not_asked"] = {"clients": {"en": "They cannot.", "es": "No pueden."}}
    made = instrument(load(write(tmp_path, held)), "clients")
    assert [page.domain_id for page in made.pages] == ["G"]


def test_items_are_filled_with_the_organization_s_word(tiny):
    made = instrument(tiny, "staff", "full", THRIVERS)
    assert made.items[0].text["en"] == "We plan work M1 with thrivers."


def test_short_form_asks_two_a_domain_in_their_share_of_the_time(tmp_path):
    held = files()
    for domain in ("M", "G"):
        last = held[f"{domain}.yaml"]["practices"][1]
        text = json.dumps(last).replace(f"{domain}2", f"{domain}3")
        held[f"{domain}.yaml"]["practices"].append(json.loads(text))
    made = instrument(load(write(tmp_path, held)), "staff", "short")
    assert ([item.id for item in made.items], made.minutes) == (["M1", "M2", "G1", "G2"], 4)


def test_full_form_takes_the_minutes_of_the_framework(tiny):
    assert instrument(tiny, "clients").minutes == 3


@pytest.mark.parametrize(("voice", "form"), [("managers", "full"), ("staff", "tiny")])
def test_voice_or_form_that_there_is_not_is_refused(tiny, voice, form):
    with pytest.raises(ValueError, match="no instrument for voice"):
        instrument(tiny, voice, form)


def test_instrument_is_the_same_after_a_round_trip_through_json(tiny):
    made = instrument(tiny, "consultants", "short", DEFAULT_WORDS)
    again = Instrument.from_plain(json.loads(json.dumps(made.to_plain())))
    assert (again, again.to_plain(), again.digest) == (made, made.to_plain(), made.digest)


def test_first_language_stays_first_when_a_store_sorts_its_keys(tmp_path):
    held = files()
    held["framework.yaml"]["languages"] = ["es", "en"]
    made = instrument(load(write(tmp_path, held)), "clients")
    again = Instrument.from_plain(json.loads(json.dumps(made.to_plain(), sort_keys=True)))
    assert (again.items[0].text.in_("fr"), again.scale.in_("fr")[0]) == (
        "Elijo lo que hacemos en M2.",
        "Nunca",
    )


def test_digest_does_not_depend_on_the_order_of_keys(tiny):
    made = instrument(tiny, "clients")
    turned = Instrument.from_plain(json.loads(json.dumps(made.to_plain(), sort_keys=True)))
    assert turned.digest == made.digest


def test_digest_changes_with_anything_that_is_asked(tiny):
    made = instrument(tiny, "clients")
    assert replace(made, minutes=made.minutes + 1).digest != made.digest


def test_fingerprint_stays_when_only_the_organization_s_word_changes(tiny):
    assert prints(instrument(tiny, "staff", "full", THRIVERS)) == prints(instrument(tiny, "staff"))


def test_fingerprint_changes_only_where_the_wording_does(tiny, tmp_path):
    old = prints(instrument(tiny, "clients"))
    new = prints(instrument(reworded(tmp_path, "clients", "I choose my own plan."), "clients"))
    assert [id for id in old if old[id] != new[id]] == ["M2"]


def test_fingerprint_of_a_voice_stays_when_another_voice_s_words_change(tiny, tmp_path):
    other = reworded(tmp_path, "staff", "We plan all work early.")
    assert prints(instrument(other, "clients")) == prints(instrument(tiny, "clients"))


def test_fingerprint_is_the_same_on_every_machine(tiny):
    # sha256 of {"en":"I choose what we do in M2.","es":"Elijo lo que hacemos en M2."}
    assert fingerprint(tiny.practice("M2").items["clients"]) == "238ecea0ab369483"

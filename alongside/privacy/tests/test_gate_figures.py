"""Nothing but the gate makes a figure."""

import copy
import json
import pickle
from dataclasses import FrozenInstanceError, replace
from functools import partial
from hashlib import blake2b

import pytest

from alongside.privacy.gate import (
    Band,
    CellKey,
    Hole,
    NotFromTheGate,
    Released,
    Shown,
    Withheld,
    gap,
    release,
    reread,
    to_plain,
)
from alongside.privacy.tests.gate_tables import UNSURE, of_practices, spread, staff


def mark(text: str, key: bytes = b"a key of the tests") -> str:
    return blake2b(text.encode(), key=key).hexdigest()


@pytest.fixture
def released() -> Released:
    answers = {"M1": [*spread(20), UNSURE], "M2": [3] * 21, "M3": spread(21), "M4": [*spread(20), None]}
    return release(of_practices(**answers), holes=[CellKey("clients", None, "M", "M1")])


@pytest.mark.parametrize(("kind", "fields"), [
    (Band, {"low": 5, "high": 9}),
    (Shown, {"mean": 3.0, "step": 0.1, "level": 3, "n": None, "middle": None, "unsure": None}),
    (Withheld, {"reason": "protects"}),
    (Hole, {"reason": "not_asked"}),
    (Released, {"k": 5, "figures": {}}),
])
def test_figure_made_elsewhere_is_refused(kind, fields):
    with pytest.raises(NotFromTheGate):
        kind(**fields, vouched=object())


def test_figure_made_elsewhere_without_a_word_is_refused():
    with pytest.raises(TypeError):
        Withheld("protects")


def test_figure_can_not_be_subclassed():
    with pytest.raises(NotFromTheGate):
        type("Fake", (Shown,), {})


def test_figure_can_not_be_changed(released):
    with pytest.raises(FrozenInstanceError):
        released[staff()].mean = 5.0


def test_figure_can_not_be_replaced_by_a_changed_copy(released):
    with pytest.raises((ValueError, TypeError)):
        replace(released[staff(practice="M3")], mean=5.0)


def test_figures_of_a_release_can_not_be_exchanged(released):
    with pytest.raises(TypeError):
        released.figures[staff()] = released[staff(practice="M3")]


def test_figure_can_not_be_pickled(released):
    with pytest.raises(NotFromTheGate):
        pickle.dumps(released[staff(practice="M3")])


def test_figure_can_not_be_filled_by_unpickling(released):
    with pytest.raises(NotFromTheGate):
        released[staff(practice="M3")].__setstate__({"mean": 5.0})


def test_copy_of_a_figure_is_the_figure(released):
    figure = released[staff(practice="M3")]
    assert copy.deepcopy(figure) is copy.copy(figure) is figure


def test_release_survives_the_way_through_json(released):
    payload = json.loads(json.dumps(to_plain(released, "cycle 7", mark)))
    assert reread(payload, "cycle 7", mark) == released


def test_release_survives_a_store_that_puts_names_in_another_order(released):
    payload = to_plain(released, "cycle 7", mark)
    turned = dict(reversed(payload.items()))
    turned["figures"] = [[*key, dict(reversed(packed.items()))] for *key, packed in payload["figures"]]
    assert reread(turned, "cycle 7", mark) == released


def test_text_that_is_marked_stays_as_it_is():
    """Else figures that lie in stores would not come back after an update."""
    marked = []
    released = release([], holes=[CellKey("staff", None, "M", None)])
    to_plain(released, "café", lambda text: marked.append(text) or "")
    assert marked == [
        r'{"about":"caf\u00e9","figures":[["staff",null,"M",null,{"hole":"not_asked"}]],"format":1,"k":5}']


def test_plain_form_of_a_withheld_figure_holds_its_reason_alone(released):
    plain = to_plain(released, "cycle 7", mark)
    assert ["staff", None, "M", "M2", {"withheld": "protects"}] in plain["figures"]


def test_plain_form_holds_whole_numbers_only(released):
    assert "." not in json.dumps(to_plain(released, "cycle 7", mark))


def test_payload_with_a_changed_number_is_refused(released):
    payload = json.loads(json.dumps(to_plain(released, "cycle 7", mark)))
    shown = next(packed for *_, packed in payload["figures"] if "mean" in packed)
    shown["mean"] += 1
    with pytest.raises(NotFromTheGate):
        reread(payload, "cycle 7", mark)


@pytest.mark.parametrize("payload", [{}, {"mark": None}, {"mark": "é"}, {"format": 1, "k": 5, "figures": []}])
def test_payload_made_up_elsewhere_is_refused(payload):
    with pytest.raises(NotFromTheGate):
        reread(payload, "cycle 7", mark)


def test_payload_marked_with_another_key_is_refused(released):
    payload = to_plain(released, "cycle 7", partial(mark, key=b"another key"))
    with pytest.raises(NotFromTheGate):
        reread(payload, "cycle 7", mark)


def test_payload_about_another_cycle_is_refused(released):
    payload = to_plain(released, "cycle 6", mark)
    with pytest.raises(NotFromTheGate):
        reread(payload, "cycle 7", mark)


def test_payload_of_another_format_is_refused(monkeypatch, released):
    payload = to_plain(released, "cycle 7", mark)
    monkeypatch.setattr("alongside.privacy.gate.plain.FORMAT", 2)
    with pytest.raises(NotFromTheGate):
        reread(payload, "cycle 7", mark)


def test_gap_is_the_difference_of_two_shown_means():
    levels = [2, 3, 3, 2, 4, 3]
    released = release(of_practices(M1=levels, M2=[level + 1 for level in levels]))
    assert gap(released[staff(practice="M2")], released[staff(practice="M1")]) == 1.0


def test_gap_is_told_in_tenths():
    released = release(of_practices(M1=[3] * 7 + [4] * 3, M2=[2] * 8 + [3] * 2))
    assert gap(released[staff()], released[staff(practice="M2")]) == 1.1


def test_gap_needs_both_figures_shown(released):
    shown, withheld = released[staff(practice="M3")], released[staff(practice="M2")]
    hole = released[CellKey("clients", None, "M", "M1")]
    assert [gap(shown, withheld), gap(withheld, shown), gap(shown, hole)] == [None, None, None]

"""A device that is handed around, and the page that says who sees what."""

import re

import pytest

from alongside.listening.answering.example import example
from alongside.privacy.api import CellKey, RawCell, Shown, Withheld, release

pytestmark = pytest.mark.django_db


def test_shared_device_stays_shared_from_page_to_page(remy):
    remy.open("?m=t")
    for press in ("next", "next", "back"):
        remy.press(press)
        assert (remy.fields["m"], 'id="own"' in remy.text) == ("t", True)


def test_links_of_a_shared_device_stay_shared(remy):
    remy.open("?m=t")
    own = re.findall(rf'href="((?:/q/{remy.address})?\?[^"]*)"', remy.text)
    assert own
    assert all("m=t" in link for link in own)


def test_shared_device_can_send(remy):
    remy.open("?m=t")
    remy.press("next", c="KMPRTW")
    remy.press("2", i0="3")
    assert "m=t" in remy.press("send")
    assert remy.response.status_code == 200


def test_own_device_has_nothing_of_it(remy):
    assert 'id="own"' not in remy.open()
    assert "connect-src" not in remy.response.headers["Content-Security-Policy"]


def test_page_of_a_shared_device_starts_again_without_a_script_too(remy):
    again = f'<noscript><meta http-equiv="refresh" content="600;url=/q/{remy.address}?m=t"></noscript>'
    assert again in remy.open("?m=t")


def test_who_sees_what_is_one_link_away(remy):
    link = re.search(rf'href="(/q/{remy.address}/more[^"]*)"', remy.open())[1]
    assert remy.client.get(link).status_code == 200


def test_example_shows_what_the_page_says(remy):
    remy.response = remy.client.get(f"/q/{remy.address}/more", headers={"accept-encoding": ""})
    text = remy.response.content.decode()
    assert text.count("hidden</td>") == 2


@pytest.mark.parametrize("k", [5, 6, 8, 12])
def test_example_is_what_the_gate_would_do(k):
    told = example(k)
    cells = [_cell(None, told["all_people"], told["all_mean"])]
    cells += [_cell(house.name, house.people, house.mean) for house in told["houses"]]
    released = release(cells, policy=_policy(k))
    shown = [isinstance(released[_key(house.name)], Shown) for house in told["houses"]]
    assert isinstance(released[_key(None)], Shown)
    assert shown == [house.shown for house in told["houses"]]
    assert all(isinstance(released[_key(house.name)], Withheld) for house in told["houses"] if not house.shown)


def _policy(k):
    from alongside.privacy.api import Policy

    return Policy(k_scores=k)


def _key(unit):
    return CellKey("clients", unit, "M", "M1")


def _cell(unit, people, mean):
    return RawCell(_key(unit), people, people, mean, 2.0, 4.0, people // 2, 0)

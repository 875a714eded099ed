"""Hostile input at every address: what is tried (`values`), where (`doors`), and how it is judged (`firing`)."""

from tests.walls.outcome import Outcome, Tell

A_PERSON = "everybody"


def run(trials: int, tell: Tell, seed: int = 1) -> Outcome:
    """Send `trials` pieces of hostile input to an invented organization, as somebody who may do everything, and as
    nobody. Needs an empty database that Django may write to."""
    from django.test import Client

    from alongside.access.api import Role
    from alongside.config.sample.story import make_sample
    from tests.personas import make_member
    from tests.walls.test_crawl import browser, ids_of

    from .doors import doors
    from .firing import fire

    house = make_sample()
    everybody = browser(make_member(house, A_PERSON, *Role))
    everybody.raise_request_exception = False
    return fire([everybody, everybody, Client(raise_request_exception=False)], doors(everybody, ids_of(house)),
                trials, tell, seed)

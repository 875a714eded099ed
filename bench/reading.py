"""What releasing and reading cost, from ten thousand to a million responses."""

import resource
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from alongside.privacy.gate import Earlier, RawCell, people_behind, release
from alongside.privacy.tests.gate_tables import UNSURE, Person, tally

from .house import ROOT, make_rounds

SIZES = (10_000, 100_000, 1_000_000)


def measure(data: Path) -> list[dict]:
    """Rows of the bench table. Each size runs in a process of its own, so that its memory is its own."""
    rows = []
    for size in SIZES:
        done = subprocess.run(
            [sys.executable, "-m", "bench.reading", str(data / f"reading-{size}"), str(size)], cwd=ROOT,
            capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        seconds, mebibytes, page = (float(part) for part in done.stdout.split()[-3:])
        bars = {"value": round(seconds, 2)} | ({"bar": 3.0} if size == 1_000_000 else {})
        rows.append({"what": f"releasing {size:,} responses, s", **bars})
        rows.append({"what": "  a million responses at that pace, s", "value": round(seconds * 1e6 / size, 2)})
        if size == 1_000_000:
            rows.append({"what": "  memory at its highest, MiB", "value": round(mebibytes), "bar": 1024})
        if size == 10_000:
            rows.append({"what": "profile page of 10,000 responses in the server, ms", "value": round(page, 1),
                         "bar": 50})
    rows.append({"what": "the gate beside two earlier cycles (20 units, 48 practices, 3 voices), s",
                 "value": round(gate_seconds(), 2), "bar": 1.0})
    return rows


def gate_seconds() -> float:
    """How long the gate takes for the third cycle of a large organization, for readers inside."""
    domains = {f"D{domain}": [f"D{domain}.{practice}" for practice in range(8)] for domain in range(6)}
    earlier: list[Earlier] = []
    seconds = 0.0
    for year in range(3):
        cells = _large_organization(domains, year)
        began = time.perf_counter()
        released = release(cells, earlier=earlier)
        seconds = time.perf_counter() - began
        earlier.append(Earlier(released, people_behind(cells)))
    return seconds


def _large_organization(domains: dict[str, list[str]], year: int) -> list[RawCell]:
    """The tallies of one year: in each unit about as many people as the year before."""
    units, sizes, chance = [f"u{number}" for number in range(20)], Random(1), Random(year)
    cells = []
    for voice, most in (("staff", 20), ("consultants", 6), ("clients", 12)):
        places = [unit for unit in units for _ in range(sizes.randint(1, most) + chance.choice((-1, 0, 0, 1)))]
        people = [Person(unit, {practice: chance.choice((1, 2, 3, 3, 4, 4, 5, UNSURE, None))
                                for practices in domains.values() for practice in practices}) for unit in places]
        cells += tally(people, domains, units, voice)
    return cells


def _one(data: Path, size: int) -> None:
    from .house import set_up

    set_up(data)
    import numpy as np
    from django.test import Client

    from alongside.access.api import Actor, Role
    from alongside.findings.api import release_cycle
    from alongside.listening import store
    from alongside.listening.models import Round
    from alongside.people.models import Account, Membership

    cycle, rounds = make_rounds(("staff", "consultants", "clients"))
    chance = np.random.default_rng(7)
    for round_, share in zip(rounds, (0.5, 0.2, 0.3), strict=True):
        lines = chance.choice(9, size=(int(size * share), 30), p=[.05, .1, .15, .2, .2, .1, .1, .05, .05])
        store.put_imported(round_, [lines.astype(np.uint8).tobytes()], 30)
        del lines
        store.mix(round_)
    Round.objects.update(state="closed", closed_on=cycle.closes_on)
    account = Account.objects.create_user("ana@example.org", "correct horse battery", name="Ana")
    Membership.objects.create(organization=cycle.organization, account=account, roles=["coordinator"])
    actor = Actor(account.pk, cycle.organization_id, frozenset({Role.COORDINATOR}))
    began = time.perf_counter()
    release_cycle(actor, cycle)
    seconds = time.perf_counter() - began
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, highest, _page_time(Client(), account, cycle) * 1000)


def _page_time(client, account, cycle) -> float:
    """The middle of ten visits to the profile page, in the server, in seconds."""
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    from alongside.people.api import mark_second_step

    session = client.session
    mark_second_step(session, account)
    session.save()
    times = []
    for _ in range(10):
        began = time.perf_counter()
        answer = client.get(f"/cycles/{cycle.pk}/profile", headers={"host": "localhost"})
        times.append(time.perf_counter() - began)
        if answer.status_code != 200:
            raise SystemExit(f"the profile page answered {answer.status_code}")
    return sorted(times)[5]


if __name__ == "__main__":
    _one(Path(sys.argv[1]), int(sys.argv[2]))

"""Run as a process of its own: people answer in a real installation, and an attacker looks at its raw files.

`python -m tests.walls.forensic.play DATA_DIR TRIALS stirred|unstirred` prints how often each way of thinking was right,
as JSON. A trial is one round of six people whose moments and codes are known, and a guess for one of the codes.
"""

import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

PEOPLE, SLIPS, ROUNDS_AT_ONCE = 6, 8, 5
TOLD = 50  # after so many trials it is said how far they are
LENGTHS = (0, 40, 300, 1800)  # of comments, in characters
WORDS = ["the", "house", "night", "door", "they", "asked", "listen", "rules", "phone", "money", "safe", "plan"]


def prepare(data: str) -> None:
    """An empty installation. Django can be used from here on."""
    os.environ.update(DATA_DIR=data, DJANGO_SETTINGS_MODULE="alongside.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


class Play:
    """One organization whose rounds are played in batches."""

    def __init__(self, *, stirred: bool) -> None:
        from alongside.access.api import Role
        from alongside.organizations.api import found_organization
        from tests.personas import make_member

        self.stirred, self.chance = stirred, random.Random(7)
        self.house = found_organization(name="House (invented)", words={}, languages=["en"])
        self.ana = make_member(self.house, "ana", Role.COORDINATOR)
        self.right: Counter[str] = Counter()

    def batch(self, trials: int) -> None:
        """So many rounds beside one another; then the files are read, before and after closing."""
        from alongside.listening import writes
        from alongside.listening.answering.sheets import forget_sheets

        forget_sheets()
        people = {round_: self._people(round_) for round_ in self.rounds(trials)}
        self._send(people)
        asked = {round_: self.chance.randrange(PEOPLE) for round_ in people}
        evidence = self._copied(people)
        for round_, sent in people.items():
            self._try_open(evidence, round_, sent, asked[round_])
        if not self.stirred:
            return
        for round_ in people:
            writes.close_round(self.ana, round_)
        evidence = self._copied(people)
        for round_, sent in people.items():
            self._try_closed(evidence, round_, sent, asked[round_])

    def rounds(self, trials: int) -> Iterator:
        from alongside.listening.tests.factories import make_cycle, make_open_round

        return (make_open_round(make_cycle(self.house)) for _ in range(trials))

    def _people(self, round_) -> list[tuple[str, str]]:
        """(code, letters) of each, in the order in which they will send."""
        from alongside.listening import store, writes

        slips = writes.make_codes(self.ana, round_, SLIPS)
        width = store.width_of(round_)
        letters = set()
        while len(letters) < PEOPLE:
            letters.add("".join(self.chance.choices("12345knp-", k=width)))
        return list(zip(self.chance.sample(slips, PEOPLE), self.chance.sample(sorted(letters), PEOPLE), strict=True))

    def _send(self, people: dict) -> None:
        """All rounds at once, one person here, one there. The worker comes by in the midst, and at the end."""
        steps = [round_ for round_ in people for _ in range(PEOPLE)]
        self.chance.shuffle(steps)
        waiting = {round_: iter(sent) for round_, sent in people.items()}
        for number, round_ in enumerate(steps):
            self._send_one(round_, *next(waiting[round_]))
            if number in (len(steps) // 3, len(steps) - 1):
                self._worker_comes_by()

    def _send_one(self, round_, code: str, letters: str) -> None:
        from alongside.listening.answering.sheets import sheet_at
        from alongside.listening.answering.submission import send
        from alongside.listening.answering.walk import Walk

        said = " ".join(self.chance.choices(WORDS, k=400))[:self.chance.choice(LENGTHS)]
        send(sheet_at(round_.address), Walk(7, "en", code, letters, {1: f"{letters} {said}"}))

    def _worker_comes_by(self) -> None:
        from alongside.config.duties import DUTIES

        (stir,) = (duty for duty in DUTIES if duty.name == "stir answers that wait")
        if self.stirred:
            stir.do(datetime.now(UTC))

    def _copied(self, rounds):
        """The raw files and the keys, as they are at this moment."""
        from django.db import connection

        from alongside.privacy import holding

        from . import postgres_files, sqlite_files

        rounds = [round_.pk for round_ in rounds]
        if connection.vendor == "sqlite":
            with tempfile.TemporaryDirectory() as folder:
                source, copy = Path(connection.settings_dict["NAME"]), Path(folder) / "copy.sqlite3"
                for end in ("", "-wal", "-shm"):
                    shutil.copy(f"{source}{end}", f"{copy}{end}")
                evidence = sqlite_files.read(copy)
        else:
            import psycopg

            # Who reads raw files is no user of the program: "keeper" is the superuser of deploy/with-postgres.sh.
            facts = connection.get_connection_params() | {
                "user": "keeper", "cursor_factory": psycopg.Cursor, "autocommit": True}
            with psycopg.connect(**facts) as superuser, superuser.cursor() as cursor:
                evidence = postgres_files.read(cursor, rounds)
        evidence.owner = self.house.pk
        evidence.keys = {(key.round_id, key.number): holding._unwrapped(key.round_id, key.number)
                         for key in holding._files() if not key.prepared}
        return evidence

    def _known(self, round_, sent: list[tuple[str, str]], asked: int):
        from alongside.listening.writes import _hash_of

        from .attacker import Known

        return Known(round_.pk, [_hash_of(round_, code) for code, _ in sent], asked)

    def _try_open(self, evidence, round_, sent: list[tuple[str, str]], asked: int) -> None:
        from .attacker import Attacker

        attacker = Attacker(evidence, self._known(round_, sent, asked), self.chance)
        if len(attacker.answers) != PEOPLE:
            raise SystemExit("the attacker can't read the answers, and so tests nothing")
        self._count(attacker.guesses(), sent[asked][1])

    def _try_closed(self, evidence, round_, sent: list[tuple[str, str]], asked: int) -> None:
        from alongside.listening import store
        from alongside.listening.models import Comment
        from alongside.listening.packing import LETTERS

        from .attacker import guesses_after_closing

        raw = store.raw_answers(round_)
        lines = [raw.block[at:at + raw.width] for at in range(0, len(raw.block), raw.width)]
        by_id = {row: words.split(" ")[0] for row, _domain, words in store.raw_comments(round_)}
        rest = {
            "lines of the block": ["".join(LETTERS[value] for value in line) for line in lines],
            "ids of comments": [by_id[row] for row in sorted(by_id)],
            "rows of comments": [by_id[row.pk] for row in Comment.objects.filter(round=round_)],
        }
        known = self._known(round_, sent, asked)
        self._count(guesses_after_closing(evidence, known, rest, self.chance), sent[asked][1])

    def _count(self, guesses: dict[str, str], truth: str) -> None:
        self.right.update({way: int(guess == truth) for way, guess in guesses.items()})


def main(data: str, trials: int, how: str) -> None:
    """Play until there are so many trials."""
    prepare(data)
    play = Play(stirred=how == "stirred")
    for done in range(0, trials, ROUNDS_AT_ONCE):
        play.batch(min(ROUNDS_AT_ONCE, trials - done))
        if done % TOLD == 0:
            print(f"tried {done} of {trials} codes", flush=True)
    print(json.dumps(play.right))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])

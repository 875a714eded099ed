"""One table: how often something secret was tried."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_noop as _

from alongside.kernel.api import Held


class Tries(models.Model):
    """How often one secret was tried for one account or thing, while a stretch of minutes lasts."""

    held = Held(
        title=_("Counts of wrong tries"),
        because=_("so that nobody guesses a password, a code or a link; counted by account, never by network address"),
        at_most=_("a day after the minutes for which it counts"), names_a_person=False, days=1,
        counted_from="until__date",
    )

    # A keyed hash of what was tried and for whom: the table alone says neither.
    key: "models.CharField[str, str]" = models.CharField(max_length=64, primary_key=True)
    count: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField(default=0)
    until: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()

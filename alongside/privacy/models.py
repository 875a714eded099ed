"""Keys of organizations, wrapped by the installation's master key, which is never in the database."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from alongside.kernel.api import Held


class SealingKey(models.Model):
    """One data key of one organization, wrapped. The newest seals; older ones only open, until nothing needs them."""

    held = Held(
        title=_("Keys that open what is sealed"),
        because=_("opens what the organization sealed"), names_a_person=False,
        at_most=_("until nothing is sealed with it, or the organization is deleted"),
    )

    organization_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "number"], name="a_key_number_is_used_once"),
        ]

    @property
    def bound(self) -> str:
        """What the key is wrapped for: it opens under no other organization and no other number."""
        return f"{self.organization_id}|{self.number}"

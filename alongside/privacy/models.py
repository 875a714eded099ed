"""Keys of organizations, wrapped by the installation's master key, which is never in the database."""

from django.db import models

from alongside.kernel.api import Held


class SealingKey(models.Model):
    """One data key of one organization, wrapped. The newest seals; older ones only open."""

    held = Held(
        because="opens what the organization sealed", names_a_person=False,
        at_most="until the organization is deleted",
    )

    organization_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "number"], name="a_key_number_is_used_once"),
        ]

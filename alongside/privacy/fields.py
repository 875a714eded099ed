"""Fields that keep sealed what was written in them: in the database stands noise, on the attribute stands the text.

The text appears when somebody reads the attribute of a row that knows its organization and its id; never in a query.
So the table can't be searched or sorted by it: sort the opened rows in Python. The fields themselves are the
register of what is sealed (`rotation` walks them), so that a new column can't be forgotten.
"""

import json
from collections.abc import Callable
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute

from .keys import INSTALLATION, CannotOpen
from .sealing import fingerprint, seal, seal_for_lookup, unseal, unseal_looked_up


class Sealed:
    """Sealed bytes on their way between the database and a row. Knows no text, and refuses to pass as one."""

    __slots__ = ("raw",)

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return "<sealed>"

    def __str__(self) -> str:
        raise FieldError("This value is sealed. Read it as an attribute of its row, not with values().")


class _SealedCol(Col):
    """A sealed column in a query. It can be read and asked whether it is empty; nothing else makes sense."""

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        raise _no_search(self.target, "ordered by")


class _Empty(IsNull):
    """`isnull` works: an empty column is not sealed."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        super().__init__(Col(lhs.alias, lhs.target) if isinstance(lhs, _SealedCol) else lhs, rhs)


class _Opening(DeferredAttribute):
    """The attribute: opens the seal at the first reading and keeps the text with the row."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        found = super().__get__(instance, cls)
        if isinstance(found, Sealed):
            field: Any = self.field
            found = instance.__dict__[field.attname] = field.open(instance, found.raw)
        return found

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedByHand(models.BinaryField):  # type: ignore[type-arg]
    """A column of sealed bytes that its room seals and opens itself, with `place` and the row's id.

    `owner` leads from the row to the id of the organization whose key seals it, as a query writes it
    ("round__organization_id"); None: the installation's key.
    """

    def __init__(self, *args: Any, owner: str | None = "organization_id", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner

    @property
    def place(self) -> str:
        """What the seal is bound to: "table.column"."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(value.raw if isinstance(value, Sealed) else value, connection, prepared)

    def owner_of(self, instance: models.Model) -> UUID:
        """The organization whose key seals this row."""
        if self.owner is None:
            return INSTALLATION
        found: UUID = attrgetter(self.owner.replace("__", "."))(instance)
        return found


class SealedField(SealedByHand):
    """Base of the fields that seal and open by themselves."""

    descriptor_class = _Opening
    to_bytes: Callable[[Any], bytes]
    from_bytes: Callable[[bytes], Any]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Still sealed: the row that it belongs to is not known here."""
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Sealed for this row, each time anew: what was read long ago must not outlive its key."""
        value = getattr(model_instance, self.attname)
        if value is None or hasattr(value, "resolve_expression"):
            return value  # an expression is refused below
        return Sealed(seal(self.owner_of(model_instance), self.place, model_instance.pk, self.to_bytes(value)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise self._no_update()
        return super().get_db_prep_value(value, connection, prepared)

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> Any:
        if hasattr(value, "as_sql"):  # an expression would be written as it is
            raise self._no_update()
        return super().get_placeholder(value, compiler, connection)

    def open(self, instance: models.Model, raw: bytes) -> Any:
        """What was written. Raises `CannotOpen`; also where the row was deleted before it was read."""
        if instance.pk is None:
            raise CannotOpen("its row is gone: read it before the row is deleted")
        return self.from_bytes(unseal(self.owner_of(instance), self.place, instance.pk, raw))

    def get_default(self) -> Any:
        return models.Field.get_default(self)  # '' and not b''

    def get_col(self, alias: str, output_field: Any = None) -> Any:
        return _SealedCol(alias, self, output_field)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return _Empty
        raise _no_search(self, "filtered by")

    def get_transform(self, lookup_name: str) -> Any:
        raise _no_search(self, "filtered by")

    def value_to_string(self, obj: Any) -> str:
        raise FieldError(f"{self.place} is sealed and is not written to a file.")

    def _no_update(self) -> FieldError:
        return FieldError(f"{self.place} is sealed: set it on the row and save the row, don't use update().")


class SealedBytesField(SealedField):
    """Bytes, sealed as they are."""

    def to_bytes(self, value: bytes) -> bytes:
        return bytes(value)

    def from_bytes(self, plain: bytes) -> bytes:
        return plain


class SealedTextField(SealedField):
    """Text, sealed. '' stays '', None stays None (and is the one thing that shows)."""

    def to_bytes(self, value: str) -> bytes:
        return str(value).encode()

    def from_bytes(self, plain: bytes) -> str:
        return plain.decode()


class SealedJSONField(SealedField):
    """What JSON can hold, sealed as a whole. What is changed inside it is kept when the row is saved."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain)


class LookupSealedField(models.TextField):  # type: ignore[type-arg]
    """Text sealed so that it can be looked up whole and kept unique (see `seal_for_lookup`), in small letters.

    Kept as hexadecimal digits: libraries that take it for a text (allauth makes it small) do no harm.
    """

    @property
    def place(self) -> str:
        """What the seal is bound to: "table.column"."""
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal_looked_up(self.place, bytes.fromhex(value))

    def to_python(self, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else seal_for_lookup(self.place, str(value).lower()).hex()

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in ("exact", "in", "isnull"):
            return super().get_lookup(lookup_name)
        raise _no_search(self, f"looked up with {lookup_name}; only whole: it can't be")


class FingerprintField(models.CharField):  # type: ignore[type-arg]
    """A keyed hash of the sealed field `of`, within its organization: what keeps two rows from saying the same."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 64, "editable": False} | kwargs)
        self.of = of

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: Any, add: bool) -> str:
        whose = model_instance._meta.get_field(self.of)
        said = getattr(model_instance, self.of)
        found = fingerprint(whose.place, f"{whose.owner_of(model_instance)}|{said}")
        setattr(model_instance, self.attname, found)
        return found


def _no_search(field: Any, how: str) -> FieldError:
    return FieldError(
        f"{field.model._meta.label}.{field.name} is sealed and can't be {how} in the database. "
        "Read the rows and look at the attribute in Python.")

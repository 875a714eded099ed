"""Whether a file has the shape that its JSON Schema asks for, told in words and with a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from alongside.frameworks.rules.sources import FRAMEWORK_FILE, Document
from alongside.frameworks.shapes import Problem

SHARED = "texts.schema.json"

KINDS = {"object": "a mapping", "array": "a list", "string": "text", "integer": "a whole number"}

# A keyword of JSON Schema -> our rule, and how to say it; `wanted` is what the schema asks for.
TOLD = {
    "type": ("wrong-type", lambda wanted, got: f"this should be {KINDS[wanted]}, and it is {_kind(got)}"),
    "minItems": ("wrong-count", lambda wanted, got: f"at least {wanted} here, and there are {len(got)}"),
    "maxItems": ("wrong-count", lambda wanted, got: f"at most {wanted} here, and there are {len(got)}"),
    "minProperties": ("wrong-count", lambda wanted, got: "nothing is said here"),
    "uniqueItems": ("said-twice", lambda wanted, got: "the same thing is in this list twice"),
    "enum": ("value-unknown", lambda wanted, got: f"{_shown(got)} is none of {', '.join(wanted)}"),
    "pattern": ("wrong-form", lambda wanted, got: f"{_shown(got)} does not have the form {wanted}"),
    "minLength": ("text-empty", lambda wanted, got: "this text is empty"),
    "maxLength": ("text-too-long", lambda wanted, got: f"{len(got)} characters, at most {wanted}"),
    "minimum": ("number-out-of-range", lambda wanted, got: f"{got} is less than {wanted}"),
    "maximum": ("number-out-of-range", lambda wanted, got: f"{got} is more than {wanted}"),
}


def misshapen(document: Document) -> Iterator[Problem]:
    """Every place where a file differs from its schema; nothing for a file that could not be read at all."""
    if document.root is None and not document.lines:
        return
    schema = "framework" if document.file == FRAMEWORK_FILE else "domain"
    for error in _validator(schema).iter_errors(document.root):
        yield from _told(document, error)


def _told(document: Document, error: ValidationError) -> Iterator[Problem]:
    path = tuple(error.absolute_path)
    where = " ".join(str(step) for step in path if isinstance(step, str)) or "this file"
    if error.validator == "additionalProperties":
        for key in _unknown_keys(error):
            yield document.problem((*path, key), "unknown-key", f"{key[:60]!r} is no key of {where}")
    elif error.validator == "required":
        for key in error.validator_value:
            if key not in error.instance:
                yield document.problem(path, "key-missing", f"{key!r} is missing in {where}")
    else:
        rule, tell = TOLD[str(error.validator)]
        message = tell(error.validator_value, error.instance)
        yield document.problem(path, rule, f"{message} ({where})")


def _unknown_keys(error: ValidationError) -> Iterator[str]:
    known, patterns = error.schema.get("properties", {}), error.schema.get("patternProperties", {})
    for key in error.instance:
        if key not in known and not any(re.search(pattern, key) for pattern in patterns):
            yield key


def _kind(value: object) -> str:
    kinds = {dict: "a mapping", list: "a list", str: "text", int: "a whole number"}
    return kinds.get(type(value), "empty")


def _shown(value: object) -> str:
    return repr(value)[:60]


@cache
def _validator(name: str) -> Draft202012Validator:
    shared = Resource.from_contents(_schema(SHARED))
    registry = Registry().with_resource(SHARED, shared)
    validator = extend(Draft202012Validator, {"uniqueItems": _unique_texts})
    return validator(_schema(f"{name}.schema.json"), registry=registry)


def _unique_texts(_: object, wanted: bool, got: object, __: object) -> Iterator[ValidationError]:
    """Looks at texts alone: all our lists are of texts, and comparing anything else takes time squared."""
    texts = [one for one in got if isinstance(one, str)] if wanted and isinstance(got, list) else []
    if len(set(texts)) < len(texts):
        yield ValidationError("not unique")


def _schema(file: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(
        (resources.files("alongside.frameworks") / "schema" / file).read_text("utf-8")
    )
    return schema

from alongside.access.api import GRANTS, WHAT_FOR, Permission
from alongside.config import documents


def test_data_map_is_what_the_code_says():
    assert documents.DATA_MAP.read_text(encoding="utf-8") == documents.data_map(), "run: make docs"


def test_permissions_are_what_the_code_says():
    assert documents.PERMISSIONS.read_text(encoding="utf-8") == documents.permissions(), "run: make docs"


def test_every_permission_has_words_and_is_granted_to_somebody():
    assert set(WHAT_FOR) == set(Permission) == frozenset().union(*GRANTS.values())


def test_data_map_explains_every_table_once():
    rows = [line for line in documents.data_map().splitlines() if line.startswith("| `")]
    assert len({row.split("|")[1] for row in rows}) == len(rows)

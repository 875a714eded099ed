from alongside.config import documents


def test_data_map_is_what_the_code_says():
    assert documents.DATA_MAP.read_text(encoding="utf-8") == documents.data_map(), "run: make docs"


def test_data_map_explains_every_table_once():
    rows = [line for line in documents.data_map().splitlines() if line.startswith("| `")]
    assert len({row.split("|")[1] for row in rows}) == len(rows)

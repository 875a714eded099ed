import pytest

from alongside.config import running


def test_servers_share_the_data_folder(tmp_path):
    first, second = running.hold(tmp_path), running.hold(tmp_path)
    assert first != second


def test_restore_waits_for_nobody(tmp_path):
    running.hold(tmp_path)
    with pytest.raises(BlockingIOError):
        running.hold_alone(tmp_path)


def test_server_does_not_start_into_a_restore(tmp_path):
    running.hold_alone(tmp_path)
    with pytest.raises(BlockingIOError):
        running.hold(tmp_path)


def test_folder_is_free_when_all_have_let_go(tmp_path):
    running.let_go(running.hold(tmp_path))
    assert running.hold_alone(tmp_path) > 0

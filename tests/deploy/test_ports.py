"""Does a server keep its port, and give way only to a stranger?"""

from __future__ import annotations

import socket

from deploy.local import ports


def test_the_port_is_kept_between_starts(tmp_path):
    assert ports.kept(tmp_path / "port") == ports.kept(tmp_path / "port")


def test_a_port_with_a_stranger_on_it_is_given_up(tmp_path):
    first = ports.kept(tmp_path / "port")
    with socket.create_server(("127.0.0.1", first)):
        second = ports.kept(tmp_path / "port", patience=0.1)
    assert second != first and ports.kept(tmp_path / "port") == second


def test_a_damaged_port_file_is_no_obstacle(tmp_path):
    (tmp_path / "port").write_text("")
    assert ports.is_free(ports.kept(tmp_path / "port"))


def test_no_port_is_chosen_that_an_outgoing_connection_could_take():
    assert all(ports.choose() not in ports.outgoing() for _ in range(50))

"""Unit tests reach no network: a socket that is opened fails the test. Unix sockets (PostgreSQL's, for one) are let through."""

import pytest
from pytest_socket import disable_socket


@pytest.fixture(autouse=True)
def _no_network(socket_enabled: None) -> None:
    disable_socket(allow_unix_socket=True)

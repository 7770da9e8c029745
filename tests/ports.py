"""A port that nobody listens on, for a server of a test."""

import socket


def free_port() -> int:
    """Free when it was asked for."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port

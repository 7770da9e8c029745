"""Nobody else on the machine can connect, and the password is nowhere but in its file."""

import subprocess
from dataclasses import replace

import psycopg
import pytest

CONNECTS = """
import sys, psycopg
try:
    psycopg.connect(host=sys.stdin.readline().strip(), port=5432, user="recalldesk",
                    password=sys.stdin.readline().strip(), dbname="recalldesk")
except psycopg.OperationalError as error:
    print(str(error).replace("\\n", " "))
else:
    print("connected")
"""


def test_another_user_cannot_connect_even_with_the_password(server, program, stranger):
    connection = server().start()
    other = program(CONNECTS, account=stranger)
    other.running.stdin.write(f"{connection.host}\n{connection.password}\n")
    other.running.stdin.flush()
    assert "Permission denied" in other.line()


@pytest.mark.parametrize("password", ["wrong", ""])
def test_nobody_connects_without_the_password(server, ask, password):
    connection = server().start()
    for database in ("recalldesk", "postgres", "template1"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            ask(replace(connection, password=password, database=database), "select 1")


def test_no_network_port_is_open(server, ask):
    connection = server().start()
    assert ask(connection, "select current_setting('listen_addresses')") == [("",)]


def test_every_way_in_asks_for_the_password(server, place):
    server().start()
    lines = (place / "db" / "cluster" / "pg_hba.conf").read_text().split("\n")
    rules = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    assert rules
    assert {rule[-1] for rule in rules} == {"scram-sha-256"}


def test_the_password_is_on_no_command_line_and_in_no_log(server, place, monkeypatch):
    started: list[str] = []
    begin = subprocess.Popen.__init__

    def watch(self, command, *arguments, **options):
        started.append(repr(command) + repr(options.get("env")))
        begin(self, command, *arguments, **options)

    monkeypatch.setattr(subprocess.Popen, "__init__", watch)
    embedded = server(place / "new")
    password = embedded.start().password
    embedded.stop_if_last()
    (place / "new" / "password").unlink()
    second = embedded.start().password
    log = (place / "new" / "server.log").read_text()
    assert any("initdb" in each for each in started)
    assert any("--single" in each for each in started)
    for secret in (password, second):
        assert all(secret not in each for each in started)
        assert secret not in log
        assert secret not in repr(embedded.connection())


def test_what_people_wrote_does_not_reach_the_log(server, place, ask):
    connection = server().start()
    ask(connection, "create table people (mail text primary key)")
    ask(connection, "insert into people values ('owner@example.org')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        ask(connection, "insert into people values ('owner@example.org')")
    log = (place / "db" / "server.log").read_text()
    assert "duplicate key" in log
    assert "owner@example.org" not in log

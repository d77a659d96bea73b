"""Which databases and roles are there, and who may enter which?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

SERVICES = ("police_intake", "referral_router", "health_narcology", "social_registry", "situation_monitor")


def answers(dsn: str) -> bool:
    """Does the server let us in by now?"""
    import psycopg2

    try:
        psycopg2.connect(dsn, connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


@contextmanager
def superuser(dsn: str) -> Iterator:
    """A cursor outside any transaction: databases cannot be made inside one."""
    import psycopg2

    connection = psycopg2.connect(dsn, connect_timeout=10)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def create(admin_dsn: str, passwords: Mapping[str, str]) -> None:
    """For each name a role, and a database of the same name that nobody else may enter."""
    with superuser(admin_dsn) as cursor:
        for name, secret in passwords.items():
            _create_role(cursor, name, secret)
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            if not cursor.fetchone():
                cursor.execute(f'CREATE DATABASE "{name}" OWNER "{name}"')
            # Also after a crash between the two: revoking twice harms nobody.
            cursor.execute(f'REVOKE CONNECT, TEMPORARY ON DATABASE "{name}" FROM PUBLIC')


def _create_role(cursor, name: str, secret: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,))
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    cursor.execute(f'{verb} ROLE "{name}" LOGIN PASSWORD %s', (secret,))


def drop(admin_dsn: str, name: str) -> None:
    with superuser(admin_dsn) as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'DROP ROLE IF EXISTS "{name}"')

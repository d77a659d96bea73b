"""Which databases and roles are there, and who may enter which?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

SERVICES = ("police_intake", "referral_router", "health_narcology", "social_registry", "situation_monitor")
# Beside the role that owns a database: what pages read through, and what copies and checks all of it.
BESIDE = ("desk", "admin")
Passwords = Mapping[str, Mapping[str, str]]  # database → (role of it → password); "" is the owner


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


def create(admin_dsn: str, passwords: Passwords) -> None:
    """For each name a database that its own three roles may enter and nobody else: owner, desk, admin.

    The desk is given what it may read by the service itself, at its start; the admin reads everything, behind no wall.
    """
    with superuser(admin_dsn) as cursor:
        for name, secrets in passwords.items():
            for role, secret in secrets.items():
                _create_role(cursor, f"{name}_{role}" if role else name, secret)
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            if not cursor.fetchone():
                cursor.execute(f'CREATE DATABASE "{name}" OWNER "{name}"')
            # Also after a crash between the two: revoking twice harms nobody.
            cursor.execute(f'REVOKE CONNECT, TEMPORARY ON DATABASE "{name}" FROM PUBLIC')
            cursor.execute(f'GRANT CONNECT ON DATABASE "{name}" TO "{name}_desk", "{name}_admin"')
            cursor.execute(f'ALTER ROLE "{name}_admin" BYPASSRLS; GRANT pg_read_all_data TO "{name}_admin"')


def _create_role(cursor, name: str, secret: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,))
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    cursor.execute(f'{verb} ROLE "{name}" LOGIN PASSWORD %s', (secret,))


def drop(admin_dsn: str, name: str) -> None:
    with superuser(admin_dsn) as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        for role in (name, *(f"{name}_{beside}" for beside in BESIDE)):
            cursor.execute(f'DROP ROLE IF EXISTS "{role}"')

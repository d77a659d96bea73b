"""Which rows may who is asking see at all? Row-level security under the pages, read from each service's wall.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plumbing import actors
from plumbing.identity import is_id
from plumbing.kafka_access import MissingSetting

if TYPE_CHECKING:
    from plumbing.postgres import Database, Transaction

COMMON = Path(__file__).parent / "wall.toml"
SCOPES = ("all", "country", "region", "station", "facility", "audit")
EVERYTHING = ("all", "country")
_LOCK = 0x77616C6C
_WORDS = {"scope": "(SELECT wall_scope())", **{name: f"(SELECT wall_of('{name}'))" for name in SCOPES[2:5]}}


@dataclass(frozen=True)
class Walled:
    """One table with a wall: which rows each scope sees, or that a row is seen with the row of `through` it belongs to.

    scopes: those that see every row
    forced: the wall stands before the table's owner too, once the owner asks for somebody
    object: the column that names what can be acted on; empty if nobody acts on these rows
    latest: where several rows have one such name, the column whose highest value says which of them counts
    """

    table: str
    sees: Mapping[str, str] = field(default_factory=dict)
    through: str = ""
    on: str = ""
    scopes: Sequence[str] = EVERYTHING
    forced: bool = True
    object: str = ""
    latest: str = ""

    def pages(self) -> str:
        """The condition under which a page sees a row."""
        everything = f"{{scope}} IN ({_quoted(self.scopes)})"
        seen = [f"{{scope}} = '{scope}' AND ({when})" for scope, when in self.sees.items()]
        together = [f"EXISTS (SELECT 1 FROM {self.through} WHERE {self.on})"] if self.through else []
        return " OR ".join([everything, *seen, *together]).format(**_WORDS)

    def sql(self) -> str:
        """As it stands in the migration; `at_work` comes first in the alphabet, and so is asked first."""
        force = f"ALTER TABLE {self.table} FORCE ROW LEVEL SECURITY;\n" if self.forced else ""
        return (
            f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY;\n{force}"
            f"CREATE POLICY at_work ON {self.table} TO CURRENT_USER USING ({AT_WORK});\n"
            f"CREATE POLICY pages ON {self.table} FOR SELECT USING ({self.pages()});\n"
        )


# The owner, at the service's own work: nobody is asking.
AT_WORK = "(SELECT coalesce(current_setting('qorgan.role', true), '')) = ''"


@dataclass(frozen=True)
class Wall:
    """What wall.toml of plumbing and of one service say together."""

    roles: Mapping[str, str]
    walled: Sequence[Walled]
    open: Mapping[str, str]  # table → its columns that pages may read; empty for all

    @property
    def tables(self) -> dict[str, str]:
        """Every table that pages may read → its columns, empty for all."""
        return {**dict.fromkeys((one.table for one in self.walled), ""), **self.open}


def read(service_folder: Path) -> Wall:
    files = [path for path in (COMMON, service_folder / "wall.toml") if path.exists()]
    told = [tomllib.loads(path.read_text("utf-8")) for path in files]
    roles = {role: scope for one in told for role, scope in one.get("roles", {}).items()}
    strange = sorted(set(roles.values()) - set(SCOPES))
    if strange:
        raise ValueError(f"wall.toml of {service_folder.name}: {strange[0]} is no scope: say one of {', '.join(SCOPES)}")
    walled = [_walled(entry) for one in told for entry in one.get("walled", ())]
    return Wall(roles, walled, {table: columns for one in told for table, columns in one.get("open", {}).items()})


def _walled(entry: dict[str, Any]) -> Walled:
    sees = {name: entry[name] for name in SCOPES if name in entry}
    return Walled(**{name: value for name, value in entry.items() if name not in SCOPES}, sees=sees)


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def asking() -> tuple[str, Sequence[str]]:
    """How a page begins a transaction: it can only read, and the database knows for whom until it ends."""
    actor = actors.current.get()
    known = (actor.role, actor.region, actor.station, actor.facility) if actor else ("", "", "", "")
    settings = ", ".join(f"set_config('qorgan.{name}', %s, true)" for name in ("role", "region", "station", "facility"))
    return f"BEGIN READ ONLY; SELECT {settings}", known


def apply(tx: Transaction, wall: Wall, desk: str) -> None:
    """Give the role of the pages what wall.toml says, and no more; without such a role only the scopes are kept."""
    tx.run("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    tx.run("DELETE FROM wall_roles WHERE NOT (role, scope) IN (SELECT * FROM unnest(%s::text[], %s::text[]))",
           (list(wall.roles), list(wall.roles.values())))
    tx.insert("INSERT INTO wall_roles (role, scope) VALUES %s ON CONFLICT DO NOTHING", list(wall.roles.items()))
    if desk:
        _checked(tx, desk)
        tx.run("; ".join(grants(tx, wall, '"' + desk.replace('"', '""') + '"')))


def narrow(tx: Transaction, desk: str) -> None:
    """Let only the pages' role be asked about the pages' policy, so that the owner's work is planned without it.

    Without such a role everybody is asked, the owner too. What stands so already is left alone: a change locks the table.
    """
    role = f'"{desk}"' if desk else "PUBLIC"
    asked = "SELECT schemaname, tablename FROM pg_policies WHERE policyname = 'pages' AND roles <> %s::name[] ORDER BY 1, 2"
    for schema, table in tx.rows(asked, ([desk or "public"],)):
        tx.run(f"ALTER POLICY pages ON {schema}.{table} TO {role}")


def _checked(tx: Transaction, desk: str) -> None:
    asked = "rolname = current_user, rolsuper OR rolbypassrls, pg_has_role(rolname, current_user, 'MEMBER'), current_user"
    found = tx.rows(f"SELECT {asked} FROM pg_roles WHERE rolname = %s", (desk,))
    if not found:
        raise MissingSetting(f"the role {desk} of QORGAN_DSN_…_DESK is not there: CREATE ROLE {desk} LOGIN PASSWORD '…'.")
    if found[0][0]:
        raise MissingSetting(f"QORGAN_DSN_…_DESK names {desk}, the service's own role: give pages another, or unset it.")
    if found[0][1]:
        raise MissingSetting(f"no wall holds {desk} of QORGAN_DSN_…_DESK: ALTER ROLE {desk} NOSUPERUSER NOBYPASSRLS.")
    if found[0][2]:
        raise MissingSetting(f"{desk} of QORGAN_DSN_…_DESK may act as the service itself: REVOKE {found[0][3]} FROM {desk}.")


def grants(tx: Transaction, wall: Wall, desk: str) -> list[str]:
    schemas = [name for (name,) in tx.rows("SELECT nspname FROM pg_namespace WHERE nspname IN ('public', 'keys', 'vault')")]
    taken = [f"REVOKE ALL ON ALL TABLES IN SCHEMA {name} FROM {desk}" for name in schemas]
    read = sorted({table.split(".")[0] for table in wall.tables if "." in table})
    given = [f"GRANT USAGE ON SCHEMA {name} TO {desk}" for name in read]
    columns = {table: f" ({columns})" if columns else "" for table, columns in wall.tables.items()}
    return [*taken, *given, *(f"GRANT SELECT{some} ON {table} TO {desk}" for table, some in columns.items())]


def hides(question: str, databases: tuple[Database, Database], told: Iterable[Any]) -> bool:
    """Is any of what was told an id of something that is there, and that who is asking may not see as it stands now?

    question: as named() gives it; databases: the pages' and the owner's
    """
    ids = {value for value in told if isinstance(value, str) and is_id(value)}
    if not ids or not question or actors.current.get() in (None, actors.ANYONE):
        return False
    eyes, owner = databases
    seen, there = _there(eyes, question, ids), _there(owner, question, ids)
    return not {name for name, _, _ in there} <= {name for name, _, _ in seen & there}


def _there(database: Database, question: str, ids: Iterable[str]) -> set[tuple[Any, ...]]:
    with database.transaction() as tx:
        return set(tx.rows(question, {"ids": sorted(ids)}))


def named(wall: Wall) -> str:
    """A query that gives which of some ids (%(ids)s) are there, in which table, and which row counts, for whoever asks."""
    return " UNION ".join(
        f"SELECT {one.object}, '{one.table}', {f'max({one.latest})' if one.latest else 0} FROM {one.table}"
        f" WHERE {one.object} = ANY(%(ids)s) GROUP BY {one.object}" for one in wall.walled if one.object
    )

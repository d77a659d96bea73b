"""How does schemas/topics.toml look as a table? `python -m tests.schemas.catalogue_table` writes it into the README."""

from __future__ import annotations

import re

from tests.schemas import reading

README = reading.SCHEMAS / "README.md"
HEAD = "| Topic | Owner | Key | Partitions | Events | Readers | Retention |\n|---|---|---|---|---|---|---|\n"


def table() -> str:
    return HEAD + "".join(_line(name, topic) for name, topic in reading.toml("topics.toml")["topics"].items())


def _line(name: str, topic: dict) -> str:
    events = ", ".join(event.split(".")[1] for event in topic["events"])
    return (
        f"| `{name}` | {topic['owner']} | `{topic['key']}` | {topic['partitions']} | {events} |"
        f" {', '.join(topic['readers']) or 'anybody'} | all messages, for ever |\n"
    )


def main() -> None:
    text = README.read_text("utf-8")
    README.write_text(re.sub(r"\| Topic \|.*?\n(?!\|)", lambda _: table(), text, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    main()

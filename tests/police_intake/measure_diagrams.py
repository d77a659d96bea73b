"""How do the tables of measures look as diagrams? `python -m tests.police_intake.measure_diagrams` writes them into the README."""

from __future__ import annotations

from pathlib import Path

from services.police_intake.measures.law import read_law
from services.police_intake.measures.lives import Life
from tests.diagrams import drawing

README = Path(__file__).parents[2] / "services/police_intake/README.md"
LAW = read_law()


def section() -> str:
    """Every life as a diagram, and every term as a line."""
    return drawing.section({kind: diagram(life) for kind, life in LAW.lives.items()}, f"{terms()}\n")


def diagram(life: Life) -> str:
    return drawing.diagram(tuple(life.acts.values()), (), life.ends)


def terms() -> str:
    head = "| Life | In | Waits | Hours | Cites | How sure |\n|---|---|---|---|---|---|\n"
    rules = [rule for rule in LAW.terms.rules if rule.question == "begun"]
    lines = [
        f"| {told['kind']} | {', '.join(told['states'])} | {rule.opens} | {hours(told)} | {rule.citation} | {rule.citation.certainty} |"
        for rule in rules for told in [rule.parameters]
    ]
    return head + "\n".join(lines) + "\n"


def hours(told: dict) -> str:
    """A court's days, months and numbers are told with the act."""
    return "as the court says" if told.keys() & {"by_the_courts_months", "by_the_courts_day", "by_the_courts_reports", "by_its_end"} else str(told["due_hours"])


if __name__ == "__main__":
    drawing.write(README, section())

"""How do the tables of measures look as diagrams? `python -m tests.police_intake.measure_diagrams` writes them into the README."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from services.police_intake.measures.law import read_law
from services.police_intake.measures.lives import NOTHING, Life

README = Path(__file__).parents[2] / "services/police_intake/README.md"
FROM, TO = "<!-- lives: made from the tables -->\n", "<!-- end of lives -->"
LAW = read_law()


def section() -> str:
    """Every life as a diagram, and every term as a line."""
    drawn = "\n".join(f"**{kind}**\n\n{diagram(life)}" for kind, life in LAW.lives.items())
    return f"{FROM}\n{drawn}\n{terms()}\n{TO}"


def diagram(life: Life) -> str:
    """Acts between the same two states are one arrow; with its report every state goes to withdrawn, which is not drawn."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for act in life.acts.values():
        for state in act.from_states if act.name != "report_withdrawn" else ():
            more = [f" ({word} {told.split()[0]})" for word, told in (("begins", act.begins), ("ends", act.supersedes)) if told]
            arrows["[*]" if state == NOTHING else state, act.after(state)].append(act.name + "".join(more))
    lines = [f"    {one} --> {other}: {', '.join(names)}" for (one, other), names in arrows.items()]
    ends = [f"    {state} --> [*]" for state in life.ends if state != "withdrawn"]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, *ends, "```", ""])


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


def main() -> None:
    text = README.read_text("utf-8")
    README.write_text(re.sub(f"{FROM}.*?{TO}", lambda _: section(), text, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    main()

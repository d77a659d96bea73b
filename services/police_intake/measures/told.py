"""How is what is told with an act of a measure written?"""

from __future__ import annotations

# How what is told with an act is written. Bounds of the law are rules; these are bounds of a form.
FACTS = {
    "witnessed": r"yes", "consented": r"yes",
    "days": r"[1-9]\d?", "hours": r"[1-9]\d{0,2}", "hours_done": r"[1-9]\d{0,2}", "months": r"[1-9]\d?",
    "reports_a_month": r"[1-9]",
    "born": r"\d{4}-\d\d-\d\d|unknown", "erdr_number": r"\d{15}", "number": r"[\w/-]{1,32}",
    "basis": r"said|seen|medical|forensic",
}

"""What would an attacker type, and how does a page show that it took it for nothing but text?"""

from __future__ import annotations

from html import escape

MARK = "qz7q"  # stands in every payload, so that it is found wherever it lies
SQL = (f"{MARK}'; DROP TABLE locks CASCADE; --", f"{MARK}' OR '1'='1", f"{MARK}\\'); SELECT pg_sleep(9); --", f"{MARK}%s%(x)s%%")
MARKUP = (
    f"{MARK}<script>alert(1)</script>", f"{MARK}\"><img src=x onerror=alert(1)>", f"{MARK}' onmouseover='alert(1)",
    f"{MARK}<svg/onload=alert(1)>", f"{MARK}<a href=\"javascript:alert(1)\">x</a>", f"{MARK}--><style>*{{display:none}}</style>",
)
TEMPLATE = (f"{MARK}{{{{7*7}}}}", f"{MARK}{{% raw %}}", f"{MARK}${{7*7}}", f"{MARK}%(count)s {{0.__class__}}", f"{MARK}#{{7*7}}")
FORMULA = (f"=HYPERLINK(\"http://{MARK}\")", f"+cmd|'/c calc'!{MARK}", f"-2+3+{MARK}", f"@SUM({MARK})", f"\t={MARK}")
ALL = (*SQL, *MARKUP, *TEMPLATE, *FORMULA)


def unescaped(page: str, payload: str) -> bool:
    """Does the payload stand in the page as it was typed, though it holds what only markup may hold?"""
    return payload.strip() != escape(payload.strip()) and payload.strip() in page


def computed(page: str) -> bool:
    """Was a template or a format in a payload carried out?"""
    return f"{MARK}49" in page or f"{MARK}<class" in page or f"{MARK}&lt;class" in page

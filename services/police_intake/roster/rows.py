"""Which columns does a shift have, and which rows tell that a wish for a woman is unmet?"""

SHIFT = "shift_id, station, region, inspector, is_woman, since, until, entered_by, ended_by"
# What is to be done with her (t: the task, m: its measure, w: its report), and nobody is there as she wants it.
UNMET = (
    "t.kind = ANY(%(with_her)s) AND w.wants_woman = 'yes' AND NOT EXISTS (SELECT 1 FROM shifts s"
    " WHERE s.station = w.station AND s.is_woman AND s.since <= %(now)s AND s.until > %(now)s)"
)

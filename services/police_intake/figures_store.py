"""How do the figures that operations watches stand in the tables? One query of each kind, every few seconds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction
from services.police_intake.roster import asking as roster


def figures(tx: Transaction, now: datetime) -> list[Any]:
    """Rows of (figure, labels, value) for operations."""
    told = tx.rows(
        "SELECT 'qorgan_reports_accepted', '{}'::text[], count(*) FROM reports"
        " UNION ALL SELECT 'qorgan_reports', ARRAY[CASE WHEN active THEN 'active' ELSE 'taken_back' END], count(*)"
        " FROM reports GROUP BY 2"
        " UNION ALL SELECT 'qorgan_import_verdicts', ARRAY[verdict], count(*) FROM import_verdicts GROUP BY 2"
        " UNION ALL SELECT 'qorgan_consents', ARRAY[state], count(*) FROM (SELECT DISTINCT ON (report_id) state FROM consents"
        " ORDER BY report_id, version DESC) AS last GROUP BY 2"
        " UNION ALL SELECT 'qorgan_refusals_with_card', ARRAY[CASE WHEN handed_card THEN 'yes' ELSE 'no' END], count(*)"
        " FROM consents WHERE state = 'refused' GROUP BY 2"
        " UNION ALL SELECT 'qorgan_consent_withdrawals', ARRAY[CASE WHEN done_at IS NULL THEN 'open' ELSE 'acknowledged' END],"
        " count(*) FROM consent_withdrawals GROUP BY 2"
        " UNION ALL SELECT 'qorgan_consent_withdrawals_within', ARRAY[CASE WHEN took <= 60 THEN 'minute' WHEN took <= 600 THEN"
        " 'ten_minutes' WHEN took <= 3600 THEN 'hour' WHEN took <= 86400 THEN 'day' ELSE 'later' END], count(*) FROM (SELECT"
        " extract(epoch FROM done_at - heard_at) AS took FROM consent_withdrawals WHERE done_at IS NOT NULL) AS done GROUP BY 2"
        " UNION ALL SELECT 'qorgan_disclosures', ARRAY[state, coalesce(nullif(verdict, ''), 'none')], count(*) FROM disclosures"
        " GROUP BY 2"
        " UNION ALL SELECT 'qorgan_erasure_holders_silent', ARRAY[service], count(*) FROM erasure_holders"
        " WHERE acknowledged_at IS NULL AND due_at < %(now)s GROUP BY 2"
        " UNION ALL SELECT 'qorgan_measures', ARRAY[kind, state], count(*) FROM measures GROUP BY 2"
        " UNION ALL SELECT 'qorgan_cards_sealed', ARRAY[ground], count(*) FROM card_grounds GROUP BY 2",
        {"now": now},
    )
    return [*told, *roster.figures(tx, now)]

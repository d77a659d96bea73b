"""Why does a task about a measure wait? One sentence of each kind."""

from __future__ import annotations

from plumbing.texts import N_

REASONS = {
    "search": N_("an order is not served: search for him today"),
    "tell_her": N_("the order is not served: tell her, by her safe contact only, that it is not yet in force"),
    "service": N_("an order is issued: serve it, or note that he was not found"),
    "prosecutor_copy": N_("an order was served: give the prosecutor a copy within 24 hours"),
    "check": N_("an order is in force: check on it within seven days"),
    "protest": N_("the prosecutor protests against an order: answer"),
    "case_open": N_("an administrative case is open: bring it to court, or end it with a reason"),
    "detention": N_("he is at the station: bring him to court, or let him go; she is told before he is out"),
    "hearing": N_("he is held for a hearing: note what the court decided; she is told before he is out"),
    "hearing_awaited": N_("a case is before a court: note what the court decided"),
    "fine_open": N_("a fine is open: note whether it was paid"),
    "release": N_("an arrest ends: note the release; she is told before he is out"),
    "community_service": N_("community service: note the hours worked, its end, or that he evades it"),
    "grade": N_("the injury is only said or seen: note the doctor's or expert's grade"),
    "court_answer": N_("a court was asked for special requirements: note its answer"),
    "come_into_force": N_("special requirements are imposed: note when they are in force"),
    "monthly_report": N_("special requirements: he is to report to the police, as often as the court says"),
    "tell_her_required": N_("special requirements are in force: tell her, by her safe contact only"),
    "register_entry": N_("proposed for the preventive register: enter, or not"),
    "register_check": N_("preventive register: check this month"),
    "register_end": N_("preventive register: the term is over, remove with the reason"),
    "crime_open": N_("a criminal case: note how far it is"),
    "tell_her_out": N_("he may be out, or an order ends: tell her before, by her safe contact only, and note it"),
    "release_unacknowledged": N_("he is out, and nobody has noted that she was told: tell her now"),
    "second_contact": N_("she said no at the scene: ask once more, by her safe contact only; if there is none, note that"),
    "respondent_complaint": N_("the respondent complains about a measure: answer"),
    "examine_again": N_("the prosecutor has a measure examined again after a complaint: note whether it stands"),
    "danger": N_("an order or requirement was broken: assess her danger again, apart from him"),
    "no_approach_answer": N_("a court was asked for a no-approach order: note its answer"),
    "no_approach_announce": N_("a no-approach order is sanctioned: announce it to him, or note that he was not found"),
    "tell_her_no_approach": N_("a no-approach order is in force: tell her, by her safe contact only"),
    "no_approach_broken": N_("a no-approach order was broken: tell the investigator"),
    "court_notice": N_("a report was taken back, and what rests on it is before a court or was decided there: tell the court"),
    "no_approach_stands": N_("the criminal case has ended: note whether the no-approach order ended with it"),
}
RESTS = N_("what this rests on was overturned: look whether it can stand")

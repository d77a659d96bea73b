"""Which panels are there, in which order, and what does each ask? People first, pipes below."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """One panel: what it asks (query, legend), its unit, and the sentence a reader finds at its title.

    alarm: from here on it is red; number: one figure instead of a line over time
    """

    title: str
    meaning: str
    asks: tuple[tuple[str, str], ...]
    unit: str = "short"
    alarm: float | None = None
    number: bool = False


PEOPLE = (
    Panel("Waiting past their clock", "People whom nobody has answered in their time.",
          (("sum(qorgan_people_waiting_past_clock)", "people"),), alarm=1, number=True),
    Panel("Reports accepted in 24 hours", "By form, interface or journal.",
          (("sum(increase(qorgan_reports_accepted_total[24h]))", "reports"),), number=True),
    Panel("Answers that came late, last hour", "Share of answers after their clock ran out; 5 % in thirty days are allowed.",
          (("country:qorgan_answers_late:ratio_rate1h", "late"),), "percentunit", 0.05, number=True),
    Panel("Surges open", "Regions from which more reports come than usual.",
          (("sum by (region) (qorgan_surges_open)", "{{region}}"),), alarm=1, number=True),
    Panel("Reports accepted", "A second; silence in the evening is a fault, not a quiet night.",
          (("country:qorgan_reports_accepted:rate5m", "reports"),), "reqps"),
    Panel("Needs as they stand", "with_person: a named person has it; asked: a facility has it; held: a place waits.",
          (('sum by (state) (kind_state:qorgan_needs:sum{state=~"asked|withdrawing|held|with_person|arrived"})',
            "{{state}}"),)),
    Panel("Waiting past their clock, by need", "Each is somebody.",
          (("sum by (kind) (qorgan_people_waiting_past_clock)", "{{kind}}"),), alarm=1),
    Panel("Longest wait", "The oldest need that has neither a place nor an end.",
          (("max by (kind) (qorgan_longest_wait_seconds)", "{{kind}}"),), "s"),
    Panel("Answers that came late", "Over an hour and over six.",
          (("country:qorgan_answers_late:ratio_rate1h", "one hour"), ("country:qorgan_answers_late:ratio_rate6h", "six hours")),
          "percentunit", 0.05),
    Panel("Refusals by code", "In an hour. full: no place; declined: somebody said no. Medical reasons are told under no code.",
          (("sum by (code) (increase(qorgan_refusals_total[1h]))", "{{code}}"),)),
    Panel("Attempts as they stand", "silent: a facility was asked and did not answer in time.",
          (("sum by (outcome) (qorgan_attempts)", "{{outcome}}"),)),
    Panel("Night places free", "elsewhere: the regions of few centres together, so that none can be found from here.",
          (('sum by (region) (qorgan_places_free{place="night"})', "{{region}}"),)),
    Panel("Detox beds free", "Beds that nobody holds, and all beds there are.",
          (("sum by (region) (qorgan_beds_free)", "{{region}}"), ("sum(qorgan_beds)", "all beds"))),
    Panel("Holds", "Places and beds held, by how far it has come.",
          (("sum by (service, state) (qorgan_holds)", "{{service}} {{state}}"),)),
    Panel("Referrals with something to do", "At centres, akimats, detox and narcology.",
          (("sum by (kind, state) (qorgan_referrals_open)", "{{kind}} {{state}}"),)),
    Panel("Acts open", "What waits for a person, by kind.",
          (("sum by (service, kind) (qorgan_tasks_open)", "{{service}} {{kind}}"),)),
    Panel("Acts overdue", "Past the time somebody had.",
          (("sum by (service, kind) (qorgan_tasks_overdue)", "{{service}} {{kind}}"),), alarm=1),
    Panel("Calls to staff", "In an hour. temporary_failure is tried again; passed_on: nobody acted, so the next one was rung.",
          (("sum by (outcome) (increase(qorgan_alerts_total[1h]))", "{{outcome}}"),)),
    Panel("Rung and not answered", "Alerts on which nobody has acted, and how long the oldest call has waited to be made.",
          (("sum by (service) (qorgan_alerts_unanswered)", "{{service}}"),
           ("max by (service) (qorgan_alerts_oldest_unsent_seconds)", "{{service}}, seconds unsent"))),
    Panel("Journal records by verdict", "In an hour. held: an officer must read it.",
          (("sum by (verdict) (increase(qorgan_import_verdicts_total[1h]))", "{{verdict}}"),)),
    Panel("What she said about help", "Reports by her last say; refusals with the card of helpers left.",
          (("sum by (state) (qorgan_consents)", "{{state}}"),
           ("sum by (handed) (qorgan_refusals_with_card_total)", "refused, card left: {{handed}}"))),
    Panel("What she took back", "Open until every holder has destroyed her card; then by how long that took.",
          (("sum by (state) (qorgan_consent_withdrawals)", "{{state}}"),
           ("sum by (within) (qorgan_consent_withdrawals_within_total)", "within {{within}}"))),
    Panel("Told without her yes", "By two people, looked at by a third; and on what each sealed card rests.",
          (("sum by (state, verdict) (qorgan_disclosures)", "{{state}} {{verdict}}"),
           ("sum by (ground) (increase(qorgan_cards_sealed_total[24h]))", "cards: {{ground}}"))),
    Panel("Measures", "Orders, cases, outcomes, notices before he is out: each life by the state in which it stands.",
          (("sum by (kind, state) (qorgan_measures)", "{{kind}} {{state}}"),)),
    Panel("Districts without an inspector", "Nobody who protects women is on shift there, and nobody comes within a day.",
          (("sum by (region) (qorgan_districts_uncovered) > 0", "{{region}}"),), alarm=1),
    Panel("Wishes for a woman unmet", "She is to be told or asked and wants a woman: none is on shift in her district.",
          (("sum by (region) (qorgan_wishes_unmet) > 0", "{{region}}"),), alarm=1),
    Panel("Erasures not acknowledged", "Cards of erased people that a holder was to destroy, and has not said so within a day.",
          (("sum by (holder) (qorgan_erasure_holders_silent)", "{{holder}}"),), alarm=1),
    Panel("Reports taken back", "Of all ever accepted.", (('sum(qorgan_reports{state="taken_back"})', "taken back"),)),
)

PIPES = (
    Panel("Services that answer", "Of those Prometheus knows.", (('sum(up{job="qorgan"})', "up"),), number=True),
    Panel("What they lean on", "1 while it answers.",
          (("min by (service, dependency) (qorgan_dependency_up)", "{{service}} {{dependency}}"),)),
    Panel("Versions", "One, but for the minutes of a release.",
          (("count by (version, python) (qorgan_build_info)", "{{version}}, Python {{python}}"),), number=True),
    Panel("Outbox: age of the oldest", "Decided, and nobody has heard of it yet.",
          (("max by (service) (qorgan_outbox_oldest_unsent_seconds)", "{{service}}"),), "s", 60),
    Panel("Outbox: messages waiting", "Not yet on the wire.", (("sum by (service) (qorgan_outbox_unsent)", "{{service}}"),)),
    Panel("Lag in seconds", "How long the oldest message not taken has lain.",
          (("max by (service) (qorgan_inbox_lag_seconds)", "{{service}}"),), "s", 60),
    Panel("Lag in messages", "On the wire and not taken.", (("sum by (service) (qorgan_inbox_lag)", "{{service}}"),)),
    Panel("Gaps", "How long a missing message has been waited for.",
          (("max by (service) (qorgan_inbox_gap_seconds)", "{{service}}"),), "s", 60),
    Panel("Set aside", "Messages that could not be taken, and lives that wait behind them.",
          (("sum by (service) (qorgan_dead_letters)", "{{service}} letters"),
           ("sum by (service) (qorgan_held_keys)", "{{service}} lives")), alarm=1),
    Panel("Set aside: oldest", "How long the oldest letter has lain.",
          (("max by (service) (qorgan_held_oldest_seconds)", "{{service}}"),), "s"),
    Panel("Clocks late", "How late the oldest is.",
          (("max by (service) (qorgan_clock_oldest_due_seconds)", "{{service}}"),), "s", 60),
    Panel("Clocks due", "Due and not rung.", (("sum by (service) (qorgan_clocks_late)", "{{service}}"),)),
    Panel("Time of a batch, p99", "One transaction of the step.",
          (("service:qorgan_batch_seconds:p99_5m", "{{service}}"),), "s"),
    Panel("Size of a batch, median", "Messages decided in one transaction.",
          (("histogram_quantile(0.5, sum by (service, le) (rate(qorgan_batch_messages_bucket[5m])))", "{{service}}"),)),
    Panel("Said and sent", "Messages a second: committed to the outbox, acknowledged by Kafka.",
          (("service:qorgan_said:rate5m",
            "{{service}} said"), ("service:qorgan_relay_sent:rate5m", "{{service}} sent")), "mps"),
    Panel("Heard", "Messages a second; passed over: repeats, and what waits behind a gap.",
          (("sum by (service, outcome) (rate(qorgan_messages_total[5m]))", "{{service}} {{outcome}}"),), "mps"),
    Panel("Audit: rows", "Changes by people and machines, and looks at somebody, a minute.",
          (("sum by (service) (rate(qorgan_audit_rows_total[5m])) * 60", "{{service}}"),)),
    Panel("Audit: waiting", "Rows it could not take yet, and how long the oldest waits: nobody is shown meanwhile.",
          (("sum by (service) (qorgan_audit_waiting)", "{{service}}"),
           ("max by (service) (qorgan_audit_waiting_oldest_seconds)", "{{service}}, seconds")), alarm=1),
    Panel("Audit: looks that stand out", "In a day, by reason; who it was stands on the manager's page.",
          (("sum by (service, why) (qorgan_audit_unusual)", "{{service}} {{why}}"),)),
    Panel("Clocks that rang", "A minute.", (("sum by (service) (rate(qorgan_clocks_rung_total[5m])) * 60", "{{service}}"),)),
    Panel("Commands turned away", "While a database was away, a minute.",
          (("sum by (service) (rate(qorgan_commands_total[5m])) * 60", "{{service}}"),)),
    Panel("Age of the figures", "Older than two minutes: the others of this service cannot be trusted.",
          (("time() - max by (service) (qorgan_figures_read_timestamp_seconds)", "{{service}}"),), "s", 120),
    Panel("Watch on surges", "Since it last said how far it has counted.",
          (("qorgan_surge_watch_silent_seconds", "seconds"),), "s", 120),
    Panel("Memory", "Of each process.",
          (('sum by (service) (process_resident_memory_bytes{job="qorgan"})', "{{service}}"),), "bytes"),
    Panel("Processor", "Seconds a second.",
          (('sum by (service) (rate(process_cpu_seconds_total{job="qorgan"}[5m]))', "{{service}}"),)),
)

"""How does a day full of canaries run through every door and every way to fail?"""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
from kafka import KafkaProducer

from deploy.local.services import CHECKOUT
from plumbing.identity import new_id
from tests.checker.words import SERVICES, Words
from tests.leaks.left import POLICE, Left
from tests.police_intake.journal_text import journal_of


class Run(Left):
    """One day, and what it left."""

    def everything(self) -> None:
        self._good_reports()
        self._bad_reports()
        self._forms()
        self._imports()
        self._poison()
        self._without_a_database()
        self.world.rest()

    def ask(self, method: str, path: str, service: str = POLICE, **more: Any) -> httpx2.Response:
        answer = self._client.request(method, f"{self.world.url(service)}{path}", **more)
        self.answers.append(answer)
        return answer

    def _good_reports(self) -> None:
        for number in range(4):
            body = self.canaries.report()
            assert self.ask("POST", "/reports", json=body, headers={"Idempotency-Key": f"leaks-{number}"}).status_code == 201
            self.ask("POST", "/reports", json=self.canaries.report(), headers={"Idempotency-Key": f"leaks-{number}"})  # another body
            report = self.answers[-2].json()["report_id"]
            self.ask("PUT", f"/reports/{report}", json={**body, "narrative": self.canaries.word("narrative")})
            self.ask("GET", f"/reports/{report}")
        withdrawn = {"reason": "unfounded", "by": self.canaries.word("officer")}
        self.ask("POST", f"/reports/{report}/cancellation", json=withdrawn)
        self.ask("POST", f"/reports/{report}/cancellation", json={**withdrawn, "by": self.canaries.word("officer")})
        self.world.rest()

    def _bad_reports(self) -> None:
        for content, kind in self.canaries.bad_bodies():
            self.ask("POST", "/reports", content=content, headers={"content-type": kind})
            self.ask("PUT", f"/reports/{new_id()}", content=content, headers={"content-type": kind})
        word = self.canaries.word
        self.ask("POST", f"/reports/{new_id()}/cancellation", json={"reason": word("reason"), "by": word("officer"), word("key"): 1})
        self.ask("POST", "/reports", json=self.canaries.report(), headers={"Idempotency-Key": self.canaries.phone("key") * 30})
        self.ask("PUT", f"/reports/{new_id()}", json=self.canaries.report())
        for service in SERVICES:
            for path in ("/reports/{}", "/persons/{}", "/{}", "/dead-letters?page={}", "/dead-letters/rehearsal?key={}", "/language/{}",
                         "/language/kk?back={}", "/reports?page={}", "/picture/{}.csv", "/picture/now?seen={}", "/needs/{}", "/register/{}"):
                self.ask("GET", path.format(word("a typed address")), service)
            self.ask("POST", "/dead-letters/redrive", service, data={"key": word("key"), "by": word("officer") * 20})
            self.ask("POST", "/worklist/act", service, data={"need_id": word("need"), "act": word("act"), "by": word("officer")})

    def _forms(self) -> None:
        page, word = {"headers": {"Accept": "text/html"}}, self.canaries.word
        act = new_id()
        self.ask("POST", "/reports/new", data=self.canaries.form(act_id=act), **page)
        self.ask("POST", "/reports/new", data=self.canaries.form(act_id=new_id(), recorded_at=word("recorded_at"), children=word("children")), **page)
        self.ask("POST", "/reports/find", data={"number": word("kui_number"), "station": word("station"), "year": word("year")}, **page)
        answers = {"report_id": act, "by": word("officer"), "consent": "yes", "asked_apart": "yes", "safe_contact": "only_at",
                   "safe_contact_detail": word("safe_contact"), "act_id": new_id()}
        for headers in (page, {}):
            self.ask("POST", f"/reports/{act}/answers", data={**answers, "act_id": new_id()}, **headers)
            self.ask("POST", f"/reports/{act}/answers", data={**answers, "violence": word("violence"), "consent": word("consent")}, **headers)
            self.ask("POST", f"/persons/{new_id()}/judge", data={"person_id": word("person"), "other_id": word("person"), "verdict": "same", "by": "x"}, **headers)
            self.ask("POST", f"/reports/{act}/take-back", data={"report_id": act, "reason": word("reason"), "by": word("officer")}, **headers)
            self.ask("POST", f"/held/{new_id()}", data={"held_id": word("held"), "by": word("officer")}, **headers)
        for (held,) in self.world.sql(POLICE, "SELECT held_id FROM held_records LIMIT 3"):
            self.ask("GET", f"/held/{held}", **page)
            self.ask("POST", f"/held/{held}", data={"held_id": held, "by": word("officer"), "victim": word("victim.name")}, **page)

    def _imports(self) -> None:
        rows = [self.canaries.row(), self.canaries.row(), self.canaries.row(**{"№ КУИ": self.canaries.word("kui_number")}),
                self.canaries.row(**{"Дата и время сообщения": self.canaries.word("recorded_at")}),
                self.canaries.row(**{"ИИН потерпевшего": self.canaries.word("victim.iin"), "Дети в доме": self.canaries.word("children")}),
                self.canaries.row(**{"Насилие": self.canaries.word("violence"), "КАТО": self.canaries.word("territory")})]
        good = journal_of(*rows) + self.canaries.word("a short row") + "\r\n" + ";".join(self.canaries.word("a long row") for _ in range(40)) + "\r\n"
        room = self.folder / "incoming"
        room.mkdir()
        for content in (good.encode("utf-8-sig"), f"{self.canaries.word('a heading')};{self.canaries.word('a heading')}\n1;2\n".encode(),
                        b"\0\1\2" + self.canaries.word("binary").encode()):
            self._import(content, room)
        watch = [sys.executable, "-m", f"services.{POLICE}", "import", "--watch", str(room)]
        with open(self.folder / "watch.log", "w") as log:
            watching = subprocess.Popen(watch, cwd=CHECKOUT, env=self.world.environment(), stdout=log, stderr=log)
        self.world.wait(lambda: not [one for one in room.iterdir() if one.is_file()], 60)
        watching.terminate()
        watching.wait()
        self.printed["watch"] = (self.folder / "watch.log").read_text("utf-8")

    def _import(self, content: bytes, room: Path) -> None:
        """Once by hand, from a file that is ours to name; then it lies in the watched folder under somebody's name."""
        file = self.folder / f"{len(self.printed)}.csv"
        file.write_bytes(content)
        command = [sys.executable, "-m", f"services.{POLICE}", "import", str(file), "--verdicts", str(file.with_suffix(".jsonl"))]
        done = subprocess.run(command, cwd=CHECKOUT, env=self.world.environment(), capture_output=True, text=True, timeout=60)
        self.printed[f"import {file.name}"] = done.stdout + done.stderr
        if file.with_suffix(".jsonl").exists():
            self.printed[f"verdicts of {file.name}"] = file.with_suffix(".jsonl").read_text("utf-8")
        file.rename(room / f"{self.canaries.word('a name of a file')}.csv")

    def _poison(self) -> None:
        """Forged messages that cannot be taken, around canaries, under lives of their own; taken away at the end."""
        with closing(KafkaProducer(bootstrap_servers=self.world.stack.kafka, acks="all")) as producer:
            for topic, entry in Words().topics.items():
                for value in (self.canaries.word("poison").encode(), b"\0\0\0\0\x65" + self.canaries.word("poison").encode()):
                    headers = [("ce_id", self.canaries.word("ce_id").encode()), ("ce_source", f"/qorgan/{entry['owner']}".encode())]
                    producer.send(topic, value, new_id().encode(), headers, 0).get(10)
        self.world.wait(lambda: all(self.causes_of(name) for name in ("referral_router", POLICE, "social_registry")))
        done = subprocess.run([sys.executable, "-m", "services.referral_router", "redrive"], cwd=CHECKOUT, env=self.world.environment(),
                              capture_output=True, text=True, timeout=60)
        self.printed["redrive"] = done.stdout + done.stderr

    def _without_a_database(self) -> None:
        self.world.stack.database.kill()
        self.ask("POST", "/reports", json=self.canaries.report())
        self.ask("POST", "/reports/new", data=self.canaries.form(act_id=new_id()))
        self.world.stack.database.start()
        self.world.mend()

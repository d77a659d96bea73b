"""How does a text reach a telephone or a mailbox? By the console, SMTP or an SMS gateway's HTTP address."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from plumbing.alerts.failures import PermanentFailure, TemporaryFailure
from plumbing.alerts.recipients import Recipient
from plumbing.logs import Word

log = logging.getLogger("qorgan.alerts")
TIMEOUT = 15.0  # seconds; far below the lease of who sends
TRY_AGAIN = (408, 425, 429)
Gateway = Callable[[Recipient, str, str], None]


def gateways(told: Mapping[str, Mapping[str, Any]]) -> dict[str, Gateway]:
    """way → (recipient, text, ring_id) → handed over, or one of the two failures raised."""
    return {
        "console": lambda recipient, text, ring_id: log.info("rings %s: %s", Word(recipient.name), Word(text)),
        "email": lambda recipient, text, ring_id: _email(told["email"], recipient, text, ring_id),
        "sms": lambda recipient, text, ring_id: _sms(told["sms"], recipient, text, ring_id),
    }


def _email(told: Mapping[str, Any], recipient: Recipient, text: str, ring_id: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = text, told["sender"], recipient.to
    message["Message-ID"] = f"<{ring_id}@{told['sender'].rpartition('@')[2]}>"
    message.set_content(text)
    try:
        with smtplib.SMTP(told["host"], int(told.get("port", 587)), timeout=TIMEOUT) as server:
            if told.get("starttls", True):
                server.starttls(context=ssl.create_default_context())
            if told.get("user"):
                server.login(told["user"], told["password"])
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        raise _by_code(max(code for code, _ in error.recipients.values())) from error
    except smtplib.SMTPResponseException as error:
        raise _by_code(error.smtp_code) from error
    except (OSError, smtplib.SMTPException) as error:
        raise TemporaryFailure(type(error).__name__) from error


def _sms(told: Mapping[str, Any], recipient: Recipient, text: str, ring_id: str) -> None:
    """A form as most gateways take it; names of fields and fixed fields are settings."""
    fields = {**told.get("fields", {}), told.get("to_field", "to"): recipient.to, told.get("text_field", "text"): text}
    request = Request(told["url"], urlencode(fields).encode(), {"Idempotency-Key": ring_id}, method="POST")
    if told.get("token"):
        request.add_header("Authorization", f"Bearer {told['token']}")
    try:
        with urlopen(request, timeout=TIMEOUT):
            return
    except HTTPError as error:
        error.close()
        again = error.code >= 500 or error.code in TRY_AGAIN
        raise (TemporaryFailure if again else PermanentFailure)(f"status {error.code}") from error
    except OSError as error:
        raise TemporaryFailure(type(error).__name__) from error


def _by_code(code: int) -> RuntimeError:
    """SMTP: 4xx may go through later, 5xx never will."""
    return (PermanentFailure if code >= 500 else TemporaryFailure)(f"code {code}")

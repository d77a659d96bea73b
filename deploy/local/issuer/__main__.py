"""How is the issuer started? `python -m deploy.local.issuer FOLDER ADDRESS`; the folder has issuer/clients.json in it."""

import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from deploy.local.issuer.app import Issuer, application

folder, address = Path(sys.argv[1]), sys.argv[2]
clients = json.loads((folder / "issuer" / "clients.json").read_text("utf-8"))
place = urlsplit(address)
uvicorn.run(
    application(Issuer(folder, address, clients)), host=str(place.hostname), port=int(place.port or 80), log_level="warning",
    access_log=False, server_header=False,
)

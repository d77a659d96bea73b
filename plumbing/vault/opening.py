"""Which key service does a setting mean, and how does a process begin to use it?"""

from __future__ import annotations

from plumbing import vault
from plumbing.vault.folder import FolderKeys
from plumbing.vault.outside import OutsideKeys
from plumbing.vault.port import KeyService
from plumbing.vault.sealing import Vault


def open_vault(setting: str, service: str) -> Vault:
    """Raises MissingSetting for keys that lie where or as they must not."""
    return vault.use(Vault(key_service(setting, service)))


def key_service(setting: str, service: str) -> KeyService:
    """A folder (the service's own room in it), or an outside key service at http://…, https://… or unix:///path."""
    if setting.startswith(("http://", "https://", "unix://")):
        return OutsideKeys(setting, service)
    return FolderKeys(setting, service)

"""Refuses to serve when a protection has been switched off (reliability row 39).

Reads Streamlit's settled configuration (file, environment and command line together), so it does not matter
where the weakening came from. Says every weakened setting at once, with what was found and what is expected.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.secrets import secrets_singleton

LARGEST_UPLOAD_MB = 10
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Protection:
    """One setting, the test it must pass, and the words for what is expected of it."""

    setting: str
    holds: Callable[[Any], bool]
    expected: str


def _names_its_hosts(hosts: Any) -> bool:
    return bool(hosts) and all("*" not in host for host in hosts)


PROTECTIONS: tuple[Protection, ...] = (
    Protection(
        "server.address",
        lambda v: v in LOOPBACK,
        "127.0.0.1, behind a proxy if others are to reach it",
    ),
    Protection(
        "server.allowedHosts",
        _names_its_hosts,
        "a list of host names without a wildcard",
    ),
    Protection(
        "server.enableXsrfProtection",
        lambda v: v is True,
        "true",
    ),
    Protection(
        "server.enableCORS",
        lambda v: v is True,
        "true",
    ),
    Protection(
        "server.corsAllowedOrigins",
        lambda v: "*" not in (v or []),
        "no wildcard",
    ),
    Protection(
        "server.enableStaticServing",
        lambda v: v is False,
        "false",
    ),
    Protection(
        "server.enableAgentApi",
        lambda v: v is False,
        "false",
    ),
    Protection(
        "server.maxUploadSize",
        lambda v: 0 < v <= LARGEST_UPLOAD_MB,
        f"at most {LARGEST_UPLOAD_MB} (MB)",
    ),
    Protection(
        "server.fileWatcherType",
        lambda v: v == "none",
        "none",
    ),
    Protection(
        "client.showErrorDetails",
        lambda v: v == "none",
        "none",
    ),
    Protection(
        "client.toolbarMode",
        lambda v: v == "minimal",
        "minimal",
    ),
    Protection(
        "browser.gatherUsageStats",
        lambda v: v is False,
        "false",
    ),
    Protection(
        "logger.enableRich",
        lambda v: v is False,
        "false",
    ),
    Protection(
        "global.developmentMode",
        lambda v: not v,
        "false",
    ),
)


@dataclass(frozen=True, slots=True)
class WeakenedSetting:
    """A protection that does not hold: the setting's name, the value found (quoted) and what is expected."""

    setting: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.setting}: found {self.found}; expected / disgwyliwyd: {self.expected}"


def weakened_settings() -> list[WeakenedSetting]:
    """Every protection that does not hold now, in the order of the list above. Empty means safe to serve."""
    in_force = [
        (protection, config.get_option(protection.setting))
        for protection in PROTECTIONS
    ]
    return [
        *(
            WeakenedSetting(
                p.setting,
                repr(v),
                p.expected,
            )
            for p, v in in_force
            if not p.holds(v)
        ),
        *_sign_in_slips(),
        *_strangers_without_sign_in(),
    ]


def _strangers_without_sign_in() -> list[WeakenedSetting]:
    """Without sign-in whoever reaches the app holds every right: then only this machine may reach it."""
    if sign_in_is_held():
        return []
    beyond = [
        (setting, name)
        for setting in ("server.allowedHosts", "server.corsAllowedOrigins")
        for name in config.get_option(setting) or ()
        if (urlsplit(name).hostname or urlsplit(f"//{name}").hostname or "")
        not in LOOPBACK
    ]
    return [
        WeakenedSetting(
            setting,
            repr(name),
            "names of this machine alone, or sign-in set up ([auth] and [people] in secrets.toml): "
            "without it every "
            "visitor may decide, load and publish / enwau’r peiriant hwn yn unig, neu fewngofnodi "
            "wedi’i osod",
        )
        for setting, name in beyond
    ]


def sign_in_is_held() -> bool:
    """Whether the secrets set up sign-in."""
    try:
        return bool(secrets_singleton.get("auth"))
    except StreamlitSecretNotFoundError:
        return False


def _sign_in_slips() -> list[WeakenedSetting]:
    """Secrets that were meant to set up sign-in and do not: served as they are, everybody would hold every
    right.
    """
    files = [str(path) for path in config.get_option("secrets.files")]
    present = [path for path in files if Path(path).exists()]
    if not present:
        asked_for = config.get_where_defined("secrets.files") != "<default>"
        return (
            [
                WeakenedSetting(
                    "secrets.files",
                    repr(files),
                    "files that exist",
                )
            ]
            if asked_for
            else []
        )
    try:
        held = {
            section: bool(secrets_singleton.get(section))
            for section in ("auth", "people")
        }
    except StreamlitSecretNotFoundError:
        return [
            WeakenedSetting(
                "secrets.files",
                repr(present),
                "TOML that can be read",
            )
        ]
    return (
        [
            WeakenedSetting(
                "secrets [auth]",
                "[people] without [auth]",
                "both sections, or neither",
            )
        ]
        if held["people"] and not held["auth"]
        else []
    )


def refuse_weakened_settings() -> None:
    """Ends the process with one line per weakened setting; returns quietly when all hold."""
    weak = weakened_settings()
    if weak:
        lines = "\n".join(f"  {each}" for each in weak)
        raise SystemExit(
            "Clear Link does not start while a protection is switched off. Put these back, in "
            ".streamlit/config.toml or "
            "the environment:\n"
            "Nid yw Cyswllt Clir yn cychwyn tra bo amddiffyniad wedi'i ddiffodd. Adferwch y rhain:\n"
            + lines
        )

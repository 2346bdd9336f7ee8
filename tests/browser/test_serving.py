"""What the server lets out, and what it refuses: app.py itself, served as `clearlink up` serves it."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import Browser
from running import PROJECT, free_port, served

from tests.patience import PATIENCE_S


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def unpacked(self) -> bytes:
        return (
            gzip.decompress(self.body)
            if self.headers["content-encoding"] == "gzip"
            else self.body
        )

    def text(self) -> str:
        return self.unpacked().decode()


def get(url: str, path: str, accept: str = "gzip") -> Answer:
    """Sends the path exactly as written: a client that tidies `..` away would test nothing."""
    connection = http.client.HTTPConnection(
        url.removeprefix("http://"), timeout=PATIENCE_S
    )
    connection.request("GET", path, headers={"Accept-Encoding": accept})
    answer = connection.getresponse()
    found = Answer(answer.status, answer.headers, answer.read())
    connection.close()
    return found


@pytest.fixture(scope="module")
def app_url(boundary_folder: Path) -> Iterator[str]:
    with served(PROJECT / "app.py", boundary_folder) as url:
        yield url


@pytest.fixture(scope="module")
def index_scripts(app_url: str) -> list[str]:
    page = get(app_url, "/").text()
    return [part.split('"')[0] for part in page.split('src="./')[1:]]


def test_health_answers(app_url: str) -> None:
    assert json.loads(get(app_url, "/healthz").text()) == {"status": "ok"}


def test_boundaries_travel_packed_and_may_be_kept(
    app_url: str, boundary_folder: Path
) -> None:
    name = json.loads((boundary_folder / "boundaries.json").read_text())["lsoa"]
    answer = get(app_url, f"/geometry/{name}")
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert len(json.loads(answer.text())["features"]) == 1909
    plain = get(app_url, f"/geometry/{name}", accept="identity")
    assert "content-encoding" not in plain.headers
    assert plain.body == gzip.decompress(
        (boundary_folder / "built" / "geometry" / name).read_bytes()
    )


@pytest.mark.parametrize(
    "path",
    [
        "/geometry/../../boundaries.json",
        "/geometry/..%2f..%2fboundaries.json",
        "/geometry/lsoa11-0123456789abcdef.geojson",
        "/geometry/lsoa11-0123456789abcdef.geojson%00",
        "/geometry/lsoa11.geojson",
        "/geometry/C:%5cboundaries-0123456789abcdef.geojson",
        "/assets/../app.py",
        "/assets/%2e%2e%2fapp.py",
        "/assets/need_map-000000000000/map.js",
        "/assets/component.py",
        "/static/js/..%2f..%2f..%2f__init__.py",
        "/.streamlit/config.toml",
        "/app/static/app.py",
    ],
)
def test_no_path_leads_to_a_file_outside_the_list(
    app_url: str, path: str
) -> None:
    answer = get(app_url, path)
    assert (
        answer.status in (400, 404)
        or "<title>Streamlit</title>" in answer.text()
    )
    assert (
        "import " not in answer.text() and "allowedHosts" not in answer.text()
    )


def test_every_answer_carries_the_protective_headers(app_url: str) -> None:
    for path in (
        "/",
        "/healthz",
        "/geometry/none",
        "/_stcore/health",
        "/static/js/none.js",
    ):
        headers = get(app_url, path).headers
        policy = headers["content-security-policy"]
        assert (
            "default-src 'self'" in policy
            and "frame-ancestors 'none'" in policy
        )
        assert "unsafe-eval" not in policy and "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_streamlits_own_scripts_travel_packed(
    app_url: str, index_scripts: list[str]
) -> None:
    assert index_scripts
    for script in index_scripts:
        answer = get(app_url, f"/{script}")
        assert (
            answer.headers["content-encoding"] == "gzip"
            and "immutable" in answer.headers["cache-control"]
        )
        assert (
            answer.unpacked()
            == (
                Path(streamlit.__file__).parent / "static" / script
            ).read_bytes()
        )


def test_the_page_says_its_language_and_links_to_its_twin(
    app_url: str, browser: Browser
) -> None:
    page = browser.new_page(locale="en-GB")
    page.goto(f"{app_url}/?lang=cy")
    page.wait_for_function("() => document.documentElement.lang === 'cy'")
    twin = page.get_by_role("link", name="English")
    if twin.count():
        twin.click()
        page.wait_for_function(
            "() => document.documentElement.lang === 'en' && location.search.includes('lang=en')"
        )
    page.close()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("server.address", "0.0.0.0"),
        ("server.allowedHosts", ["*"]),
        ("server.allowedHosts", []),
        ("server.allowedHosts", ["127.0.0.1", "cyswllt.example.org"]),
        ("server.corsAllowedOrigins", ["*"]),
        ("server.corsAllowedOrigins", ["https://cyswllt.example.org"]),
        ("server.enableXsrfProtection", False),
        ("server.enableCORS", False),
        ("server.enableStaticServing", True),
        ("server.enableAgentApi", True),
        ("server.maxUploadSize", 200),
        ("server.fileWatcherType", "auto"),
        ("client.showErrorDetails", "full"),
        ("client.toolbarMode", "developer"),
        ("browser.gatherUsageStats", True),
        ("logger.enableRich", True),
    ],
)
def test_a_weakened_setting_is_refused_by_name(
    setting: str, value: object
) -> None:
    # Only the check is run, never a server that listens beyond loopback.
    check = (
        "import json, sys\n"
        "from streamlit import config\n"
        "config.get_config_options(options_from_flags={sys.argv[1]: json.loads(sys.argv[2])}, "
        "force_reparse=True)\n"
        "from pages.server.settings_guard import refuse_weakened_settings\n"
        "refuse_weakened_settings()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", check, setting, json.dumps(value)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert setting in ran.stderr and "Clear Link does not start" in ran.stderr


def test_streamlit_run_itself_refuses(boundary_folder: Path) -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(free_port()),
            "--server.enableXsrfProtection",
            "false",
        ],
        cwd=PROJECT,
        env=os.environ | {"CLEARLINK_DATA": str(boundary_folder)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert ran.returncode == 1
    assert "server.enableXsrfProtection: found False" in ran.stderr

"""A real server under people: an hour of visits, restarts in the middle of them, and more uploads than it
takes at once.

All on loopback, bounded in number and in time. Each function answers with counts; nothing here judges,
`__main__` does.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import websockets
import websockets.exceptions

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "bench"), str(HERE.parent / "browser")]

from running import PROJECT, free_port, served_process, wait_until_served  # noqa: E402
from sessions import LARGEST_MESSAGE_BYTES, PageFailed, Session  # noqa: E402

PAGES = (
    "home",
    "need_map",
    "gaps",
    "fairness",
    "projects",
    "area",
    "voices",
    "meetings",
    "data_and_method",
)
GONE = (OSError, TimeoutError, websockets.exceptions.WebSocketException)


def resident_mb(pid: int) -> float:
    """Memory of a process, in megabytes."""
    for line in (
        Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    ):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


async def _visits(
    url: str,
    until: float,
    draw: random.Random,
    told: Counter[str],
    pause_s: float,
) -> None:
    """One person after another on one page after another; a connection that ends is opened again."""
    host = urlsplit(url).netloc
    while time.monotonic() < until:
        page = f"{url}/{draw.choice(PAGES)}?lang={draw.choice(('en', 'cy'))}"
        try:
            async with websockets.connect(
                f"ws://{host}/_stcore/stream",
                origin=f"http://{host}",  # type: ignore[arg-type]
                subprotocols=["streamlit"],  # type: ignore[list-item]
                max_size=LARGEST_MESSAGE_BYTES,
            ) as connection:
                session = Session(connection, page, "")
                await session.visit()
                told["pages"] += 1
                for turn in range(draw.randint(0, 4)):
                    await session.change(turn)
                    told["reruns"] += 1
                    await asyncio.sleep(pause_s)
        except PageFailed as failed:
            told["failed"] += 1
            told[f"failed: {failed}"[:120]] += 1
        except GONE:
            told["connections lost"] += 1
            await asyncio.sleep(0.3)


async def _people(
    url: str,
    seconds: float,
    people: int,
    told: Counter[str],
    pause_s: float = 0.5,
) -> None:
    until = time.monotonic() + seconds
    await asyncio.gather(
        *(
            _visits(url, until, random.Random(n), told, pause_s)
            for n in range(people)
        )
    )


def soak(
    data: Path, seconds: float, people: int = 20, samples: int = 60
) -> dict[str, Any]:
    """Memory and open files while people come and go. The slope is of the second half: the first fills
    caches.
    """
    told: Counter[str] = Counter()
    seen: list[tuple[float, float, int]] = []

    async def watch(pid: int) -> None:
        for _ in range(samples):
            await asyncio.sleep(seconds / samples)
            seen.append((time.monotonic(), resident_mb(pid), descriptors(pid)))

    with served_process(PROJECT / "app.py", data) as (url, pid):

        async def both() -> None:
            await asyncio.gather(
                _people(url, seconds, people, told), watch(pid)
            )

        asyncio.run(both())
        time.sleep(1)
        left = descriptors(pid)
    half = seen[len(seen) // 2 :]
    hours = (half[-1][0] - half[0][0]) / 3600 or 1
    return {
        **_counts(told),
        "minutes": round(seconds / 60, 1),
        "people": people,
        "memory_mb": round(half[-1][1]),
        "mb_an_hour_each": round(
            (half[-1][1] - half[0][1]) / hours / people, 2
        ),
        "open_files_at_most": max(files for _, _, files in seen),
        "open_files_left": left,
    }


def restarts(
    data: Path, times: int, people: int = 20, each_s: float = 8
) -> dict[str, Any]:
    """The server killed and started again under people: they come back, and no page fails."""
    told: Counter[str] = Counter()
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(PROJECT / "app.py"),
        "--server.port",
        str(port),
    ]
    environment = os.environ | {"CLEARLINK_DATA": str(data)}
    back_s: list[float] = []

    def start() -> subprocess.Popen[bytes]:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until_served(f"{url}/healthz", process)
        back_s.append(time.monotonic() - began)
        return process

    async def killing() -> None:
        process = await asyncio.to_thread(start)
        for turn in range(times):
            await asyncio.sleep(each_s)
            process.send_signal(signal.SIGKILL if turn % 2 else signal.SIGTERM)
            await asyncio.to_thread(process.wait)
            before = told["pages"]
            process = await asyncio.to_thread(start)
            await asyncio.sleep(each_s)
            told["came back"] += told["pages"] > before
        process.terminate()
        await asyncio.to_thread(process.wait)

    async def both() -> None:
        ends = asyncio.create_task(killing())
        while not ends.done():
            await _people(url, 2, people, told, 0.2)
        await ends

    asyncio.run(both())
    return {
        **_counts(told),
        "restarts": times,
        "people": people,
        "slowest_start_s": round(max(back_s), 1),
    }


class Named(Session):
    """A session that knows its own name, as its browser does."""

    session_id = ""

    def _take(self, answer: Any) -> bool:
        if answer.WhichOneof("type") == "new_session":
            self.session_id = answer.new_session.initialize.session_id
        return super()._take(answer)


def uploads(
    data: Path,
    away: int = 40,
    at_the_box: int = 5,
    files: int = 12,
    slow: int = 10,
) -> dict[str, Any]:
    """Whole files at once from open pages without a box and with one, and senders of a byte a second. All
    pages stay open.
    """
    told: Counter[str] = Counter()
    body = b"x" * (9 * 2**20)
    quick: list[float] = []
    with served_process(PROJECT / "app.py", data) as (url, pid):
        host = urlsplit(url).netloc

        async def opened(stack: AsyncExitStack, page: str) -> str:
            line = await stack.enter_async_context(
                websockets.connect(
                    f"ws://{host}/_stcore/stream",
                    origin=f"http://{host}",  # type: ignore[arg-type]
                    subprotocols=["streamlit"],  # type: ignore[list-item]
                    max_size=LARGEST_MESSAGE_BYTES,
                )
            )
            session = Named(line, f"{url}/{page}", "")
            await session.visit()
            return session.session_id

        async def send(
            client: httpx.AsyncClient, kind: str, session: str, number: int
        ) -> None:
            try:
                answer = await client.put(
                    f"{url}/_stcore/upload_file/{session}/f{number}",
                    files={"file": ("register.csv", body)},
                    headers={
                        "Origin": url,
                        "X-Xsrftoken": client.cookies.get(
                            "_streamlit_xsrf", ""
                        ),
                    },
                )
                told[f"{kind} {answer.status_code}"] += 1
            except httpx.HTTPError:
                told[f"{kind} closed before its end"] += 1

        async def drip(session: str) -> None:
            reader, writer = await asyncio.open_connection(
                "127.0.0.1", urlsplit(url).port
            )
            head = (
                f"PUT /_stcore/upload_file/{session}/f HTTP/1.1\r\nHost: {host}\r\nContent-Length: "
                f"9000000\r\n\r\n"
            )
            writer.write(head.encode())
            with suppress(OSError):
                for _ in range(10):
                    writer.write(b"x")
                    await writer.drain()
                    with suppress(TimeoutError):
                        line = await asyncio.wait_for(reader.readline(), 1)
                        told[
                            f"slow {line.decode().split()[1] if line else 'cut off'}"
                        ] += 1
                        break
            writer.close()

        async def others(client: httpx.AsyncClient) -> None:
            for _ in range(100):
                began = time.monotonic()
                assert (await client.get(f"{url}/healthz")).status_code == 200
                quick.append(time.monotonic() - began)
                await asyncio.sleep(0.1)

        async def everything() -> tuple[float, float]:
            async with (
                AsyncExitStack() as stack,
                httpx.AsyncClient(timeout=120, trust_env=False) as client,
            ):
                strangers = [
                    await opened(stack, "home?lang=en") for _ in range(away)
                ]
                stewards = [
                    await opened(stack, "data_and_method?lang=en&tab=register")
                    for _ in range(at_the_box)
                ]
                await client.get(f"{url}/_stcore/health")
                before = resident_mb(pid)
                await asyncio.gather(
                    others(client),
                    *(
                        send(client, "without a box", s, n)
                        for s in strangers
                        for n in range(3)
                    ),
                    *(drip(s) for s in strangers[:slow]),
                )
                between = resident_mb(pid)
                for number in range(files):
                    await asyncio.gather(
                        *(
                            send(client, "with a box", s, number)
                            for s in stewards
                        )
                    )
                return between - before, resident_mb(pid) - before

        without, with_box = asyncio.run(everything())
    quick.sort()
    return {
        **_counts(told),
        "memory_grew_mb": round(without),
        "memory_grew_with_boxes_mb": round(with_box),
        "health_p95_ms": round(1000 * quick[int(0.95 * len(quick))]),
    }


def _counts(told: Counter[str]) -> dict[str, Any]:
    return dict(itertools.islice(sorted(told.items()), 30))

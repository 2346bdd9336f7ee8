"""Many people on the map page at once: raw WebSocket sessions, each changing one select box every few
seconds.

A session speaks Streamlit's own protocol as a browser does (page address, kept messages, widget states),
without a browser's drawing, so that what is measured is the server. Run in a process of its own; prints one
JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE_S = 60
LARGEST_MESSAGE_BYTES = 64_000_000


class PageFailed(RuntimeError):
    """The page showed an error in place of its answer."""


@dataclass
class Session:
    """One person's visit. `reruns_ms` and `bytes_in` hold one entry for each change made after the first
    page.

    `box` is the label of the select box that is changed; "" runs the page again as it is. `widgets`: ids of
    all that the page has.
    """

    socket: websockets.ClientConnection
    url: str
    box: str
    only: tuple[str, ...] = ()
    reruns_ms: list[float] = field(default_factory=list)
    bytes_in: list[int] = field(default_factory=list)
    widgets: set[str] = field(default_factory=set)
    _query: str = ""
    _page_hash: str = ""
    _box_id: str = ""
    _options: tuple[str, ...] = ()
    _kept_hashes: set[str] = field(default_factory=set)

    async def visit(self) -> None:
        first = BackMsg()
        self._query = urlsplit(self.url).query
        await self._rerun(first)
        if self.box and not self._box_id:
            raise PageFailed(
                f"{self.url}: found no select box {self.box!r}, expected one on the page"
            )

    async def change(self, turn: int) -> None:
        message = BackMsg()
        if self.box:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = (
                self._box_id,
                self._options[turn % len(self._options)],
            )
        took_ms, size = await self._rerun(message)
        self.reruns_ms.append(took_ms)
        self.bytes_in.append(size)

    async def _rerun(self, message: BackMsg) -> tuple[float, int]:
        client = message.rerun_script
        client.query_string, client.page_script_hash = (
            self._query,
            self._page_hash,
        )
        client.page_name = (
            "" if self._page_hash else urlsplit(self.url).path.strip("/")
        )
        client.context_info.url, client.context_info.locale = self.url, "en-GB"
        client.cached_message_hashes.extend(self._kept_hashes)
        started, size = time.perf_counter(), 0
        await self.socket.send(message.SerializeToString())
        while True:
            content = await asyncio.wait_for(self.socket.recv(), PATIENCE_S)
            size += len(content)
            answer = ForwardMsg.FromString(
                content if isinstance(content, bytes) else content.encode()
            )
            if self._take(answer):
                return (time.perf_counter() - started) * 1000, size

    def _take(self, answer: ForwardMsg) -> bool:
        """Notes what a browser would keep; true when the page is complete."""
        if answer.metadata.cacheable and answer.hash:
            self._kept_hashes.add(answer.hash)
        kind = answer.WhichOneof("type")
        if kind == "navigation":
            self._page_hash = answer.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = answer.page_info_changed.query_string
        elif kind == "delta":
            element = answer.delta.new_element
            if element.HasField("exception"):
                raise PageFailed(
                    f"{self.url}: {element.exception.type} {element.exception.message}"
                )
            drawn = getattr(element, element.WhichOneof("type") or "", None)
            if getattr(drawn, "id", ""):
                self.widgets.add(drawn.id)
            if (
                element.HasField("selectbox")
                and element.selectbox.label == self.box
            ):
                self._box_id, self._options = (
                    element.selectbox.id,
                    self.only or tuple(element.selectbox.options),
                )
        elif kind == "script_finished":
            # a change of widget that a callback or st.rerun follows ends twice; only the last is the answer
            return answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False


async def one_person(
    url: str,
    box: str,
    only: tuple[str, ...],
    number: int,
    of: int,
    every_s: float,
    for_s: float,
    starting: asyncio.Semaphore,
) -> Session:
    host = urlsplit(url)
    address = f"ws://{host.netloc}/_stcore/stream"
    async with websockets.connect(
        address,
        origin=f"http://{host.netloc}",
        subprotocols=["streamlit"],
        max_size=LARGEST_MESSAGE_BYTES,
    ) as socket:  # type: ignore[arg-type,list-item]
        session = Session(socket, url, box, only)
        async with starting:
            await session.visit()
        await _everyone.wait()
        await asyncio.sleep(every_s * number / of)
        until = time.perf_counter() + for_s
        turn = number
        while (started := time.perf_counter()) < until:
            turn += 1
            await session.change(turn)
            await asyncio.sleep(
                max(0.0, every_s - (time.perf_counter() - started))
            )
        return session


_everyone: asyncio.Barrier


async def measure(
    url: str,
    box: str,
    only: tuple[str, ...],
    people: int,
    every_s: float,
    for_s: float,
) -> dict[str, float]:
    """Milliseconds from a change sent to the page complete, over every change of everyone."""
    global _everyone
    _everyone = asyncio.Barrier(people)
    starting = asyncio.Semaphore(4)
    sessions = await asyncio.gather(
        *(
            one_person(url, box, only, n, people, every_s, for_s, starting)
            for n in range(people)
        )
    )
    reruns = sorted(ms for s in sessions for ms in s.reruns_ms)
    sizes = sorted(size for s in sessions for size in s.bytes_in)
    cuts = statistics.quantiles(reruns, n=100, method="inclusive")
    return {
        "sessions": people,
        "reruns": len(reruns),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "max_ms": round(reruns[-1], 1),
        "bytes_p50": statistics.median(sizes),
        "bytes_max": sizes[-1],
    }


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("url", help="address of the map page")
    words.add_argument(
        "--box", default="Theme", help="label of the select box to change"
    )
    words.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="OPTION",
        help="change between these options; without it, between all",
    )
    words.add_argument("--people", type=int, default=80)
    words.add_argument("--every", type=float, default=5.0, metavar="S")
    words.add_argument(
        "--for", dest="length", type=float, default=40.0, metavar="S"
    )
    given = words.parse_args()
    print(
        json.dumps(
            asyncio.run(
                measure(
                    given.url,
                    given.box,
                    tuple(given.only),
                    given.people,
                    given.every,
                    given.length,
                )
            )
        )
    )


if __name__ == "__main__":
    main()

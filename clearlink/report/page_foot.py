"""What stands on every page of a report whatever it is about: its evidence, and the mark of
illustrative data.
"""

from __future__ import annotations

from clearlink.report.evidence import evidence_now
from clearlink.report.voice import Voice
from clearlink.review.records import Meeting
from clearlink.warehouse import reader


def footer(say: Voice, meeting: Meeting | None) -> str:
    """What every page says of its evidence: the meeting's snapshot, or that of the build that is served."""
    build = reader.build()
    snapshot = (
        meeting.snapshot_id
        if meeting and meeting.snapshot_id
        else evidence_now().snapshot_id
    )
    text = say(
        "pack.footer",
        snapshot=snapshot,
        build=build["build_id"],
        date=say.date(build["as_of"]),
    )
    return (
        say("pack.illustrative", text=text)
        if build["is_illustrative"]
        else text
    )


def notice(say: Voice) -> str:
    """The mark of illustrative data, where the build holds any."""
    return (
        say("common.sample_banner") if reader.build()["is_illustrative"] else ""
    )

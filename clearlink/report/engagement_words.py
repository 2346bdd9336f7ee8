"""An engagement in words: who was listened to, how, when, how many, how much say they had, what they said
and what changed.
"""

from __future__ import annotations

from clearlink.report.voice import Voice
from clearlink.warehouse.reader import Row, Rows

COLUMNS = (
    "who",
    "how",
    "when",
    "how_many",
    "stage",
    "level",
    "said",
    "changed",
    "document",
)


def engagement_labels(say: Voice) -> dict[str, str]:
    """Column → its heading."""
    return {column: say(f"engagement.col.{column}") for column in COLUMNS}


def engagement_rows(say: Voice, engagements: Rows) -> list[dict[str, str]]:
    """One row an engagement, each cell in words; what is not on record says so."""
    return [
        {
            "who": told(say, e, "who"),
            "how": _told(
                say,
                "method",
                e["method_kind"],
            )
            if e["method_kind"]
            else e["method"],
            "when": told(say, e, "held") or say("engagement.unsaid"),
            "how_many": how_many(say, e),
            "stage": _told(
                say,
                "stage",
                e["stage"],
            ),
            "level": _told(
                say,
                "level",
                e["level"],
            ),
            "said": told(say, e, "said"),
            "changed": told(say, e, "changed") or say("engagement.unsaid"),
            "document": document_words(e),
        }
        for e in engagements
    ]


def told(
    say: Voice,
    e: Row,
    what: str,
) -> str:
    """A text of the record in the language of the reader where it is held in it, else as it was typed."""
    return (e[f"{what}_cy"] if say.lang == "cy" else None) or e[what] or ""


def how_many(say: Voice, e: Row) -> str:
    """The number as its paper prints it; fewer than ten are told as that alone."""
    if e["people_band"] == "under_10":
        return say("engagement.under_10")
    return told(say, e, "how_many") or say("engagement.unsaid")


def document_words(e: Row) -> str:
    """The document that tells of it, its page, and where it stands."""
    title = e["document"] or e["assessment_title"] or e["topic"] or ""
    return " · ".join(
        part
        for part in (
            title,
            e["page"] or "",
            e["url"] or "",
        )
        if part
    )


def engagement_sentence(say: Voice, e: Row) -> str:
    """The whole in a sentence or two, for a record, a pack and the page of an area."""
    when = told(say, e, "held") or say("engagement.unsaid")
    how = (
        _told(
            say,
            "method",
            e["method_kind"],
        )
        if e["method_kind"]
        else e["method"]
    )
    title = e["document"] or e["assessment_title"] or e["topic"]
    key = "engagement.sentence_for" if title else "engagement.sentence"
    text = say(
        key,
        title=title or "",
        who=told(say, e, "who"),
        how=how,
        when=when,
        said=told(say, e, "said").rstrip("."),
    )
    if e["changed"]:
        return f"{text} {say('engagement.changed', what=told(say, e, 'changed').rstrip('.'))}"
    return f"{text} {say('engagement.change_unsaid')}"


def _told(
    say: Voice,
    kind: str,
    code: str | None,
) -> str:
    return (
        say(f"engagement.{kind}.{code}") if code else say("engagement.unsaid")
    )

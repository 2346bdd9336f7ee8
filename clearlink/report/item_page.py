"""One page for one item: need, provision, gap, link test, voices, options, last decision."""

from __future__ import annotations

from typing import Any

from clearlink.report.content import Block, Facts, Heading, Image, Table, Text
from clearlink.report.criterion_text import criterion_text
from clearlink.report.engagement_words import engagement_sentence
from clearlink.report.item_map import item_map
from clearlink.report.voice import Voice
from clearlink.review.records import Decision, Meeting, Statement
from clearlink.rules.codes import NEED_DEFINITIONS
from clearlink.rules.gap.gap import GapClass
from clearlink.rules.plain_text import cut_to
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.words import numbers

MOST_VOICES = 2
LONGEST_ENGAGEMENT = 260
GAPS = ("money", "presence")
# classes that rest on a figure of money; the others say why there is none
JUDGED = frozenset(
    {
        GapClass.NO_PROVISION,
        GapClass.GAP,
        GapClass.WATCH,
        GapClass.MATCHED,
        GapClass.ABOVE_SHARE,
        GapClass.WELL_ABOVE_SHARE,
    }
)


def item_page(
    say: Voice,
    place: str,
    heading: str,
    facts: dict[str, Any],
    said: list[Statement],
    last: tuple[Meeting, Decision] | None,
    map_height_mm: int = 98,
) -> list[Block]:
    """The blocks of one item's page, to fit one side of A4. `said` are statements that committees
    recorded.
    """
    blocks: list[Block] = [Heading(1, heading)]
    if lead := _lead(say, facts):
        blocks.append(Text(lead, "lead"))
    drawn = item_map(
        say,
        place,
        facts,
        (170, map_height_mm),
    )
    if drawn is not None:
        blocks.append(Image(drawn.png, drawn.alt))
    question = _question(facts)
    project = facts.get("project")
    rows = [(say("pack.question"), say(f"meetings.question.{question}"))]
    if project:
        rows += [
            (say("pack.need"), _need(say, facts)),
            (say("pack.provision"), _provision(say, project)),
            (
                say("pack.gap"),
                gap_words(
                    say,
                    facts.get("gaps") or [],
                ),
            ),
        ]
    rows.append((say("pack.voices"), _voices(say, project, said)))
    if project:
        rows += _engagement(say, project)
    if question != "matter":
        rows.append((say("pack.options"), say(f"pack.option.{question}")))
    rows.append((say("pack.last"), _last(say, last)))
    blocks.append(Facts(tuple(rows)))
    if project:
        blocks.append(link_table(say, facts))
    return blocks


def _lead(say: Voice, facts: dict[str, Any]) -> str:
    """The verdict with its reason, or the priority as its paper words it; empty for another matter."""
    if verdict := facts.get("verdict"):
        reason = say(f"verdict.sentence.{verdict['reason']}")
        return f"{say.verdict(verdict['verdict'])}. {reason}"
    priority = facts.get("priority")
    if not priority:
        return ""
    return say(
        "record.citation",
        statement=say.needed(priority),
        page=priority["page"] or "—",
        title=say.title(priority["title"]),
        body=say.printed(priority["body"]),
        published=say.date(priority["published"]),
    )


def _question(facts: dict[str, Any]) -> str:
    """What is asked of the committee: the verdict's question, the priority's, or that of another matter."""
    if verdict := facts.get("verdict"):
        return str(verdict["verdict"])
    return "priority" if facts.get("priority") else "matter"


def _engagement(say: Voice, project: dict[str, Any]) -> list[tuple[str, str]]:
    """The last engagement that the project's record tells of, where it tells of any."""
    heard = reader.engagements_of_project(project["project_id"])
    if not heard:
        return []
    sentence = cut_to(
        engagement_sentence(say, heard[0]),
        LONGEST_ENGAGEMENT,
    )
    return [(say("engagement.title"), sentence)]


def link_table(say: Voice, facts: dict[str, Any]) -> Table:
    """The four deciding criteria with their sentences."""
    cited = {c["priority_id"]: c for c in facts["citations"]}
    rows = tuple(
        (
            say(f"criterion.name.{c['criterion']}"),
            say(f"criterion.result.{c['result']}"),
            criterion_text(say, c, cited),
        )
        for c in facts["criteria"]
        if c["criterion"] <= 4
    )
    return Table(
        say("pack.link_table"),
        (
            say("pack.col_criterion"),
            say("pack.col_result"),
            say("pack.col_why"),
        ),
        rows,
        widths=(3, 2, 7),
    )


def gap_words(say: Voice, gaps: list[dict[str, Any]]) -> str:
    """The named gaps where the project works, each with its two most frequent classes, and the range of
    money.
    """
    if not gaps:
        return say("pack.gap_none")
    lines = []
    for gap in GAPS:
        mine = [g for g in gaps if g["gap_type"] == gap]
        if mine:
            classes = [_class_words(say, g) for g in mine[:2]]
            lines.append(
                say(
                    "pack.gap_line",
                    gap=say(f"gaps.type.{gap}"),
                    classes=say.names(classes),
                )
            )
        if gap == "money":
            lines += _money_range(say, mine)
    return "; ".join(lines) + "."


def _class_words(say: Voice, gap: dict[str, Any]) -> str:
    return say(
        "pack.gap_class",
        name=say(f"gaps.class.{gap['class']}"),
        n=gap["areas"],
    )


def _money_range(say: Voice, gaps: list[dict[str, Any]]) -> list[str]:
    """The range of money in one sentence, where any of it was judged."""
    known = [
        g for g in gaps if g["lowest"] is not None and g["class"] in JUDGED
    ]
    if not known:
        return []
    low, high = (
        min(g["lowest"] for g in known),
        max(g["highest"] for g in known),
    )
    return [
        say(
            "pack.gap_range",
            low=f"{low:.1f}",
            high=f"{high:.1f}",
        )
    ]


def _need(say: Voice, facts: dict[str, Any]) -> str:
    """Need for the first theme where the project acts, by each definition that measures it."""
    measures = sorted(
        (m for m in facts["measures"] if m["neediest_fifth_share"] is not None),
        key=lambda m: NEED_DEFINITIONS.index(m["definition"]),
    )
    lines = [
        say(
            "pack.measure_line",
            definition=say(f"need.definition.{measure['definition']}"),
            share=numbers.pct(measure["neediest_fifth_share"]),
        )
        for measure in measures
    ]
    told = say(
        "pack.need_line",
        theme=say.theme((facts["themes"] or [None])[0]),
        measures=f"{'; '.join(lines)}." if lines else say("pack.measure_none"),
    )
    # facts that an agenda froze before likeness was kept do not hold it
    similar = facts.get("similar")
    return f"{told} {similar_words(say, similar)}" if similar else told


def similar_words(say: Voice, similar: dict[str, Any]) -> str:
    """Need in the project's authority beside the authorities most like it, and which of them is nearest."""
    return say(
        "similar.item",
        area=say.place(similar["la_code"]),
        n=similar["more"],
        of=similar["of"],
        nearest=say.place(similar["nearest"]),
        distance=f"{similar['distance']:.2f}",
        near=say(f"similar.characteristic.{similar['near_in']}"),
    )


def _provision(say: Voice, project: dict[str, Any]) -> str:
    money = (
        say("meetings.run.money_unknown")
        if project["annual_value_gbp"] is None
        else say.money_of(project)
    )
    return " · ".join(
        x
        for x in (
            money,
            project["provider_name"] or "",
            say.capacity(project),
            say.runs(project),
            say.programme(project["programme_id"]),
        )
        if x
    )


def _voices(
    say: Voice,
    project: dict[str, Any] | None,
    said: list[Statement],
) -> str:
    """What people of the project's authority said: to committees first, then in what was published."""
    la = (project or {}).get("la_code")
    recorded = [
        say(
            "area.voice",
            text=s.text,
            who=s.who,
            date=say.date(s.said_on),
        )
        for s in said
        if s.area_code == la
    ]
    published = reader.statements(la) if la else []
    told = [
        *recorded,
        *(_published_voice(say, s) for s in published),
    ]
    return "; ".join(told[:MOST_VOICES]) or say("pack.voices_none")


def _published_voice(say: Voice, statement: Row) -> str:
    words = say(
        "area.voice",
        text=statement[f"text_{say.lang}"] or statement["text_en"],
        who=statement[f"who_{say.lang}"] or statement["who_en"],
        date=say.date(statement["said_on"]),
    )
    if not statement["is_illustrative"]:
        return words
    return f"{words} ({say('common.illustrative')})"


def _last(say: Voice, last: tuple[Meeting, Decision] | None) -> str:
    if last is None:
        return say("pack.last_none")
    meeting, decision = last
    return say(
        "pack.last_line",
        date=say.date(meeting.held_on),
        outcome=say(f"meetings.outcome.{decision.outcome}"),
        reason=decision.reason,
    )

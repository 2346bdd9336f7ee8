"""The record of one project: what it is, its link panel, where it reaches, what came first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from clearlink.figures.timeline import timeline
from clearlink.review.records import ExceptionGrant
from clearlink.rules.codes import Basis, Result, Verdict
from clearlink.rules.link.confidence import Confidence
from clearlink.rules.link.link import what_would_change
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.area.brief_button import brief_button
from pages.frame.choices import choices_row, choose, current_choices
from pages.frame.criteria_words import criterion_sentence, source_words
from pages.frame.day_of_decision import basis_names, no_decision_note
from pages.frame.frame import carry_away, finding, open_page, plain, source_line
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.frame.which_projects import follow_record
from pages.project.exception_marks import exceptions_in_force, show_exception
from pages.project.record_committee import with_committee
from pages.project.record_duplicates import duplicates_of
from pages.project.record_lines import paid_by
from pages.project.record_listening import listened_on_record
from pages.project.record_overlaps import overlaps_of
from pages.project.record_places import places_reached
from pages.project.record_signs import papers_on_record, signs_on_record
from pages.project.record_standing import standing_on_record
from pages.project.reply_marks import reply_on_record


def record() -> None:
    """Draws the record of the project that is open."""
    say = open_page("projects.title")
    project_id = current_choices().project
    project = reader.project(project_id)
    if project is None:
        choose(project="")
        st.rerun()
        return
    st.button(
        say("projects.back"),
        icon=":material/arrow_back:",
        on_click=choose,
        kwargs={"project": ""},
        key="back_to_list",
    )
    follow_record(
        current_choices().records,
        project["is_illustrative"],
    )
    chosen = choices_row(
        say,
        ("basis", "year"),
        basis_names(say, project),
    )
    # its money is of the year that the row of choices has just said
    project = reader.project(project_id) or project
    verdicts = reader.project_verdicts(project_id)
    citations = reader.project_citations(project_id)
    granted = _head_of_record(say, project, verdicts, chosen.basis)
    left, right = st.columns(
        (3, 2),
        gap="large",
    )
    with left:
        _link_panel(
            say,
            project,
            reader.project_criteria(project_id, chosen.basis),
            verdicts[chosen.basis],
            citations,
        )
    with right:
        _facts(say, project)
        _timeline(say, project, citations)
    _below_the_link(say, project, citations)
    with_committee(say, project, granted)
    registers = say.reference(project["source_ref"]).split(",")[0]
    source_line(say, say("projects.source", registers=registers))


def _head_of_record(
    say: Speech,
    project: Row,
    verdicts: dict[str, Row],
    basis: str,
) -> ExceptionGrant | None:
    """Title, verdict and what stands beside it: an exception, the owner's reply, who read it, signs. The
    exception in force, if there is one.
    """
    project_id = project["project_id"]
    st.header(plain(project["title"]))
    _verdict(say, verdicts, basis)
    granted = exceptions_in_force(say).get(project_id)
    no_decision_note(say, project)
    show_exception(say, granted)
    reply_on_record(
        say,
        project,
        verdicts[Basis.AT_DECISION],
    )
    standing_on_record(
        say,
        project,
        verdicts[basis],
    )
    signs_on_record(say, project_id)
    brief_button(say, project_id)
    return granted


def _below_the_link(
    say: Speech,
    project: Row,
    citations: Rows,
) -> None:
    """Places, papers, citations, and the records beside this one."""
    project_id = project["project_id"]
    places_reached(
        say,
        project,
        reader.project_areas(project_id),
    )
    papers_on_record(say, project_id)
    _citations(say, citations)
    duplicates_of(say, project)
    listened_on_record(say, project)
    overlaps_of(say, project)


def _decided(say: Speech, row: Row) -> str:
    """The verdict and how sure it is; of what cannot be assessed nobody is sure or unsure."""
    verdict = say.verdict(row["verdict"])
    if row["confidence"] == Confidence.NONE:
        return say("record.decided_not", verdict=verdict)
    confidence = say(f"verdict.confidence.{row['confidence']}")
    return say(
        "record.decided",
        verdict=verdict,
        confidence=confidence[:1].lower() + confidence[1:],
    )


def _verdict(
    say: Speech,
    verdicts: dict[str, Row],
    basis: str,
) -> None:
    row = verdicts[basis]
    other = verdicts[Basis.TODAY]
    finding(_decided(say, row))
    lines = [say(f"verdict.sentence.{row['reason']}")]
    if row["confidence_downgrades"] and row["confidence"] != Confidence.NONE:
        lines.append(
            say(
                "record.why_less_sure",
                reasons=numbers.join(
                    say.lang,
                    [
                        say(f"verdict.downgrade.{d}")
                        for d in row["confidence_downgrades"]
                    ],
                ),
            )
        )
    if basis == Basis.AT_DECISION:
        same = other["verdict"] == row["verdict"]
        lines.append(
            say("record.today_same")
            if same
            else say(
                "record.today_other",
                verdict=say.verdict(other["verdict"]),
                reason=say(f"verdict.reason.{other['reason']}"),
            )
        )
    st.markdown(plain(" ".join(lines)))
    if row["verdict"] == Verdict.NO_LINK_SHOWN:
        st.caption(say("record.machine"))


def _link_panel(
    say: Speech,
    project: Row,
    criteria: Rows,
    verdict: Row,
    citations: Rows,
) -> None:
    st.subheader(say("record.link_panel"))
    cited = {c["priority_id"]: c for c in citations}
    rows = []
    for row in criteria:
        if row["criterion"] in (1, 5):
            st.caption(
                say(
                    "record.deciding"
                    if row["criterion"] == 1
                    else "record.informing"
                )
            )
        told = {
            "criterion": say(f"criterion.name.{row['criterion']}"),
            "result": say(f"criterion.result.{row['result']}"),
            "why": criterion_sentence(say, row, cited),
            "source": source_words(say, row, project),
        }
        _criterion_card(say, row, told)
        rows.append(told)
    st.markdown(f"**{say('record.what_would_change')}**")
    _changes(say, verdict)
    carry_away(
        say,
        say("record.download", project=project["project_id"]),
        rows,
        {
            "criterion": say("record.col_criterion"),
            "result": say("record.col_result"),
            "why": say("record.col_sentence"),
            "source": say("record.col_source"),
        },
        (say(f"verdict.{verdict['verdict']}.name"),),
    )


def _criterion_card(
    say: Speech,
    row: Row,
    told: Mapping[str, str],
) -> None:
    """One criterion: its result, why, and the row that decided it."""
    with st.container(
        border=True,
        gap=None,
        key=f"criterion_{row['criterion']}",
    ):
        st.markdown(f"**{plain(told['criterion'])}** — {plain(told['result'])}")
        st.markdown(plain(told["why"]))
        st.caption(
            plain(
                say("record.decided_by", source=told["source"])
                + f" · {row['reason']}"
            )
        )


def _changes(say: Speech, verdict: Row) -> None:
    if verdict["verdict"] == Verdict.CLEAR:
        st.markdown(say("criterion.change.highest"))
        return
    changes = what_would_change(
        *(Result(verdict[c]) for c in ("c1", "c2", "c3", "c4"))
    )
    seen: set[str] = set()
    for change in changes:
        if change.criterion in seen:
            continue
        seen.add(change.criterion)
        what = say(f"criterion.change.{str(change.criterion)[1:]}")
        st.markdown(
            "- "
            + plain(
                say(
                    "criterion.change.leads_to",
                    what=what,
                    verdict=say.verdict(str(change.verdict)),
                )
            )
        )
    if not changes:
        st.markdown(say("criterion.change.nothing"))


def _facts(say: Speech, project: Row) -> None:
    st.subheader(say("record.facts"))
    facts = _facts_told(say, project)
    if lines := paid_by(say, project["project_id"]):
        facts["paid"] = lines
    if project["note"]:
        facts["note"] = project["note"]
    lines_shown = (
        f"- **{plain(say(f'record.{name}'))}**: {plain(str(value))}"
        for name, value in facts.items()
    )
    st.markdown("\n".join(lines_shown))
    st.caption(say(f"record.{origin_of(project)}"))


def origin_of(project: Mapping[str, Any]) -> str:
    """Where a record comes from: made up, a register that was loaded, or something that was published."""
    if project["is_illustrative"]:
        return "illustrative"
    return "loaded" if project["from_register"] else "published"


def _facts_told(say: Speech, project: Row) -> dict[str, str]:
    """Each fact in words; what the record does not say is said to be unknown."""
    unknown = say("common.not_recorded")

    def told(fact: str, words: Callable[[Any], str]) -> str:
        value = project[fact]
        return words(value) if value else unknown

    provider = (project["provider_name"], project["provider_sector"])
    decided_on = project["decision_date"]
    return {
        "programme": say.programme(project["programme_id"]),
        "commissioner": say.place(project["la_code"])
        if project["la_code"]
        else say.printed(project["commissioner"]),
        "provider": " · ".join(filter(None, provider)) or unknown,
        "for_whom": say.of(project, "group") or unknown,
        "runs": say.runs(project),
        "value": say.money_of(project),
        "capacity": say.capacity(project) or unknown,
        "tier": told(
            "tier",
            lambda tier: say(f"record.tier_{tier}"),
        ),
        "delivery": told(
            "delivery_model",
            lambda way: say(f"record.delivery_{way}"),
        ),
        "decided_on": say.date(decided_on)
        if decided_on
        else say("record.no_decision_date"),
        "award": project["route_to_award"] or unknown,
        "source": told("source_ref", say.reference),
    }


def _timeline(
    say: Speech,
    project: Row,
    citations: Rows,
) -> None:
    days = [
        *((c["published"], say("record.event_assessment")) for c in citations),
        *(
            (c["valid_to"], say("record.event_assessment_ends"))
            for c in citations
        ),
        (project["engagement_date"], say("record.event_engagement")),
        (project["decision_date"], say("record.event_decision")),
        (project["start_date"], say("record.event_start")),
        (project["last_review"], say("record.event_review")),
        (project["end_date"], say("record.event_end")),
    ]
    events = [
        (day, text, say.date(day))
        for day, text in dict.fromkeys(days)
        if day is not None
    ]
    if len(events) < 2:
        return
    st.subheader(say("record.timeline"))
    alt = say(
        "record.timeline_alt",
        events="; ".join(f"{said} {text}" for _, text, said in sorted(events)),
    )
    show_picture(
        say,
        timeline(
            events,
            alt,
            (say("record.event_day"), say("record.event")),
            say.lang,
        ),
        key="timeline",
        name=f"timeline-{project['project_id']}",
    )


def _citations(say: Speech, citations: Rows) -> None:
    st.subheader(say("record.citations"))
    if not citations:
        st.markdown(say("record.citations_none"))
    for c in citations:
        st.markdown(plain(_cited_priority(say, c)))
        st.caption(
            plain(
                say(
                    "record.citation_quote",
                    quotation=c["quotation"] or "—",
                    sighted=c["sighted_by"] or say("common.not_recorded"),
                    source=say.reference(c["source_ref"]),
                )
            )
        )


def _cited_priority(say: Speech, c: Row) -> str:
    """The priority that a decision cites, in this language where it is held, with its paper and page."""
    return say(
        "record.citation",
        statement=say.needed(c) or c["priority_id"],
        page=c["page"] or c["priority_page"] or "—",
        title=say.title(c["title"]),
        body=say.printed(c["body"]),
        published=say.date(c["published"]),
    )

"""The one-page brief of a project or an area, made at the moment somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from clearlink.review.store import review_store
from clearlink.warehouse.reader import under_this_scope
from pages.frame.similar_choice import asked_in_link
from pages.frame.speech import Speech
from pages.meeting.meeting_person import person


def brief_button(say: Speech, project_id: str) -> None:
    """A download that makes the PDF of a project on the click; the button turns until it is there."""
    viewer = person(say)

    def made() -> bytes | None:
        # typesetting and drawing are loaded by the first brief, not by every record that is read
        from clearlink.report.project_brief import project_brief

        return project_brief(
            say.lang,
            project_id,
            store=review_store(),
            viewer=viewer,
        )

    _download(say, "project", project_id, made, key="brief")


def area_brief_button(
    say: Speech,
    area_code: str,
    basis: str,
) -> None:
    """The same for one area."""
    viewer = person(say)
    similar = asked_in_link()

    def made() -> bytes | None:
        from clearlink.report.area_brief import area_brief

        return area_brief(
            say.lang,
            area_code,
            viewer=viewer,
            made_at=review_store().clock(),
            basis=basis,
            similar=similar,
        )

    _download(say, "area", area_code, made, key="area_brief")


def _download(
    say: Speech,
    kind: str,
    code: str,
    made: Callable[[], bytes | None],
    *,
    key: str,
) -> None:
    def brief() -> bytes:
        pdf = made()
        if pdf is None:
            raise LookupError(
                f"{kind} {code} is not in the build that is served"
            )
        return pdf

    st.download_button(
        say("pack.brief_download"),
        data=under_this_scope(brief),
        file_name=f"{say('pack.file_brief')}-{code}.pdf",
        mime="application/pdf",
        on_click="ignore",
        key=key,
        icon=":material/picture_as_pdf:",
    )

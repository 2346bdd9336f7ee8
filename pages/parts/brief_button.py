"""The one-page brief of a project, made at the moment somebody asks for it."""

from __future__ import annotations

import streamlit as st

from clearlink.review.store import review_store
from clearlink.warehouse.reader import under_this_scope
from pages.parts.meeting_person import person
from pages.parts.speech import Speech


def brief_button(say: Speech, project_id: str) -> None:
    """A download that makes the PDF on the click; the button turns until it is there."""
    viewer = person(say)

    def made() -> bytes:
        # typesetting and drawing are loaded by the first brief, not by every record that is read
        from clearlink.report.pack import project_brief

        pdf = project_brief(say.lang, project_id, store=review_store(), viewer=viewer)
        if pdf is None:
            raise LookupError(f"project {project_id} is not in the build that is served")
        return pdf

    st.download_button(
        say("pack.brief_download"), data=under_this_scope(made), file_name=f"{say('pack.file_brief')}-{project_id}.pdf", mime="application/pdf",
        on_click="ignore", key="brief", icon=":material/picture_as_pdf:",
    )  # fmt: skip


def area_brief_button(say: Speech, area_code: str, basis: str) -> None:
    """The same for one area."""
    viewer = person(say)

    def made() -> bytes:
        from clearlink.report.area_brief import area_brief

        pdf = area_brief(say.lang, area_code, viewer=viewer, made_at=review_store().clock(), basis=basis)
        if pdf is None:
            raise LookupError(f"area {area_code} is not in the build that is served")
        return pdf

    st.download_button(
        say("pack.brief_download"), data=under_this_scope(made), file_name=f"{say('pack.file_brief')}-{area_code}.pdf", mime="application/pdf",
        on_click="ignore", key="area_brief", icon=":material/picture_as_pdf:",
    )  # fmt: skip

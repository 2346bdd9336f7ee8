"""The citizen's page of one area on the screen, and the same on paper."""

from __future__ import annotations

import streamlit as st

from clearlink.place_finder import place_of
from clearlink.report.easy_pictures import easy_picture
from clearlink.report.my_area import Line, MyArea, Part
from clearlink.report.my_area_map import my_area_png, my_area_svg
from clearlink.review.store import review_store
from clearlink.warehouse import reader
from clearlink.warehouse.reader import under_this_scope
from clearlink.words.numbers import sorted_names
from pages.frame.choices import address
from pages.frame.frame import plain
from pages.frame.speech import Speech


def open_area(say: Speech) -> None:
    """Where nothing is open yet: the authorities, each a link."""
    authorities = reader.areas("LA")
    for authority in sorted_names(
        say.lang,
        authorities,
        say.of,
    ):
        st.page_link(
            "pages/my_area.py",
            label=plain(say.of(authority)),
            query_params=address(area=authority["area_code"]),
        )


def area_parts(say: Speech, page: MyArea) -> None:
    """Every part under its heading, then one map, then where it all comes from."""
    for part in page.parts:
        if page.reader_is == "easy":
            _easy_part(part)
        else:
            _part(part)
    drawn = my_area_svg(page.area_code)
    if drawn is not None:
        st.subheader(
            say("my_area.heading_map"),
            anchor=False,
        )
        st.image(
            drawn,
            alt=map_alt(say, page),
        )
    st.page_link(
        "pages/area.py",
        label=say("my_area.more"),
        query_params=address(area=page.area_code),
    )
    st.caption(plain(page.source))


def _part(part: Part) -> None:
    st.subheader(
        plain(part.heading),
        anchor=False,
    )
    st.markdown("\n".join(f"- {_line(line)}" for line in part.lines))


def _easy_part(part: Part) -> None:
    """A picture beside the words of a part; the heading says what the picture stands for."""
    picture, told = st.columns(
        (1, 5),
        vertical_alignment="top",
    )
    with picture:
        st.image(
            easy_picture(part.name),
            width=72,
            alt=part.heading,
        )
    with told:
        _part(part)


def map_alt(say: Speech, page: MyArea) -> str:
    """What the map shows, for whoever does not see it."""
    row = place_of(page.area_code)
    return say(
        "my_area.map_alt",
        place=page.name,
        authority=say.place(row["la_code"] if row else None),
    )


def print_button(say: Speech, page: MyArea) -> None:
    """The page on one side of A4, made on the click."""

    def made() -> bytes:
        # typesetting and drawing are loaded by the first who prints, not by everyone who reads
        from clearlink.report.my_area import my_area_pdf

        return my_area_pdf(
            say,
            page,
            my_area_png(page.area_code),
            map_alt(say, page),
            review_store().clock(),
        )

    st.download_button(
        say("my_area.print"),
        data=under_this_scope(made),
        file_name=f"{say('my_area.file')}-{page.area_code}.pdf",
        mime="application/pdf",
        on_click="ignore",
        key="my_area_print",
        icon=":material/print:",
    )


def _line(line: Line) -> str:
    """A sentence, with its address as a link where it has one."""
    if not line.link.startswith(("https://", "http://")):
        return plain(line.text)
    shown = line.link.split("://", 1)[1].split("/", 1)[0]
    return f"{plain(line.text)} [{plain(shown)}]({_safe(line.link)})"


def _safe(link: str) -> str:
    """An address that cannot end the link it stands in."""
    return "".join(f"%{ord(c):02X}" if c in "()<>\"' \\" else c for c in link)

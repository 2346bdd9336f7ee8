"""The citizen's page in the index page itself, so that its words are read before any script has come, and
without scripts at all.

It is the same tree of sentences that the page draws; the page takes its place as soon as it is there
(start.js). Whoever asks is told what everybody may know.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from clearlink.report.easy_pictures import easy_picture
from clearlink.report.my_area import MyArea
from clearlink.report.my_area_map import my_area_svg
from clearlink.warehouse import reader
from pages.frame.language import Language
from pages.frame.speech import Speech
from pages.my_area.page_of_area import page_of

CITIZENS_PAGE: Final = "my_area"
MOST_CODE: Final = 12


def first_words(asked: Mapping[str, str], language: Language) -> str:
    """The page that this address asks for as HTML; nothing where no build is served or the question has no
    answer.
    """
    say = Speech(language)
    area = asked.get("area", "")
    is_code = area.isascii() and area.isalnum() and len(area) <= MOST_CODE
    try:
        with reader.reading_as(reader.Scope()):
            page = (
                page_of(
                    say,
                    area,
                    asked.get("for", ""),
                )
                if is_code
                else None
            )
            told = _area(say, page) if page else _authorities(say, language)
            sample = (
                say("common.sample_banner")
                if reader.build()["is_illustrative"]
                else ""
            )
    except (*reader.UNANSWERED, KeyError):
        return ""
    banner = f'<p class="sample">{escape(sample)}</p>' if sample else ""
    heading = f"<h1>{escape(say('my_area.title'))}</h1>"
    return f'<main id="first-words" lang="{language}">{banner}{heading}{told}</main>'


def _area(say: Speech, page: MyArea) -> str:
    parts = "".join(
        (easy_picture(part.name) if page.reader_is == "easy" else "")
        + f"<h2>{escape(part.heading)}</h2><ul>"
        + "".join(
            f"<li>{escape(line.text)}{_link(line.link)}</li>"
            for line in part.lines
        )
        + "</ul>"
        for part in page.parts
    )
    drawn = my_area_svg(page.area_code) or ""
    return (
        f"<p><strong>{escape(page.lead)}</strong></p>{parts}<div "
        f'aria-hidden="true">{drawn}</div><p>{escape(page.source)}</p>'
    )


def _authorities(say: Speech, language: Language) -> str:
    links = "".join(
        f'<li><a href="?area={escape(a["area_code"])}&amp;lang={language}">{escape(say.of(a))}</a></li>'
        for a in reader.areas("LA")
    )
    return f"<p>{escape(say('my_area.intro'))}</p><ul>{links}</ul>"


def _link(address: str) -> str:
    if not address.startswith(("https://", "http://")):
        return ""
    shown = address.split("://", 1)[1].split("/", 1)[0]
    return f' <a rel="noreferrer" href="{escape(address)}">{escape(shown)}</a>'

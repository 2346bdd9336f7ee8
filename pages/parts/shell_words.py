"""Words of the shell around the pages (to move to clearlink/words): page titles, the language switch, a failed page."""

from __future__ import annotations

PAGE_TITLES: dict[str, tuple[str, str]] = {
    "home": ("Home", "Hafan"),
    "need_map": ("Need map", "Map angen"),
    "projects": ("Projects", "Prosiectau"),
    "area": ("Area", "Ardal"),
    "gaps": ("Gaps", "Bylchau"),
    "fairness": ("Fairness", "Tegwch"),
    "meetings": ("Meetings", "Cyfarfodydd"),
    "voices": ("Voices", "Lleisiau"),
    "data_and_method": ("Data and method", "Data a dull"),
}

SENTENCES: dict[str, tuple[str, str]] = {
    "app_name": ("Clear Link", "Cyswllt Clir"),
    "other_language": ("Cymraeg", "English"),
    "other_language_help": ("Darllen y dudalen hon yn Gymraeg", "Read this page in English"),
    "no_pages": (
        "No page is installed yet. Nothing is wrong with the data.",
        "Nid oes tudalen wedi'i gosod eto. Nid oes dim o'i le ar y data.",
    ),
    "page_failed": (
        "This page could not be shown. Nothing has been lost. Please tell the data steward this reference: {reference}.",
        "Ni ellid dangos y dudalen hon. Nid oes dim wedi'i golli. Rhowch y cyfeirnod hwn i'r stiward data: {reference}.",
    ),
}


def say(key: str, language: str) -> str:
    """The sentence of that key in "en" or "cy"."""
    return SENTENCES[key][language == "cy"]


def page_title(page: str, language: str) -> str:
    """The name of a page (its file's stem) as it stands in the navigation."""
    return PAGE_TITLES[page][language == "cy"]

"""What is needed where I live, what runs for it, and what came of what people said?"""

from __future__ import annotations

import streamlit as st

from clearlink.review.store import review_store
from pages.frame.choices import address, current_choices
from pages.frame.frame import finding, open_page, plain
from pages.frame.place_search import place_search
from pages.frame.visit.url_choice import url_choice
from pages.my_area.area_words import area_parts, open_area, print_button
from pages.my_area.page_of_area import READERS, page_of
from pages.my_area.say_back import say_something

say = open_page("my_area.title")
with st.container(key="my_area"):
    st.markdown(plain(say("my_area.intro")))
    place_search(say, "my_area")
    reader_is = url_choice(
        say("my_area.for.label"),
        "for",
        READERS,
        lambda r: say(f"my_area.for.{r}"),
    )
    page = page_of(say, current_choices().area, reader_is)
    if page is None:
        open_area(say)
    else:
        finding(page.lead)
        area_parts(say, page)
        print_button(say, page)
        say_something(say, review_store(), page.area_code)
    st.page_link(
        "pages/accessibility.py",
        label=say("accessibility.link"),
        query_params=address(),
    )

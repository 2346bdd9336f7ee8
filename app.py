"""Clear Link / Cyswllt Clir. The server imports this file and finds `app`; each visit runs it and gets its
page.
"""

from pathlib import Path

import streamlit as st

if __name__ == "__main__":
    from pages.frame.language import (
        chosen_language,
        keep_language,
        language_link,
        write_language,
    )
    from pages.frame.navigation import pages_in
    from pages.frame.shell_words import say
    from pages.frame.sign_in_corner import sign_in_corner
    from pages.frame.speech import speech
    from pages.server.uploads import page_begins, page_ends

    language = chosen_language()
    keep_language(language)
    st.set_page_config(
        page_title=say("app_name", language),
        layout="wide",
    )

    present = pages_in(
        Path(__file__).parent / "pages",
        language,
    )
    if present:
        page = st.navigation(present, position="top")
        # only now does the browser's address name this page: written earlier, the language would become a
        # step of the page before
        write_language(language)
        language_link(page, language)
        sign_in_corner(speech())
        page_begins()
        page.run()
        page_ends()
    else:
        st.title(say("app_name", language))
        st.info(say("no_pages", language))
else:
    from pages.server.server import serving

    app = st.App(__file__, **serving())

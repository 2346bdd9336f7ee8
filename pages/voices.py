"""What did people tell us, and what came of it?"""

from __future__ import annotations

from clearlink.review.store import review_store
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import reader
from pages.frame.choices import choices_row
from pages.frame.frame import finding, open_page, source_line
from pages.frame.said import all_voices
from pages.frame.visit.url_choice import url_choice
from pages.meeting.meeting_person import person, person_line
from pages.meeting.meeting_place import told
from pages.voices.answers_owed import HEARD, answers_owed, heard
from pages.voices.assessments_heard import assessments_heard
from pages.voices.engagement_list import engagements_here
from pages.voices.participation_view import engagement
from pages.voices.sent_view import sent_view, withdraw_view
from pages.voices.voice_list import record_voice, voice_cards

say = open_page("voices.title")
chosen = choices_row(
    say,
    ("place", "theme", "records"),
)
store, viewer = review_store(), person(say)
inside = frozenset(
    {
        chosen.place,
        *reader.members().get(chosen.place, ()),
    }
)
voices = [
    v
    for v in all_voices(say, store, inside)
    if not chosen.theme or v.theme_id == chosen.theme
]
place = say.in_place(chosen.place)
place = sentence_start(place)
finding(
    say(
        "voices.finding",
        place=place,
        n=len(voices),
        answered=sum(v.response != "none_yet" for v in voices),
    )
    if voices
    else say("voices.finding_none", place=place)
)
told()
sent_view(say, store, viewer, inside)
which = url_choice(
    say("voices.heard.label"),
    "heard",
    HEARD,
    lambda h: say(f"voices.heard.{h}"),
)
voice_cards(
    say,
    heard(voices, which),
)
record_voice(
    say,
    store,
    viewer,
    chosen.place,
    inside,
    voices,
)
withdraw_view(
    say,
    store,
    viewer,
    chosen.place,
    voices,
)
answers_owed(say, voices, which)
engagements_here(
    say,
    chosen.place,
    say.place(chosen.place),
)
engagement(say, store, viewer, chosen.place)
assessments_heard(say, store, viewer, chosen.place)
person_line(say, viewer)
source_line(say, say("voices.source"))

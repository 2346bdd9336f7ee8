"""Which projects have a clear link to assessed need, and why not?"""

from __future__ import annotations

from clearlink.warehouse import reader
from pages.parts.choices import choices_row, current_choices
from pages.parts.frame import open_page
from pages.parts.project_list import project_list
from pages.parts.record import record

if current_choices().project:
    record()
else:
    say = open_page("projects.title")
    chosen = choices_row(say, ("place", "programme", "theme", "basis", "words"))
    rows = reader.projects(chosen.place, chosen.programme or None, chosen.theme or None, None, chosen.words or None, chosen.basis)
    project_list(say, chosen, rows)

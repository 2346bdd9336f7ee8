"""If every proposal were accepted: how the records without a theme would stand then. Supposed, kept nowhere
and acting on nothing (method B11).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from clearlink import folders
from clearlink.proposals.fields import field_proposals, rejected_values
from clearlink.proposals.served import proposals
from clearlink.proposals.themes import Proposal
from clearlink.review.codes import SettledField, SettledSource, SettledState
from clearlink.review.records import Settled
from clearlink.review.roles import local_viewer
from clearlink.review.settled import settled
from clearlink.review.store import Store, review_store
from clearlink.rules.codes import Basis
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows, once_a_build
from etl.settling import settled_rows

SUPPOSED_ON: Final = (
    "verdict",
    "reason",
    "c1",
    "c2",
    "c3",
    "c4",
    "serves",
    "on_record",
    "signs",
)


def as_if_accepted(rows: Rows, basis: str = Basis.AT_DECISION) -> Rows:
    """The same records of `reader.projects` as they would stand if the theme, place, group and programme
    proposed for each were accepted; a priority is never supposed, because it needs its paper.
    """
    supposed = _supposed()
    return [
        {
            **row,
            **{
                name: supposed[row["project_id"], basis][name]
                for name in SUPPOSED_ON
            },
        }
        if (row["project_id"], basis) in supposed
        else row
        for row in rows
    ]


@once_a_build
def _supposed() -> dict[tuple[str, str], Row]:
    """(project, basis) → how it would stand, for the records of which anything is proposed."""
    # the build's statements are heavy: only when somebody supposes
    from etl.build.settled import judged_as_if

    store = review_store()
    judged = judged_as_if(
        folders.warehouse_file(),
        settled_rows(store, _as_accepted(store)),
    )
    return {(row["project_id"], row["basis"]): row for row in judged}


def _as_accepted(store: Store) -> list[Settled]:
    """Every proposal that nobody has refused or answered, as it would stand if it were accepted."""
    themes, records = proposals(), reader.proposal_records()
    stands = settled(
        store,
        local_viewer("—"),
        {r["project_id"] for r in records},
    )
    answered = {
        (s.project_id, s.field)
        for s in stands
        if s.state is SettledState.ACCEPTED
    }
    without_theme = [words for words in records if words["theme_id"] is None]
    proposed = [
        each
        for words in without_theme
        for each in _proposed(
            words,
            themes,
            rejected_values(stands, words["project_id"]),
        )
    ]
    return [
        _accepted(
            *each,
            store.today(),
        )
        for each in proposed
        if each[:2] not in answered
    ]


def _proposed(
    words: Row,
    themes: Mapping[str, Proposal],
    rejected: Collection[tuple[str, str]],
) -> Iterator[tuple[str, SettledField, str]]:
    """What is proposed for one record and nobody has refused: its theme first."""
    project_id = words["project_id"]
    theme = themes.get(project_id)
    if (
        theme is not None
        and (str(SettledField.THEME), theme.theme_id) not in rejected
    ):
        yield project_id, SettledField.THEME, theme.theme_id
    for p in field_proposals(words, rejected):
        yield project_id, p.field, p.value


def _accepted(
    project_id: str,
    field: SettledField,
    value: str,
    day: date,
) -> Settled:
    return Settled(
        settled_id=f"supposed {project_id} {field}",
        version=1,
        place="",
        la_code=None,
        project_id=project_id,
        field=field,
        slot="",
        value=value,
        state=SettledState.ACCEPTED,
        source=SettledSource.PROPOSAL,
        document=None,
        url=None,
        page=None,
        detail={},
        batch=None,
        settled_on=day,
        settled_by="",
    )

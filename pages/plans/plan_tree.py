"""The tree of one body: what it assessed, what it means to do, what does it, and what leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import streamlit as st

from clearlink.figures.stacked_bars import Part, stacked_bars
from clearlink.report.plan_words import undated_among, undated_words
from clearlink.rules.plain_text import sentence_start
from clearlink.rules.plans import Orphans, orphans
from clearlink.warehouse import plans
from clearlink.warehouse.reader import Row, Rows, once_a_build
from pages.frame.choices import address
from pages.frame.frame import carry_away, plain, table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.frame.state import Box

ANSWERED: Final = "#00634f"
_BODY: Final = Box[str]("plans_body")
ACTED: Final = "#74a9cf"
BARE: Final = "#f4f6f8"
INK: Final = "#1b1f23"


@dataclass(frozen=True, slots=True)
class Tree:
    """Everything of one body: documents, and what stands under each."""

    body: str
    documents: tuple[Row, ...]
    priorities: Mapping[str, list[Row]] = field(default_factory=dict)
    actions: Mapping[str, list[Row]] = field(default_factory=dict)
    by_priority: Mapping[str, list[Row]] = field(default_factory=dict)
    by_action: Mapping[str, list[Row]] = field(default_factory=dict)

    @property
    def plans(self) -> list[Row]:
        return [d for d in self.documents if d["is_plan"]]

    @property
    def assessments(self) -> list[Row]:
        return [d for d in self.documents if not d["is_plan"]]

    def branches(self, with_lapsed: bool) -> list[Row]:
        """Documents that stand for themselves: a plan stands under the assessment it rests on."""
        own = {d["document_id"] for d in self.assessments}
        alone = [
            d
            for d in self.documents
            if not d["is_plan"] or d["rests_on"] not in own
        ]
        return [
            d for d in alone if with_lapsed or d["document_state"] != "lapsed"
        ]

    def plans_of(self, assessment_id: str) -> list[Row]:
        return [p for p in self.plans if p["rests_on"] == assessment_id]

    def actions_for(self, priority_id: str) -> list[Row]:
        return [
            a
            for listed in self.actions.values()
            for a in listed
            if a["priority_id"] == priority_id
        ]

    def orphans(self) -> Orphans:
        """What leads nowhere among the documents that have not lapsed."""
        live = [d for d in self.documents if d["document_state"] != "lapsed"]
        priorities = [
            p["priority_id"]
            for d in live
            for p in self.priorities.get(
                d["document_id"],
                [],
            )
        ]
        actions = {
            a["action_id"]: a["priority_id"]
            for d in live
            for a in self.actions.get(
                d["document_id"],
                [],
            )
        }
        carried = {
            a: [r["project_id"] for r in self.by_action.get(a, [])]
            for a in actions
        }
        cited = {p for p in priorities if self.by_priority.get(p)}
        return orphans(priorities, actions, carried, cited)


@once_a_build
def trees_of(place: str) -> dict[str, Tree]:
    """Body → its tree, those with something in force first."""
    documents: dict[str, list[Row]] = {}
    for d in plans.documents_of_place(place):
        documents.setdefault(
            d["body"],
            [],
        ).append(d)
    priorities = _grouped(
        plans.priorities_of_place(place),
        "assessment_id",
    )
    actions = _grouped(
        plans.actions_of_place(place),
        "plan_id",
    )
    answering = plans.projects_in_tree(place)
    by_priority = _grouped(
        (r for r in answering if r["action_id"] is None),
        "priority_id",
    )
    by_action = _grouped(
        (r for r in answering if r["action_id"]),
        "action_id",
    )
    trees = [
        Tree(
            body,
            tuple(listed),
            priorities,
            actions,
            by_priority,
            by_action,
        )
        for body, listed in documents.items()
    ]
    trees.sort(
        key=lambda t: (
            -sum(d["document_state"] != "lapsed" for d in t.documents),
            t.body,
        )
    )
    return {tree.body: tree for tree in trees}


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row[column]:
            groups.setdefault(
                row[column],
                [],
            ).append(row)
    return groups


def tree_finding(say: Speech, place: str) -> str:
    """How many documents are in force, how many lapse soon or have lapsed, and how many priorities lead
    nowhere.
    """
    where = say.in_place(place)
    where = sentence_start(where)
    documents = [d for tree in trees_of(place).values() for d in tree.documents]
    if not documents:
        return say("plans.tree.finding_none", place=where)
    states = [d["document_state"] for d in documents]
    text = say(
        "plans.tree.finding",
        place=where,
        n=sum(s in ("in_force", "lapses_soon", "to_come") for s in states),
        soon=say.number(states.count("lapses_soon")),
        lapsed=say.number(states.count("lapsed")),
    )
    return f"{text} {undated_words(say, undated_among(documents))}".strip()


def plan_tree(say: Speech, place: str) -> None:
    """One body on one screen: the picture, what leads nowhere, then the tree itself."""
    trees = trees_of(place)
    if not trees:
        st.info(say("plans.tree.nothing"))
        st.page_link(
            "pages/data_and_method.py",
            label=say("plans.load"),
            query_params=address(),
        )
        return
    body = _which_body(say, trees)
    tree = trees[body]
    with_lapsed = st.checkbox(
        say("plans.tree.with_lapsed"),
        key="plans_with_lapsed",
    )
    _picture(say, tree, with_lapsed)
    _leads_nowhere(say, tree)
    st.subheader(say("plans.tree.title", body=say.printed(body)))
    branches = tree.branches(with_lapsed)
    for d in branches:
        _branch(
            say,
            tree,
            d,
        )
    if not branches:
        st.info(say("plans.tree.all_lapsed"))
    rows, labels = tree_rows(say, tree), tree_labels(say)
    with st.expander(say("common.table_twin")):
        table(
            rows,
            labels,
            key="plan_tree_table",
            height=340,
        )
        carry_away(
            say,
            "plan-tree",
            rows,
            labels,
            (say("plans.tree.title", body=say.printed(body)),),
        )


def _which_body(say: Speech, trees: Mapping[str, Tree]) -> str:
    names = list(trees)
    asked = st.query_params.get("body")
    if (
        asked
        and asked in trees
        and _BODY.value_or_none()
        not in (
            asked,
            None,
        )
    ):
        _BODY.keep(asked)
    index = names.index(asked) if asked and asked in trees else 0
    if _BODY.value_or_none() not in (*names, None):
        _BODY.forget()

    def changed() -> None:
        st.query_params["body"] = _BODY.value()

    return str(
        st.selectbox(
            say("plans.tree.body"),
            names,
            index=index,
            format_func=say.printed,
            key=_BODY.key,
            on_change=changed,
        )
    )


def _picture(
    say: Speech,
    tree: Tree,
    with_lapsed: bool,
) -> None:
    """What answers each need of the assessments that stand, or of all: what has lapsed is not counted as
    standing.
    """
    rows: list[dict[str, Any]] = []
    for d in tree.assessments:
        if d["document_state"] == "lapsed" and not with_lapsed:
            continue
        listed = tree.priorities.get(
            d["document_id"],
            [],
        )
        if listed:
            rows.append(_bar(say, tree, d, listed))
    if not rows:
        st.info(say("plans.tree.no_priorities"))
        return
    labels = {
        name: say(f"plans.tree.col.{name}")
        for name in ("document", "state", "answered", "acted", "bare")
    }
    bare = sum(r["bare"] for r in rows)
    alt = say(
        "plans.tree.alt",
        n=bare,
        body=say.printed(tree.body),
    )
    show_picture(
        say,
        stacked_bars(
            rows,
            "document",
            _parts(labels),
            say("plans.tree.axis"),
            alt,
            labels,
        ),
        key="plan_tree",
        name="priorities-by-document",
    )


def _parts(labels: Mapping[str, str]) -> tuple[Part, ...]:
    """What can answer a need: a project, an action alone, nothing."""
    return (
        Part(
            "answered",
            labels["answered"],
            ANSWERED,
        ),
        Part(
            "acted",
            labels["acted"],
            ACTED,
            "/",
            INK,
        ),
        Part(
            "bare",
            labels["bare"],
            BARE,
            "",
            INK,
        ),
    )


def _bar(
    say: Speech,
    tree: Tree,
    d: Row,
    listed: Rows,
) -> dict[str, Any]:
    ids = [p["priority_id"] for p in listed]
    answered = {p for p in ids if _answers(tree, p)}
    acted = {p for p in ids if tree.actions_for(p)} - answered
    return {
        "document": say.title(d["title"]),
        "state": say(f"plans.state.{d['document_state']}"),
        "answered": len(answered),
        "acted": len(acted),
        "bare": len(ids) - len(answered) - len(acted),
    }


def _answers(tree: Tree, priority_id: str) -> list[Row]:
    """Projects that answer a priority, each once: those that cite it, and those its actions name."""
    listed = list(tree.by_priority.get(priority_id, []))
    for action in tree.actions_for(priority_id):
        listed += tree.by_action.get(
            action["action_id"],
            [],
        )
    return list({r["project_id"]: r for r in listed}.values())


def _leads_nowhere(say: Speech, tree: Tree) -> None:
    bare = tree.orphans()
    st.markdown(
        plain(
            say(
                "plans.tree.orphans",
                no_action=say.number(len(bare.priorities_without_action)),
                no_project=say.number(len(bare.priorities_without_project)),
                no_priority=say.number(len(bare.actions_without_priority)),
                not_carried=say.number(len(bare.actions_without_project)),
            )
        )
    )


def _branch(
    say: Speech,
    tree: Tree,
    d: Row,
) -> None:
    with st.container(border=True, key=f"doc_{_key(d['document_id'])}"):
        st.markdown(
            f"**{plain(say.title(d['title']))}**  \n{plain(document_line(say, d))}"
        )
        if d["url"]:
            st.markdown(f"[{plain(say('plans.tree.paper'))}]({d['url']})")
        lines = [
            line
            for p in tree.priorities.get(
                d["document_id"],
                [],
            )
            for line in _priority(say, tree, p)
        ]
        lines += [
            line
            for a in tree.actions.get(
                d["document_id"],
                [],
            )
            for line in _action(say, tree, a, 0)
        ]
        for plan in tree.plans_of(d["document_id"]):
            lines.append(
                f"- **{plain(say.title(plan['title']))}** · {plain(document_line(say, plan))}"
            )
            untied = [
                a
                for a in tree.actions.get(
                    plan["document_id"],
                    [],
                )
                if not a["priority_id"]
            ]
            lines += [line for a in untied for line in _action(say, tree, a, 1)]
        st.markdown(
            "\n".join(lines) if lines else plain(say("plans.tree.empty"))
        )


def _key(document_id: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in document_id)


def document_line(say: Speech, d: Row) -> str:
    """What a document is, until when it stands, and who was heard for it."""
    kind = (
        say(f"plans.kind.{d['kind']}")
        if d["is_plan"]
        else say(f"assessment.kinds.{d['kind']}")
    )
    state = say(f"plans.state.{d['document_state']}")
    parts = [
        kind,
        say(
            "plans.tree.until",
            state=state,
            date=say.date(d["ends_on"]),
        )
        if d["ends_on"]
        else state,
    ]
    if d["is_by_life"]:
        parts.append(say("plans.tree.by_life"))
    if not d["is_plan"]:
        parts.append(say("plans.tree.heard", n=d["engagements"]))
    return " · ".join(parts)


def _priority(
    say: Speech,
    tree: Tree,
    p: Row,
) -> list[str]:
    statement = say.needed(p)
    heard = say("plans.tree.heard", n=p["engagements"])
    theme = plain(say.theme(p["theme_id"]))
    lines = [
        f"- {plain(statement)} · *{theme}* · {plain(heard)}",
    ]
    actions = tree.actions_for(p["priority_id"])
    for action in actions:
        lines += _action(
            say,
            tree,
            action,
            1,
        )
    cited = tree.by_priority.get(
        p["priority_id"],
        [],
    )
    lines += [_project(say, r, 1) for r in cited]
    if not actions and not cited:
        lines.append(f"    - ○ {plain(say('plans.tree.leads_nowhere'))}")
    return lines


def _action(
    say: Speech,
    tree: Tree,
    a: Row,
    depth: int,
) -> list[str]:
    what = a["what_cy"] if say.lang == "cy" and a["what_cy"] else a["what"]
    state = say(f"plans.action.{a['action_state']}")
    day = (
        say(
            "plans.tree.by_when",
            date=say.date(a["by_when"]),
        )
        if a["by_when"]
        else ""
    )
    parts = " · ".join(part for part in (what, state, day) if part)
    lines = [f"{'    ' * depth}- → {plain(parts)}"]
    lines += [
        _project(
            say,
            r,
            depth + 1,
        )
        for r in tree.by_action.get(
            a["action_id"],
            [],
        )
    ]
    if not a["priority_id"]:
        lines.append(
            f"{'    ' * (depth + 1)}- ○ {plain(say('plans.tree.no_priority'))}"
        )
    return lines


def _project(
    say: Speech,
    r: Row,
    depth: int,
) -> str:
    state = say(f"common.time_state.{r['time_state']}")
    verdict = say.verdict(r["verdict"])
    indent = "    " * depth
    told = " · ".join(plain(each) for each in (r["title"], state, verdict))
    return f"{indent}- ● {told}"


def tree_labels(say: Speech) -> dict[str, str]:
    """Column → its heading."""
    names = (
        "document",
        "state",
        "priority",
        "theme",
        "action",
        "by_when",
        "action_state",
        "project",
        "verdict",
    )
    return {name: say(f"plans.tree.col.{name}") for name in names}


def tree_rows(say: Speech, tree: Tree) -> list[dict[str, object]]:
    """The tree as rows: one for each way from a document to a project, or to where it ends."""
    rows = []
    for d in tree.documents:
        start = {
            "document": say.title(d["title"]),
            "state": say(f"plans.state.{d['document_state']}"),
        }
        for p in tree.priorities.get(
            d["document_id"],
            [],
        ):
            named: dict[str, object] = {
                **start,
                "priority": say.needed(p),
                "theme": say.theme(p["theme_id"]),
            }
            rows += [
                named | _ends(say, r)
                for r in tree.by_priority.get(
                    p["priority_id"],
                    [],
                )
            ] or [named]
        for a in tree.actions.get(
            d["document_id"],
            [],
        ):
            named = start | {
                "action": a["what_cy"]
                if say.lang == "cy" and a["what_cy"]
                else a["what"],
                "by_when": a["by_when"],
                "action_state": say(f"plans.action.{a['action_state']}"),
            }
            rows += [
                named | _ends(say, r)
                for r in tree.by_action.get(
                    a["action_id"],
                    [],
                )
            ] or [named]
    return rows


def _ends(say: Speech, r: Row) -> dict[str, object]:
    return {
        "project": r["title"],
        "verdict": say.verdict(r["verdict"]),
    }

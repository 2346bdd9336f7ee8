"""What a citizen finds of their own area, in plain words: one tree of sentences for the screen, the first
page and paper.

It holds what everybody may know: whoever makes it reads as the public does, signed in or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from clearlink.place_finder import place_of
from clearlink.report.content import Block, Document, Heading, Image, Text
from clearlink.report.easy_pictures import easy_picture
from clearlink.report.engagement_words import engagement_sentence
from clearlink.report.page_foot import footer, notice
from clearlink.report.pdf import pdf_bytes
from clearlink.report.voice import Voice
from clearlink.review.public_decisions import PublicDecision
from clearlink.rules.plain_text import cut_to
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import knows, numbers
from clearlink.words.rates import share_words

Reader = Literal["all", "young", "easy"]
MOST_NEEDS: Final = 3
MOST_ASSESSED: Final = 3
MOST_PROJECTS: Final = 5
MOST_VOICES: Final = 3
MOST_ENGAGEMENTS: Final = 2
MOST_EASY: Final = 2
MOST_DECIDED: Final = 4
OTHER_PROGRAMME: Final = "other"
# what one side of A4 takes at first; where a place has more to say it is set tighter, step by step
PRINTED: Final = {
    "needed": 6,
    "runs": 6,
    "ask": 1,
    "heard": 3,
    "decided": 3,
    "unknown": 3,
    "expect": 9,
}
PRINTED_LETTERS: Final = 230
MAP_MM: Final = 70
EASY_MM: Final = 8
TIGHTEST: Final = 7
_SIDES: Final = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")
# whose work it is that children are heard; sites of bodies, never of a person
CHILDREN_HEARD: Final = {
    "en": ("https://www.childcomwales.org.uk", "https://www.meiccymru.org"),
    "cy": ("https://www.complantcymru.org.uk", "https://www.meiccymru.org/cym"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said, and what came of it, in sentences."""

    said: str
    came: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, perhaps with the address of the page where more stands."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its sentences.

    The first `listed` lines are of a list of `of` in all; where they are fewer, the line after them says how
    many more there are, in the words of `more`.
    """

    name: str
    heading: str
    lines: tuple[Line, ...]
    listed: int = 0
    of: int = 0
    more: Callable[[int], str] | None = None


@dataclass(frozen=True, slots=True)
class MyArea:
    """Everything the page says of one area."""

    area_code: str
    name: str
    lead: str
    parts: tuple[Part, ...]
    source: str
    reader_is: Reader = "all"


def my_area(
    say: Voice,
    area_code: str,
    told: Sequence[Told],
    reader_is: Reader = "all",
    decided: Sequence[PublicDecision] | None = (),
) -> MyArea | None:
    """The page of one area; None where the build has no such area. `told`: what people said there, and
    `decided`: what committees decided of it, the latest first; None where their record cannot be read.
    """
    with reader.reading_as(reader.Scope()):
        area = reader.area(area_code)
        holding = place_of(area_code)
        if area is None or holding is None:
            return None
        la = holding["la_code"]
        place = say.of(area)
        words = _Words(say, reader_is)
        authority = "" if la == area_code else say.place(la)
        lead = words(
            "lead" if authority else "lead_authority",
            place=place,
            authority=authority,
        )
        source = say(
            "my_area.source",
            date=say.date(reader.build()["as_of"]),
        )
        return MyArea(
            area_code,
            place,
            lead,
            _parts(
                words,
                area_code,
                la,
                told,
                decided,
            ),
            source,
            reader_is,
        )


def _parts(
    words: _Words,
    area_code: str,
    la: str,
    told: Sequence[Told],
    decided: Sequence[PublicDecision] | None,
) -> tuple[Part, ...]:
    """The page's parts from top to foot, those that are for this reader."""
    running = [
        p
        for p in reader.projects_reaching(area_code)
        if p["time_state"] == "running"
    ]
    parts = [
        _needed(words, area_code, la),
        _runs(words, running, la),
    ]
    is_easy = words.reader_is == "easy"
    if is_easy:
        parts.append(_ask(words, la))
    parts.append(_heard(words, told, la))
    # easy to read is short: there a meeting is spoken of where it decided something
    if not (is_easy and decided == []):
        parts.append(_decided(words, decided))
    parts.append(
        _unknown(
            words,
            area_code,
            la,
            running,
            told,
        )
    )
    if words.reader_is == "young":
        parts.append(_expect(words))
    return tuple(parts)


def my_area_pdf(
    say: Voice,
    page: MyArea,
    map_png: bytes | None,
    map_alt: str,
    made_at: datetime,
) -> bytes:
    """The page on one side of A4: where it would run over, fewer and shorter sentences and a smaller map
    are set.
    """
    with reader.reading_as(reader.Scope()):
        made = b""
        for tight in range(TIGHTEST + 1):
            blocks = printed_blocks(page, tight)
            if map_png is not None:
                blocks.append(
                    Image(
                        map_png,
                        map_alt,
                        width_mm=MAP_MM - 6 * tight,
                    )
                )
            blocks.append(Text(page.source, "small"))
            told = Document(
                page.name,
                say.lang,
                footer(say, None),
                say("pack.page"),
                tuple(blocks),
                notice(say),
            )
            made = pdf_bytes(told, made_at)
            sides = _SIDES.search(made)
            if sides is None or int(sides[1]) == 1:
                break
        return made


def printed_blocks(page: MyArea, tight: int) -> list[Block]:
    """What paper holds of the page; `tight` (0 to TIGHTEST): how far it is cut to fit one side."""
    blocks: list[Block] = [Text(page.lead, "lead")]
    for part in page.parts:
        most = PRINTED[part.name] - (tight + 1) // 2
        # what a child can expect is printed whole: its sentences are short
        lines = (
            part.lines if part.name == "expect" else _most(part, max(1, most))
        )
        if page.reader_is == "easy":
            picture = easy_picture(part.name).encode()
            # the heading under it says what it stands for
            blocks.append(Image(picture, part.heading, width_mm=EASY_MM))
        blocks.append(Heading(1, part.heading))
        # whom to ask is never cut short
        letters = (
            10 * PRINTED_LETTERS if part.name == "ask" else PRINTED_LETTERS
        )
        blocks += [
            Text(
                _printed(
                    line,
                    letters - 15 * tight,
                )
            )
            for line in lines
        ]
    return blocks


def _most(part: Part, most: int) -> tuple[Line, ...]:
    """The first lines and the last; of a list its first, how many more there are, and what stands after it:
    that says how to ask.
    """
    lines = part.lines
    if len(lines) <= most:
        return lines
    if part.more is None:
        return (*lines[: most - 1], lines[-1])
    after = lines[part.listed + (part.of > part.listed) :]
    told = lines[: max(1, min(part.listed, most - 1 - len(after)))]
    left = part.of - len(told)
    more = (Line(part.more(left)),) if left else ()
    return (*told, *more, *after)


def _printed(line: Line, letters: int) -> str:
    # the address of a paper may fill a line of its own: on paper its site is enough
    site = line.link.split("://", 1)[-1].split("/", 1)[0]
    return f"• {cut_to(line.text, letters)} {site}".rstrip()


@dataclass(frozen=True, slots=True)
class _Words:
    """Sentences of the page: those for young people, or those easy to read, where they have their own."""

    say: Voice
    reader_is: Reader

    def __call__(self, key: str, **values: object) -> str:
        own = f"my_area.{self.reader_is}.{key}"
        if self.reader_is != "all" and knows(own):
            return self.say(own, **values)
        return self.say(f"my_area.{key}", **values)

    def most(self, many: int) -> int:
        """How many of a list are told: few where the page is to be easy to read."""
        return min(many, MOST_EASY) if self.reader_is == "easy" else many


def _needed(
    words: _Words,
    area_code: str,
    la: str,
) -> Part:
    high = _high_needs(area_code)
    assessed = reader.assessed_needs(la)
    lines = [Line(_need_sentence(words, n)) for n in high[:MOST_NEEDS]]
    if not lines:
        lines = [Line(words("need_none"))]
    themes = {n["theme_id"] for n in high}
    # what stands comes before what has run out, and a need that is high here before others
    ordered = sorted(
        assessed,
        key=lambda need: (
            not need["is_in_force"],
            need["theme_id"] not in themes,
        ),
    )
    most = words.most(MOST_ASSESSED)
    lines += [_assessed_line(words, need) for need in ordered[:most]]
    if not assessed:
        authority = words.say.place(la)
        lines.append(Line(words("assessed_none", authority=authority)))
    return Part(
        "needed",
        words("heading_needed"),
        tuple(lines),
    )


def _high_needs(area_code: str) -> list[Row]:
    """Themes on which the area is in the half of most need, the highest first."""
    speaking = _speaking(reader.area_need(area_code))
    high = [n for n in speaking if 2 * n["rank"] <= n["rank_of"]]
    return sorted(
        high,
        key=lambda need: need["rank"] / need["rank_of"],
    )


def _assessed_line(words: _Words, need: Row) -> Line:
    """A need that an assessment names, with its page, and the day on which it ran out where it did."""
    say = words.say
    text = words(
        "assessed",
        need=say.needed(need).rstrip("."),
        title=need["title"],
        body=say.printed(need["body"]),
    )
    if not need["is_in_force"]:
        ended = words(
            "assessed_ended",
            day=say.date(need["ends_on"]),
        )
        text = f"{text} {ended}"
    if need["is_illustrative"]:
        text = f"{text} ({say('common.illustrative')})"
    return Line(
        text,
        need["url"] or "",
    )


def _speaking(needs: Rows) -> Rows:
    """One ranked need a theme: the lead indicator where it is published here, else a published rate, else
    the composite.
    """
    order = ("lead", "rate", "composite")
    best: dict[str, Row] = {}
    for n in sorted(
        (n for n in needs if n["definition"] in order),
        key=lambda n: order.index(n["definition"]),
    ):
        if n["rank"] is not None and not n["marker"]:
            best.setdefault(
                n["theme_id"],
                n,
            )
    return list(best.values())


def _need_sentence(words: _Words, n: Row) -> str:
    say = words.say
    mark = f" ({say('common.illustrative')})" if n["is_illustrative"] else ""
    rank = numbers.ordinal(
        say.lang,
        n["rank"],
    )
    common = {
        "theme": say.of(n, "theme"),
        "rank": rank,
        "of": say.number(n["rank_of"]),
    }
    if n["indicator_en"] and n["rate"] is not None:
        return (
            words(
                "need_share",
                measure=say.of(n, "indicator"),
                share=share_words(n),
                **common,
            )
            + mark
        )
    return words("need_rank", **common) + mark


def _runs(
    words: _Words,
    running: Rows,
    la: str,
) -> Part:
    say = words.say
    listed = 0

    def more(n: int) -> str:
        return words("runs_more", n=n)

    if not running:
        lines = [
            Line(
                words(
                    "runs_none",
                    authority=say.place(la),
                )
            )
        ]
    else:
        # what is placed nearest comes first; what only covers the place as part of a wider one comes last
        near = sorted(
            running,
            key=lambda p: (
                not p["is_here"],
                p["precision"] not in ("LSOA", "MSOA"),
            ),
        )
        most = words.most(MOST_PROJECTS)
        lines = [Line(_project_sentence(words, p)) for p in near[:most]]
        listed = len(lines)
        if len(running) > listed:
            lines.append(Line(more(len(running) - listed)))
    if words.reader_is != "easy":
        lines += _ask(words, la).lines
    return Part(
        "runs",
        words("heading_runs"),
        tuple(lines),
        listed,
        len(running),
        more,
    )


def _ask(words: _Words, la: str) -> Part:
    """Whom to ask: a body, never a person."""
    say = words.say
    site = reader.council_site(la)
    lines = []
    if site is not None:
        address = site[f"url_{say.lang}"]
        lines.append(
            Line(
                words(
                    "ask",
                    authority=say.place(la),
                ),
                address,
            )
        )
    elif words.reader_is == "easy":
        lines.append(
            Line(
                words(
                    "ask_council",
                    authority=say.place(la),
                )
            )
        )
    return Part(
        "ask",
        words("heading_ask"),
        tuple(lines),
    )


def _project_sentence(words: _Words, p: Row) -> str:
    say = words.say
    project = reader.project(p["project_id"]) or {}
    told = [p["title"]]
    if p["theme_id"]:
        told.append(
            words(
                "runs_theme",
                theme=say.theme(p["theme_id"]),
            )
        )
    if project.get("group_en"):
        told.append(
            words(
                "runs_for",
                group=say.of(project, "group"),
            )
        )
    who = project.get("provider_name")
    if who:
        told.append(words("runs_by", who=who))
    mark = f" ({say('common.illustrative')})" if p["is_illustrative"] else ""
    return ". ".join(t.rstrip(".") for t in told) + "." + mark


def _heard(
    words: _Words,
    told: Sequence[Told],
    la: str,
) -> Part:
    lines = [
        Line(words("heard", said=t.said, came=t.came))
        for t in told[: words.most(MOST_VOICES)]
    ]
    if words.reader_is != "easy":
        lines += _engagements(words, la)
    return Part(
        "heard",
        words("heading_heard"),
        tuple(lines) or (Line(words("heard_none")),),
    )


def _engagements(words: _Words, la: str) -> list[Line]:
    """Who was asked, and what came of it, the latest first."""
    lines = []
    for e in reader.engagements_of_place(la)[:MOST_ENGAGEMENTS]:
        lines.append(
            Line(
                engagement_sentence(words.say, e),
                e["url"] or "",
            )
        )
    return lines


def _decided(words: _Words, decided: Sequence[PublicDecision] | None) -> Part:
    most = words.most(MOST_DECIDED)
    shown = (decided or ())[:most]
    lines = [Line(_decision_sentence(words, d)) for d in shown]

    def more(n: int) -> str:
        return words("decided_more", n=n)

    if decided is None:
        lines = [Line(words("decided_unread"))]
    elif not decided:
        lines = [Line(words("decided_none"))]
    elif len(decided) > most:
        lines.append(Line(more(len(decided) - most)))
    return Part(
        "decided",
        words("heading_decided"),
        tuple(lines),
        len(shown),
        len(decided or ()),
        more,
    )


def _decision_sentence(words: _Words, d: PublicDecision) -> str:
    say = words.say
    facts = {
        "date": say.date(d.held_on),
        "place": say.place(d.place),
        "outcome": say(f"meetings.decided_to.{d.outcome}"),
        "title": d.titles[say.lang],
        "reason": d.reason,
    }
    if d.exception_until:
        return words(
            "decided_until",
            until=say.date(d.exception_until),
            **facts,
        )
    return words("decided", **facts)


def _unknown(
    words: _Words,
    area_code: str,
    la: str,
    running: Rows,
    told: Sequence[Told],
) -> Part:
    say = words.say
    lines = []
    without = _themes_not_known(area_code)
    if without:
        names = say.names([say.theme(theme) for theme in without])
        lines.append(
            Line(
                words(
                    "unknown_need",
                    themes=names,
                    n=len(without),
                )
            )
        )
    if all(p["programme_id"] in (None, OTHER_PROGRAMME) for p in running):
        authority = say.place(la)
        lines.append(Line(words("unknown_register", authority=authority)))
    if told and all(t.came == say("voices.not_yet") for t in told):
        lines.append(Line(words("unknown_came")))
    lines.append(Line(words("unknown_waiting")))
    return Part(
        "unknown",
        words("heading_unknown"),
        tuple(lines),
    )


def _themes_not_known(area_code: str) -> list[str]:
    """Themes on which nothing speaks for the area."""
    known = {n["theme_id"] for n in _speaking(reader.area_need(area_code))}
    return [theme for theme in reader.themes() if theme not in known]


def _expect(words: _Words) -> Part:
    """The seven National Participation Standards as what a child can expect, and where to turn."""
    say = words.say
    standards = (
        "information",
        "choice",
        "no_discrimination",
        "respect",
        "gain",
        "feedback",
        "working_better",
    )
    lines = [Line(say(f"my_area.expect.{s}")) for s in standards]
    commissioner, meic = CHILDREN_HEARD[say.lang]
    lines += [
        Line(
            say("my_area.expect.commissioner"),
            commissioner,
        ),
        Line(
            say("my_area.expect.meic"),
            meic,
        ),
    ]
    return Part(
        "expect",
        say("my_area.expect.heading"),
        tuple(lines),
    )

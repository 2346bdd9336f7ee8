"""The map's sentences, written from its numbers."""

from __future__ import annotations

from functools import lru_cache

from clearlink.rules.codes import NEED_DEFINITIONS
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from clearlink.words.rates import decimals_of, people_beside, share_words
from pages.frame.choices import Choices
from pages.frame.speech import Speech
from pages.need.need_layer import SMALL, NeedLayer, NeedShown, measure_words


@lru_cache(maxsize=256)
def rows_in_place(layer: NeedLayer, place: str) -> Rows:
    """Rows of the layer whose authority lies in the place. Shared: read-only."""
    inside = set(reader.members().get(place, ()))
    return [row for row in layer.rows if not inside.isdisjoint(row["la_codes"])]


def need_finding(
    say: Speech,
    chosen: Choices,
    shown: NeedShown,
    layer: NeedLayer,
) -> str:
    """One sentence: how much need there is in the place, and where it is highest. Kept with the layer."""
    return _finding(
        say,
        chosen.place,
        chosen.theme,
        shown,
        layer,
    )


@lru_cache(maxsize=256)
def _finding(
    say: Speech,
    in_place: str,
    theme_id: str,
    shown: NeedShown,
    layer: NeedLayer,
) -> str:
    rows = [r for r in rows_in_place(layer, in_place) if r["score"] is not None]
    if not rows:
        return say(
            "map.nothing",
            theme=say.theme(theme_id),
            offer=offer_words(say, theme_id),
        )
    if shown.definition == "rate":
        return _rate_finding(
            say,
            in_place,
            theme_id,
            shown,
            rows,
        )
    if shown.definition == "lead":
        return _lead_finding(
            say,
            in_place,
            theme_id,
            shown.level,
            rows,
        )
    if shown.definition == "wimd" and shown.level == SMALL:
        return say(
            "map.finding_wimd",
            place=_start(say, in_place),
            n=sum((r["published_group"] or 9) <= 2 for r in rows),
            total=numbers.whole(len(rows)),
            edition=shown.edition,
        )
    return _score_finding(
        say,
        in_place,
        theme_id,
        shown.level,
        rows,
    )


def _start(say: Speech, in_place: str) -> str:
    """A place as a sentence begins with it."""
    place = say.in_place(in_place)
    return sentence_start(place)


def _highest(rows: Rows) -> Row:
    return max(
        rows,
        key=lambda r: r["score"],
    )


def _rate_finding(
    say: Speech,
    in_place: str,
    theme_id: str,
    shown: NeedShown,
    rows: Rows,
) -> str:
    top = _highest(rows)
    return say(
        "map.finding_rate",
        place=say.in_place(in_place),
        theme=say.theme(theme_id),
        area=say.of(top),
        top=measure_words(say, shown, rows)(top["score"]),
    )


def _lead_finding(
    say: Speech,
    in_place: str,
    theme_id: str,
    level: str,
    rows: Rows,
) -> str:
    """The leading indicator: of one authority with its rank, of authorities alone, or of people counted."""
    top, theme = _highest(rows), say.theme(theme_id)
    if level == "LA" and len(rows) == 1 and top["rank"] is not None:
        return say(
            "map.finding_one_authority",
            place=_start(say, in_place),
            theme=theme,
            rate=share_words(top),
            rank=say.rank(
                top["rank"],
                top["rank_of"],
            ),
        )
    if level == "LA" and _only_by_authority(theme_id):
        return say(
            "map.finding_authorities",
            theme=theme,
            place=say.in_place(in_place),
            area=say.of(top),
            top=share_words(top),
        )
    # an area without a figure is in neither sum: its people would make the rate too low
    counted = [r for r in rows if r["people_in_need"] is not None]
    people = sum(r["people_in_need"] for r in counted)
    population = sum(r["population_at_risk"] or 0 for r in counted)
    in_need, at_risk, rate = people_beside(
        people,
        population,
        decimals_of(top),
    )
    return say(
        "map.finding_lead",
        place=_start(say, in_place),
        theme=theme,
        people=in_need,
        population=at_risk,
        rate=rate,
        area=say.of(top),
        top=share_words(top),
    )


def _only_by_authority(theme_id: str) -> bool:
    """Whether the leading indicator of a theme is published for authorities and for nothing smaller."""
    return all(
        o["area_type"] == "LA"
        for o in reader.need_offer()
        if o["theme_id"] == theme_id
        and o["definition"] == "lead"
        and o["areas"]
    )


def _score_finding(
    say: Speech,
    in_place: str,
    theme_id: str,
    level: str,
    rows: Rows,
) -> str:
    top, theme, start = (
        _highest(rows),
        say.theme(theme_id),
        _start(say, in_place),
    )
    if level != SMALL:
        return say(
            "map.finding_authorities_score",
            place=start,
            theme=theme,
            area=say.of(top),
            top=numbers.pct(
                top["score"],
                0,
            ),
        )
    n = sum((r["fifth_share_wales"] or 0) >= 0.5 for r in rows)
    return say(
        "map.finding_score",
        place=start,
        theme=theme,
        n=n,
        total=numbers.whole(len(rows)),
        area=say.of(top),
    )


def instead_words(
    say: Speech,
    chosen: Choices,
    shown: NeedShown,
) -> str:
    """Why the map shows something else than was chosen, and on what measures the level that was chosen can
    be seen.
    """
    wanted = say(f"choices.level_{chosen.level}")
    text = say(
        "map.not_at_this_level",
        asked=say(f"need.definition.{chosen.need}"),
        wanted=wanted,
        measure=say(f"need.definition.{shown.definition}"),
        level=say(f"choices.level_{shown.level}"),
    )
    held = {
        o["definition"]
        for o in reader.need_offer()
        if o["theme_id"] == chosen.theme
        and o["areas"]
        and o["area_type"] == chosen.level
    }
    others = [
        f"“{say(f'need.definition.{d}')}”"
        for d in NEED_DEFINITIONS
        if d in held
    ]
    return text + (
        " "
        + say(
            "map.offered_at_level",
            wanted=wanted,
            others=" / ".join(others),
            box=say("choices.need"),
        )
        if others
        else ""
    )


def offer_words(say: Speech, theme: str) -> str:
    """On what measures and levels a theme can be shown: 'people in need (small areas); …'."""
    offers = sorted(
        {
            (o["definition"], o["area_type"])
            for o in reader.need_offer()
            if o["theme_id"] == theme and o["areas"]
        }
    )
    return "; ".join(
        f"{say(f'need.definition.{d}')} – {say(f'area_type.{a}')}"
        for d, a in offers
    )


def _indicator(shown: NeedShown) -> Row | None:
    return next(
        (
            i
            for i in reader.indicators()
            if i["indicator_id"] == shown.indicator_id
        ),
        None,
    )


def need_name(say: Speech, shown: NeedShown) -> str:
    """The indicator that is drawn, or the measure where it is made of several."""
    held = _indicator(shown)
    return say.of(held) if held else say(f"need.definition.{shown.definition}")


def need_source(say: Speech, shown: NeedShown) -> str:
    """Source line of the need that is drawn, with its edition."""
    held = _indicator(shown)
    edition = f"{need_name(say, shown)}, {say.edition(shown.edition)}"
    if shown.is_illustrative and say("common.illustrative") not in edition:
        edition += f" ({say('common.illustrative')})"
    text = say("map.source", source=edition)
    caveat = (held or {}).get(f"caveat_{say.lang}")
    return f"{text} {caveat}" if caveat else text

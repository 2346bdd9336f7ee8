"""The map in a real browser, on real boundaries with made-up values."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Route
from running import choose, map_settled, the_map

MOST_SOCKET_BYTES_PER_CHANGE = 60_000
POWYS = (0.70, 0.55)
VIEWPORT = {"width": 1280, "height": 860}


@dataclass
class Visit:
    """A page with the map drawn, and what it asked for on the way."""

    page: Page
    requests: list[str] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def point(self, across: float, down: float) -> tuple[float, float]:
        box = self.page.locator(".cl-frame canvas").bounding_box()
        assert box is not None
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    def shot(self) -> Image.Image:
        return Image.open(
            io.BytesIO(self.page.locator(".cl-stage").screenshot())
        ).convert("RGB")

    def view(self) -> str | None:
        return the_map(self.page).get_attribute("data-view")


def open_visit(browser: Browser, url: str, **options: object) -> Visit:
    page = browser.new_page(viewport=VIEWPORT, accept_downloads=True, **options)
    visit = Visit(page)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda frame: visit.frames.append(len(frame))
        ),
    )
    page.on("pageerror", lambda error: visit.troubles.append(str(error)))
    page.on(
        "console",
        lambda line: (
            visit.troubles.append(line.text) if line.type == "error" else None
        ),
    )
    page.goto(url)
    return visit


@pytest.fixture
def visit(browser: Browser, demo_url: str) -> Iterator[Visit]:
    opened = open_visit(browser, demo_url)
    map_settled(opened.page)
    yield opened
    opened.page.close()


def share_of_colour(image: Image.Image, colour: str) -> float:
    wanted = tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    pixels = list(image.get_flattened_data())
    return sum(
        1
        for pixel in pixels
        if max(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) <= 2
    ) / len(pixels)


def test_every_class_of_the_palette_is_drawn(visit: Visit) -> None:
    image = visit.shot()
    for colour in ("#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d"):
        assert share_of_colour(image, colour) > 0.005, (
            f"{colour} is missing from the map"
        )


def test_the_areas_are_seen_in_their_colours_and_place_before_the_map_itself_is_made(
    browser: Browser, demo_url: str
) -> None:
    page = browser.new_page(viewport=VIEWPORT)
    held: list[Route] = []
    page.route(
        re.compile(r"/assets/maplibre-[0-9.]+\.js"),
        lambda route: held.append(route),
    )
    page.goto(demo_url)
    page.locator(".cl-still").wait_for()
    visit = Visit(page)
    still = visit.shot()
    for colour in ("#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d"):
        assert share_of_colour(still, colour) > 0.005, (
            f"{colour} is missing from the first picture"
        )
    for route in held:
        route.continue_()
    map_settled(page)
    assert page.locator(".cl-still").count() == 0
    drawn = visit.shot()
    # names and marks come with the map; the areas stay where they were
    moved = (
        ImageChops.difference(still, drawn)
        .convert("L")
        .point(lambda level: 255 * (level > 60))
    )
    assert (
        sum(moved.get_flattened_data()) / 255 / (still.width * still.height)
        < 0.05
    )
    page.close()


def test_wales_fills_the_frame_from_top_to_bottom(visit: Visit) -> None:
    image = visit.shot()
    width, height = image.size
    legend = int(0.25 * width)
    rows = [
        y
        for y in range(5, height - 25)
        if any(
            image.getpixel((x, y)) != (255, 255, 255)
            for x in range(legend, int(0.85 * width), 3)
        )
    ]
    assert rows[0] < 0.06 * height and rows[-1] > 0.92 * height


def test_nothing_is_asked_of_another_host_and_nothing_is_blocked(
    visit: Visit,
) -> None:
    choose(visit.page, "Show", "need and projects")
    map_settled(visit.page, after="1")
    elsewhere = [
        u
        for u in visit.requests
        if not u.startswith(
            ("http://127.0.0.1:", "blob:http://127.0.0.1:", "data:")
        )
    ]
    assert elsewhere == []
    assert visit.troubles == []


def test_a_change_of_indicator_is_small_and_keeps_view_and_selection(
    visit: Visit,
) -> None:
    visit.page.mouse.click(*visit.point(*POWYS))
    chosen = visit.page.get_by_text("Picked: W01")
    chosen.wait_for()
    code = chosen.inner_text().split()[1].rstrip(";")
    version = map_settled(visit.page)
    visit.page.get_by_role("button", name="Zoom in").click()
    visit.page.wait_for_timeout(800)
    before = visit.shot()
    visit.frames.clear()
    choose(visit.page, "Indicator", "Health")
    map_settled(visit.page, after=version)
    zoomed = visit.view()
    visit.page.wait_for_timeout(300)
    assert sum(visit.frames) <= MOST_SOCKET_BYTES_PER_CHANGE
    assert visit.page.get_by_text(f"selected: {code}").is_visible()
    assert before.tobytes() != visit.shot().tobytes()
    version = str(the_map(visit.page).get_attribute("data-version"))
    choose(visit.page, "Indicator", "Housing")
    map_settled(visit.page, after=version)
    assert visit.view() == zoomed
    assert float(str(zoomed).rsplit(",", 1)[1]) > 7.5


def test_choosing_a_region_moves_the_view_and_an_indicator_does_not(
    visit: Visit,
) -> None:
    whole = visit.view()
    choose(visit.page, "Region", "Cardiff and Vale")
    map_settled(visit.page, after="1")
    assert visit.view() != whole


def test_hover_tells_name_class_value_and_rank(visit: Visit) -> None:
    visit.page.mouse.move(*visit.point(*POWYS))
    box = visit.page.locator(".cl-hover")
    box.wait_for(state="visible")
    lines = box.locator("p").all_inner_texts()
    assert lines[0].startswith("Powys")
    assert "fifth" in lines[1]
    assert lines[2].endswith("% of people")
    assert lines[3].endswith("105 in its authority")


def test_another_level_of_areas_is_drawn_in_the_same_view(visit: Visit) -> None:
    whole = visit.view()
    choose(visit.page, "Show", "need by authority")
    map_settled(visit.page, after="1")
    assert visit.view() == whole
    visit.page.mouse.move(*visit.point(*POWYS))
    visit.page.locator(".cl-hover-name", has_text="Powys").wait_for()
    assert visit.page.locator(".cl-hover-name").inner_text() == "Powys"
    assert visit.troubles == []


def test_project_marks_can_be_hidden(visit: Visit) -> None:
    choose(visit.page, "Show", "need and projects")
    map_settled(visit.page, after="1")
    with_marks = share_of_colour(visit.shot(), "#7a1f5c")
    visit.page.get_by_role("checkbox", name="Projects").uncheck()
    visit.page.wait_for_timeout(600)
    assert with_marks > 0
    assert share_of_colour(visit.shot(), "#7a1f5c") == 0


def test_the_picture_is_named_and_holds_title_and_legend(visit: Visit) -> None:
    with visit.page.expect_download() as coming:
        visit.page.get_by_role("button", name="Save picture").click()
    assert coming.value.suggested_filename == "made-up-need.png"
    picture = Image.open(coming.value.path()).convert("RGB")
    frame = visit.page.locator(".cl-frame canvas").bounding_box()
    assert frame is not None
    assert picture.height > 2 * frame["height"] + 60
    assert (
        share_of_colour(picture.crop((0, 0, picture.width // 2, 90)), "#1b1f23")
        > 0.001
    )
    assert share_of_colour(picture, "#045a8d") > 0.01


def test_keyboard_moves_the_map_and_it_has_a_name(visit: Visit) -> None:
    canvas = visit.page.locator(".cl-frame canvas")
    assert (
        canvas.get_attribute("aria-label")
        == "Map of need by small area in Wales"
    )
    canvas.focus()
    before = visit.shot()
    visit.page.keyboard.press("ArrowRight")
    visit.page.wait_for_timeout(800)
    assert before.tobytes() != visit.shot().tobytes()


def test_an_area_is_found_by_name_or_code_and_an_unknown_name_is_said(
    visit: Visit,
) -> None:
    box = visit.page.get_by_role("combobox", name="Find an area")
    box.fill("Nowhere 001A")
    box.press("Enter")
    visit.page.get_by_text("No area here has that name or code.").wait_for()
    box.fill("w01000863")
    box.press("Enter")
    visit.page.get_by_text("selected: W01000863").wait_for()
    name = box.input_value()
    assert name and name != "w01000863"
    box.fill("")
    box.press("Enter")
    visit.page.get_by_text("selected: –").wait_for()
    box.fill(name.upper())
    box.press("Enter")
    visit.page.get_by_text("selected: W01000863").wait_for()
    assert (
        visit.page.get_by_text("No area here has that name or code.").count()
        == 0
    )


def test_without_webgl_there_is_a_sentence_and_the_legend(
    browser: Browser, demo_url: str
) -> None:
    context = browser.new_context(viewport=VIEWPORT)
    context.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        " return kind.startsWith('webgl') ? null : get.call(this, kind, ...rest); };"
    )
    page = context.new_page()
    page.goto(demo_url)
    map_settled(page, state="unavailable")
    assert page.get_by_text("This browser cannot draw the map").is_visible()
    assert page.get_by_text("Withheld: the number is small").is_visible()
    context.close()


def test_on_a_narrow_screen_the_legend_stands_under_the_map(
    browser: Browser, demo_url: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(demo_url)
    map_settled(page)
    frame, legend = (
        page.locator(".cl-frame").bounding_box(),
        page.locator(".cl-legend").bounding_box(),
    )
    assert frame is not None and legend is not None
    assert legend["y"] >= frame["y"] + frame["height"]
    page.close()

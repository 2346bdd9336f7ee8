"""Markup in any text of the build is shown as text: nothing runs, nothing is asked of anybody, no element is
made of it but a link that shows its whole address.

The served file is the sample with a payload in front of every text that somebody wrote: no reader of files is
asked to stop it first.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page
from running import PROJECT, served

from tests.patience import PATIENCE_MS

MARK = "canary7731"
ASKS = f"http://{MARK}.example/x"
PAYLOADS = (
    f"<script>document.title='{MARK}'</script>",
    f"<img src={ASKS}.png onerror=alert('{MARK}')>",
    f"<svg onload=alert('{MARK}')>",
    f"<iframe src='{ASKS}'></iframe>",
    f"<a href='javascript:alert(1)' id={MARK}>a</a>",
    f"<b id={MARK}>b</b>",
    f"<style>@import '{ASKS}.css'</style>",
    f"<link rel=stylesheet href={ASKS}.css>",
    f"<object data={ASKS}></object>",
    f"<form action={ASKS}><input name={MARK}></form>",
    f"<details open ontoggle=alert('{MARK}')>",
    f"<math href=javascript:alert(1)><mi id={MARK}>x</mi></math>",
    f"<template><img id={MARK}></template>",
    f"<p style='background:url({ASKS}.gif)'>",
    f"<meta http-equiv=refresh content='0;url={ASKS}'>",
    f"<base href={ASKS}>",
    f"![{MARK}]({ASKS}.png)",
    f"[{MARK}]({ASKS})",
    f"[{MARK}](javascript:alert(1))",
    f"<{ASKS}>",
    f"[{MARK}][1]\n\n[1]: {ASKS}",
    f"| {MARK} | b |\n|---|---|\n| c | d |",
    f"`{MARK}`",
    f"```\n{MARK}\n```",
    f"# {MARK}",
    f"**{MARK}**",
    f":red[{MARK}]",
    f":material/warning: {MARK}",
    f":red-background[{MARK}]",
    f":streamlit: {MARK}",
    f"$${MARK}$$",
    f"$\\href{{{ASKS}}}{{{MARK}}}$",
    f"\\[{MARK}\\]",
    f":small[{MARK}]",
    f"&lt;img src={ASKS} onerror=alert(1)&gt;",
    f"&#60;script&#62;alert('{MARK}')&#60;/script&#62;",
    f"\\<b id={MARK}\\>",
    f'"><img id={MARK} src={ASKS}>',
    f"'><svg id={MARK} onload=alert(1)>",
    f"]]><b id={MARK}>",
    f"--><b id={MARK}>",
    f"</title><b id={MARK}>",
    f"{{{{constructor.constructor('alert(1)')()}}}} {MARK}",
    f"${{alert('{MARK}')}}",
    f"%3Cb id={MARK}%3E",
    f"\u202e<b id={MARK}>",
    f"<b\u0000 id={MARK}>".replace("\x00", ""),
    f"＜b id={MARK}＞",
    f"<a name={MARK}>",
    f"<b onclick=alert(1) id={MARK}>",
)
WRITTEN = {
    "project": (
        "title",
        "provider_name",
        "approver",
        "route_to_award",
        "outcomes",
        "engagement_with",
        "engagement_change",
        "capacity_unit",
    ),
    "area": ("name_en", "name_cy"),
    "assessment": ("title", "body"),
    "priority": ("statement", "statement_cy", "page"),
    "citation": ("quotation", "page"),
    "statement": (
        "said_en",
        "said_cy",
        "text",
        "summary",
        "answer_en",
        "answer_cy",
    ),
    "snapshot": ("title_en", "title_cy", "publisher"),
    "problem": ("found", "expected", "remedy", "place", "file"),
    "indicator": ("caveat_en", "caveat_cy"),
    "target_group": ("name_en", "name_cy"),
}


@pytest.fixture(scope="module")
def hostile(
    sample_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str, str]]:
    """Where the spoilt sample is served, with the ids of a project and of an area of it."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(sample_data, folder)
    (folder / "built" / "clearlink.sha256").unlink()
    spoilt = 0
    with duckdb.connect(str(folder / "built" / "clearlink.duckdb")) as con:
        for table, wanted in WRITTEN.items():
            for column in [c for c in con.table(table).columns if c in wanted]:
                one = f"list_extract($1, 1 + (hash(rowid + {spoilt}) % {len(PAYLOADS)})::integer)"
                con.execute(
                    f"update {table} set {column} = {one} || ' ' || {column} "  # noqa: S608 - our own names
                    f"where {column} is not null",
                    [list(PAYLOADS)],
                )
                spoilt += 1
        # the one that is opened holds many of them at once
        project, area = con.execute(
            "select p.project_id, a.area_code from project p join project_area a using (project_id) "
            "where a.area_code like 'W01%' order by 1, 2"
        ).fetchone() or ("", "")
        con.execute(
            "update project set title = $1 where project_id = $2",
            [" ".join(PAYLOADS), project],
        )
        con.execute(
            "update area set name_en = $1, name_cy = $1 where area_code = $2",
            [" ".join(PAYLOADS), area],
        )
    assert spoilt >= 20
    with served(PROJECT / "app.py", folder) as url:
        yield url, str(project), str(area)


MADE_OF_IT = f"""() => {{
    const shadowed = [...document.querySelectorAll('*')].filter(e => e.shadowRoot);
    const roots = [document, ...shadowed.map(e => e.shadowRoot)];
    const wrong = [
        '[id="{MARK}"]', '[name="{MARK}"]', '[src*="{MARK}"]', '[href*="{MARK}"]', '[data*="{MARK}"]',
        '[action*="{MARK}"]', '[onerror]', '[onload]', '[onclick]', '[ontoggle]', '[href^="javascript:"]',
        'iframe', 'object', 'embed', 'base', 'meta[http-equiv=refresh]',
    ].join(', ');
    const inside = '[data-testid=stMarkdownContainer] ';
    const drawn = [
        'code', 'table', 'pre', '.katex', 'img', 'span.colored-text', '[class*=stMarkdownColored]',
        'h1 [id="{MARK}"]',
    ].map(s => inside + s).join(', ');
    const told = (e) => e.outerHTML.slice(0, 160);
    // the page's own mark beside a heading; and an address in a text, which says in full where it leads and
    // hands nothing over
    const saysWhere = (e) => e.textContent === decodeURI(e.getAttribute('href'))
        && /^https?:/.test(e.textContent) && /noopener.*noreferrer/.test(e.rel);
    const harmless = (e) => e.tagName === 'A' && (e.getAttribute('href').startsWith('#') || saysWhere(e));
    const isMarked = (e) => e.textContent.includes('{MARK}') || (e.src || '').includes('{MARK}');
    return roots.flatMap(r => [
        ...[...r.querySelectorAll(wrong)].filter(e => !harmless(e)),
        ...[...r.querySelectorAll(drawn)].filter(isMarked),
    ].map(told));
}}"""


# each screen in one language, the richest in both
SCREENS = (
    ("projects?project={project}", "en"),
    ("projects?project={project}", "cy"),
    ("area?area={area}", "cy"),
    ("need_map?theme=early_years&area={area}", "en"),
    ("voices", "cy"),
    ("data_and_method", "en"),
)


@pytest.mark.parametrize(("screen", "lang"), SCREENS)
def test_markup_is_text_on_every_screen(
    browser: Browser, hostile: tuple[str, str, str], screen: str, lang: str
) -> None:
    url, project, area = hostile
    page: Page = browser.new_page(viewport={"width": 1366, "height": 768})
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "dialog",
        lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()),
    )
    path = screen.format(project=project, area=area)
    page.goto(f"{url}/{path}{'&' if '?' in path else '?'}lang={lang}")
    page.wait_for_selector(
        "[data-testid=stApp][data-test-script-state=notRunning]",
        timeout=PATIENCE_MS,
    )
    page.wait_for_selector("h1", timeout=PATIENCE_MS)
    page.wait_for_timeout(300)
    assert page.locator("[data-testid=stException]").count() == 0
    assert dialogs == []
    assert [
        u
        for u in asked
        if MARK in u
        or not u.startswith((url, url.replace("http", "ws"), "data:", "blob:"))
    ] == []
    assert page.evaluate(MADE_OF_IT) == []
    assert MARK not in page.title()
    if "=" in path:
        assert MARK in page.locator("[data-testid=stMain]").inner_text(), (
            "the payloads are on the screen, as text"
        )
    page.close()

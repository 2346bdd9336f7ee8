"""What a command refuses, it refuses in the language asked for, and in both where none can be asked for."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from clearlink.command import RUNS, main
from clearlink.commands.options import COMMANDS
from clearlink.exit_codes import Exit
from clearlink.warehouse import reader
from clearlink.words import LANGUAGES, Lang, numbers, sentences

PACK = ["pack", "--date", "2026-12-07"]
NORTH = ["--region", "RCC_NORTH_WALES"]
IN_BOTH = ("found", "cafwyd")


def refused(
    capsys: pytest.CaptureFixture[str], code: Exit, *command: str
) -> str:
    assert main(list(command)) == code
    told = capsys.readouterr()
    assert not told.out
    return told.err


@pytest.fixture
def on_sample(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))


@pytest.mark.usefixtures("on_sample")
@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", IN_BOTH[:1]), ("cy", IN_BOTH[1:]), ("both", IN_BOTH)],
)
@pytest.mark.parametrize(
    "wrong", [["--region", "Narnia"], [*NORTH, "--year", "1950-51"]]
)
def test_a_pack_that_cannot_be_made_says_so_in_its_language(
    wrong: list[str],
    lang: str,
    said: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = refused(
        capsys,
        Exit.USAGE,
        *PACK,
        *wrong,
        "--lang",
        lang,
        "--out",
        str(tmp_path),
    )
    assert [word in told for word in IN_BOTH] == [
        word in said for word in IN_BOTH
    ]
    assert f"{wrong[-2]}: " in told and f"“{wrong[-1]}”" in told


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "Nothing is built"), ("cy", "Nid oes dim wedi’i adeiladu")],
)
def test_nothing_to_export_or_pack_is_said_in_the_language_asked_for(
    lang: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path))
    out = ["--lang", lang, "--out", str(tmp_path / "out")]
    for command in (["export", "--format", "csv", *out], [*PACK, *NORTH, *out]):
        assert refused(capsys, Exit.SOURCE_UNAVAILABLE, *command).startswith(
            said
        )


@pytest.mark.usefixtures("on_sample")
@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "cannot be written"), ("cy", "na ellir ysgrifennu")],
)
def test_a_folder_that_cannot_be_written_is_no_fault_of_the_program(
    lang: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    out = ["--lang", lang, "--out", str(tmp_path / "file")]
    assert said in refused(
        capsys, Exit.USAGE, "export", "--format", "parquet", *out
    )


@pytest.mark.usefixtures("on_sample")
@pytest.mark.parametrize(
    "command", ["verdicts", "gaps", "overlaps", "fairness"]
)
@pytest.mark.parametrize("option", ["--region", "--theme"])
def test_an_answer_that_is_asked_for_wrongly_is_refused_in_both(
    command: str, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    english, welsh = refused(
        capsys, Exit.USAGE, command, option, "Narnia"
    ).splitlines()
    assert english.startswith(f"{option}: found “Narnia”") and welsh.startswith(
        f"{option}: cafwyd “Narnia”"
    )


@pytest.mark.usefixtures("on_sample")
@pytest.mark.parametrize("lang", ["en", "cy"])
def test_an_export_says_which_day_and_year_its_tables_count(
    lang: Lang, tmp_path: Path
) -> None:
    """A year that is chosen acts on no exported table, so each says what it counts."""
    assert (
        main(
            [
                "export",
                "--format",
                "xlsx",
                "--lang",
                lang,
                "--out",
                str(tmp_path),
            ]
        )
        == Exit.DONE
    )
    with (tmp_path / "contents.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        counts = {row[0]: row[4] for row in csv.reader(file)}
    day = numbers.day(lang, reader.build()["as_of"])
    for table in ("gap", "overlap"):
        assert day in counts[table] and reader.year() in counts[table]
    assert (
        counts["register"]
        and counts["register"] == counts["verdict"] == counts["project_area"]
    )
    assert not counts["priorities"]


@pytest.mark.usefixtures("on_sample")
@pytest.mark.parametrize("command", ["gaps", "overlaps", "fairness"])
def test_an_answer_of_the_day_says_its_day_and_year(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(
            [
                command,
                "--region",
                "Gwent",
                "--theme",
                "early_years",
                "--format",
                "csv",
            ]
        )
        == Exit.DONE
    )
    told = capsys.readouterr().err
    assert told.count(reader.year()) == 2, "in both languages"
    assert all(
        numbers.day(lang, reader.build()["as_of"]) in told
        for lang in ("en", "cy")
    )


def ended(
    capsys: pytest.CaptureFixture[str], *command: str
) -> tuple[object, str, str]:
    """How a command ends that the parser answers by itself, and what it says."""
    with pytest.raises(SystemExit) as end:
        main(list(command))
    told = capsys.readouterr()
    return end.value.code, told.out, told.err


WRONG = [
    (["pack"], "are required: --region", "mae angen y rhain: --region"),
    (["export", "--format", "z"], "expected one of", "disgwylid un o’r rhain"),
    ([*PACK, "--region"], "expected one value", "disgwylid un gwerth"),
    (["export", "--no-such"], "are required", "mae angen y rhain"),
    (
        ["import", "r.csv", "--dates", "year"],
        "--dates: found 'year'",
        "--dates: cafwyd 'year'",
    ),
    (
        ["import", "r.csv", "--re"],
        "could mean any of",
        "gallai --re olygu unrhyw un",
    ),
    (
        ["import", "r.csv", "--json=1"],
        "takes no value",
        "nid yw’n cymryd gwerth",
    ),
    (
        ["import", "r.csv", "s.csv"],
        "not recognised: s.csv",
        "heb ei adnabod: s.csv",
    ),
    (
        [*PACK[:2], "31/02/2026"],
        "expected a day as YYYY-MM-DD",
        "disgwylid diwrnod fel BBBB-MM-DD",
    ),
    (["up", "--sample", "--official"], "not allowed with", "ni chaniateir hyn"),
    (["up", "--port", "x"], "expected a whole number", "disgwylid rhif cyfan"),
    (
        ["up", "--register"],
        "expected at least one value",
        "disgwylid o leiaf un",
    ),
]


@pytest.mark.parametrize("asked", [None, "en", "cy"])
@pytest.mark.parametrize(("command", "english", "welsh"), WRONG)
def test_a_command_line_that_cannot_be_read_says_so_in_its_language(
    command: list[str],
    english: str,
    welsh: str,
    asked: Lang | None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = (
        command
        if asked is None
        else [command[0], f"--lang={asked}", *command[1:]]
    )
    code, out, told = ended(capsys, *line)
    assert code == Exit.USAGE and not out
    assert (english in told, welsh in told) == (asked != "cy", asked != "en")
    assert told.startswith("defnydd:" if asked == "cy" else "usage:")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_whole_in_both_languages(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = [command] if command else []
    told = {
        lang: ended(capsys, *line, "--help", "--lang", lang)
        for lang in LANGUAGES
    }
    assert {code for code, _, _ in told.values()} == {0}
    english, welsh = (" ".join(told[lang][1].split()) for lang in LANGUAGES)
    ours = [
        e for key, e in sentences().items() if key.startswith("command.help.")
    ]
    found = [e for e in ours if " " in str(e["en"]) and str(e["en"]) in english]
    # words that also begin a longer help are not said by themselves there
    within = "\n".join(str(e["en"]) for e in found)
    said = [e for e in found if within.count(str(e["en"])) == 1]
    assert said and [e for e in said if str(e["cy"]) not in welsh] == []
    assert "dewisiadau:" in welsh and "options:" not in welsh


def test_help_is_in_the_language_of_the_machine_where_none_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLEARLINK_LANG", "cy")
    assert ended(capsys, "gaps", "--help")[1].startswith(
        "defnydd: clearlink gaps"
    )


def test_every_command_does_something() -> None:
    assert RUNS.keys() == COMMANDS.keys()

"""The settings: read once from the environment, frozen, silent about secrets, and helpful when wrong."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import SLACK_API, Settings

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "abc"}


def settings(**given: str) -> Settings:
    return Settings.model_validate(given)


def test_nothing_is_needed_to_make_them() -> None:
    """`manifest` and `doctor` work before anything is set up."""
    found = settings()
    assert found.database == "sqlite:///data/throughline.db"
    assert (found.host, found.port, found.log_level) == ("127.0.0.1", 3000, "INFO")
    assert found.api_url == SLACK_API
    assert found.missing() == ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]
    assert found.missing(socket=True) == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]


def test_two_tokens_are_enough_to_run() -> None:
    """They are checked for presence, not for their shape: Slack may change it."""
    assert settings(**TOKENS).missing() == []
    assert settings(SLACK_BOT_TOKEN="anything", SLACK_APP_TOKEN="at all").missing(socket=True) == []


def test_they_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names are those of docs/settings.md; one that is set to nothing counts as unset."""
    monkeypatch.setenv("PORT", "8080")
    monkeypatch.setenv("HOST", "::1")
    monkeypatch.setenv("SLACK_API_URL", "")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    found = Settings.of_environment()
    assert (found.host, found.port, found.api_url, found.log_level) == ("::1", 8080, SLACK_API, "DEBUG")


def test_they_cannot_be_changed_afterwards() -> None:
    """Read once, at the entry."""
    with pytest.raises(ValidationError, match="frozen"):
        setattr(settings(), "port", 1)  # noqa: B010 - mypy would see it coming


def test_secrets_do_not_show() -> None:
    """Neither printing the settings nor a complaint about them shows a token."""
    found = settings(
        SLACK_BOT_TOKEN="xoxb-quokka", SLACK_SIGNING_SECRET="quokka", SLACK_APP_TOKEN="xapp-quokka"
    )
    assert "quokka" not in repr(found)
    assert "quokka" not in str(found)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SLACK_API_URL", "https://slack.com", "ends in /api/"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING or ERROR"),
        ("PORT", "70000", "less than or equal to 65535"),
        ("PORT", "three thousand", "valid integer"),
        ("THROUGHLINE_CLOCK_URL", "http://127.0.0.1:3000/clock", "a Slack on this machine"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_right(name: str, value: str, words: str) -> None:
    """What is wrong is found at the start, not at the first request."""
    with pytest.raises(ValidationError, match=words):
        settings(**{name: value})


@pytest.mark.parametrize(
    ("clock", "api", "fine"),
    [
        ("http://127.0.0.1:3000/clock", "http://127.0.0.1:3000/api/", True),
        ("http://[::1]:3000/clock", "http://localhost:3000/api/", True),
        ("http://127.0.0.1:3000/clock", SLACK_API, False),
        ("http://10.0.0.1/clock", "http://127.0.0.1:3000/api/", False),
        ("http://127.0.0.1.example.com/clock", "http://127.0.0.1:3000/api/", False),
    ],
)
def test_nobody_moves_the_time_of_a_real_workspace(clock: str, api: str, fine: bool) -> None:
    """The movable clock works only where both it and Slack are on this very machine."""
    given = {"THROUGHLINE_CLOCK_URL": clock, "SLACK_API_URL": api}
    if fine:
        assert settings(**given).clock_url == clock
    else:
        with pytest.raises(ValidationError, match="only with a Slack on this machine"):
            settings(**given)


def test_a_secret_can_be_rotated() -> None:
    """Two signing secrets, with a comma between, both count; blanks do not."""
    assert settings(SLACK_SIGNING_SECRET="new, old").signing_secrets == ("new", "old")
    assert settings(SLACK_SIGNING_SECRET="only").signing_secrets == ("only",)
    assert settings(SLACK_SIGNING_SECRET=" , ").signing_secrets == ()


@pytest.mark.parametrize(
    ("given", "database"),
    [
        ({"THROUGHLINE_DATA_DIR": "/srv/throughline"}, "sqlite:////srv/throughline/throughline.db"),
        ({"THROUGHLINE_DATABASE_URL": "postgresql://tl@db/tl"}, "postgresql://tl@db/tl"),
        ({"THROUGHLINE_DATABASE_URL": "postgres://tl@db/tl"}, "postgresql://tl@db/tl"),
    ],
)
def test_where_the_data_is(given: dict[str, str], database: str) -> None:
    """A SQLite file unless there is a URL, written either way hosts write it."""
    assert settings(**given).database == database


def test_the_data_folder_is_a_path() -> None:
    """So that the file name is joined the same way everywhere."""
    assert settings(THROUGHLINE_DATA_DIR="here/").data_dir == Path("here")

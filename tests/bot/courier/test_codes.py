"""What each answer of Slack's means for the row that made the call."""

import pytest

from bot.courier.attempt import classify
from bot.courier.codes import MENDED_BY_INSTALLING, MENDED_IN_THE_CHANNEL, NOBODY_TELLS, verdict_of
from bot.courier.documented import COMMON, METHODS, REVOKED, SEEN, SLACKS_OWN
from bot.slack import Response
from storage.outbox.values import Verdict

WAIT = {"retry-after": "30"}
POST, ADD, UPDATE, READ = "chat.postMessage", "reactions.add", "chat.update", "conversations.info"


def said(code: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Slack says no by this code."""
    return Response(status, {"ok": False, "error": code}, headers or {})


@pytest.mark.parametrize(
    ("method", "code", "verdict"),
    [
        (ADD, "already_reacted", Verdict.DONE),
        ("reactions.remove", "no_reaction", Verdict.DONE),
        ("pins.add", "already_pinned", Verdict.DONE),
        (POST, "ratelimited", Verdict.LATER),
        (POST, "message_limit_exceeded", Verdict.LATER),
        ("views.publish", "hash_conflict", Verdict.LATER),
        (POST, "invalid_blocks", Verdict.PLAINER),
        (POST, "msg_too_long", Verdict.PLAINER),
        (POST, "is_archived", Verdict.BLOCKED),
        (POST, "not_in_channel", Verdict.BLOCKED),
        (POST, "invalid_auth", Verdict.BLOCKED),
        (POST, "missing_scope", Verdict.BLOCKED),
        (POST, "restricted_action", Verdict.BLOCKED),
        (POST, "no_text", Verdict.DEAD),
        (POST, "invalid_arguments", Verdict.DEAD),
        (UPDATE, "message_not_found", Verdict.DEAD),
        (UPDATE, "update_failed", Verdict.UNKNOWN),
        (POST, "internal_error", Verdict.UNKNOWN),
        (POST, "never_documented", Verdict.UNKNOWN),
        ("auth.test", "never_documented", Verdict.UNKNOWN),
        # the same code can mean one thing for what is said and another for what is only asked
        (UPDATE, "channel_not_found", Verdict.DEAD),
        (POST, "channel_not_found", Verdict.BLOCKED),
        (READ, "channel_not_found", Verdict.DEAD),
        (READ, "missing_scope", Verdict.DEAD),
    ],
)
def test_each_class_of_code(method: str, code: str, verdict: Verdict) -> None:
    """Done, later, plainer, blocked, dead; what stands in no list of Slack's is unknown."""
    assert verdict_of(method, code) is verdict
    outcome = classify(method, said(code))
    assert (outcome.verdict, outcome.code) == (verdict, code)


@pytest.mark.parametrize(
    ("response", "verdict", "outage"),
    [
        (Response(200, {"ok": True, "ts": "1.2"}, {}), Verdict.DONE, False),
        (said("ratelimited", 429, WAIT), Verdict.LATER, False),
        (Response(429, {}, WAIT), Verdict.LATER, False),
        (Response(500, {}, {}), Verdict.UNKNOWN, True),
        (Response(503, {}, {}), Verdict.UNKNOWN, True),
        (said("invalid_auth", 502), Verdict.UNKNOWN, True),
        (Response(404, {}, {}), Verdict.UNKNOWN, True),
        (Response(200, {}, {}), Verdict.UNKNOWN, True),
        (Response(200, {"ok": False}, {}), Verdict.UNKNOWN, True),
        (said("internal_error"), Verdict.UNKNOWN, True),
        (said("service_unavailable"), Verdict.UNKNOWN, True),
        (said("never_documented"), Verdict.UNKNOWN, False),
    ],
)
def test_each_kind_of_answer(response: Response, verdict: Verdict, outage: bool) -> None:
    """A 5xx, whatever its body says, is an outage and no fault of the call's; a code nobody knows is not one."""
    outcome = classify(POST, response)
    assert (outcome.verdict, outcome.outage) == (verdict, outage)


@pytest.mark.parametrize(
    ("told", "seconds"), [("30", 30.0), ("0.5", 0.5), ("-1", 0.0), ("soon", None), (None, None)]
)
def test_how_long_slack_asks_us_to_wait(told: str | None, seconds: float | None) -> None:
    """Its own word counts where it is a number."""
    headers = {} if told is None else {"retry-after": told}
    assert classify(POST, said("ratelimited", 429, headers)).retry_after == seconds


def test_every_blocked_code_goes_on_one_day() -> None:
    """Whatever can block a row is mended by installing, by coming into the channel, or is tried again daily."""
    tables = [SEEN, COMMON, *(one.codes for one in METHODS.values())]
    blocked = {code for table in tables for code, verdict in table.items() if verdict is Verdict.BLOCKED}
    assert blocked <= MENDED_BY_INSTALLING | MENDED_IN_THE_CHANNEL | NOBODY_TELLS
    assert not NOBODY_TELLS & (MENDED_BY_INSTALLING | MENDED_IN_THE_CHANNEL)
    assert {"restricted_action", "messages_tab_disabled", "not_enabled", "ekm_access_denied"} <= NOBODY_TELLS


def test_special_codes_are_classed_as_what_they_are() -> None:
    """What ends our token blocks every method; what Slack calls its own failure is unknown to every method."""
    for method in METHODS:
        assert {verdict_of(method, code) for code in REVOKED} == {Verdict.BLOCKED}, method
        assert {verdict_of(method, code) for code in SLACKS_OWN} == {Verdict.UNKNOWN}, method

"""Answers that are none of Slack's: nobody knows whether the call was done, and nothing of ours stumbles."""

import pytest
from structlog.testing import capture_logs

from bot.app import Application, Roles
from bot.courier.attempt import classify
from bot.slack import SlackLine
from handlers.registry import registry
from storage.outbox.values import Verdict
from tests.answering import ODD, answering
from tests.bot.sandbox.waiting import until
from tests.bot.test_two_workspaces import command
from tests.front import HERE, SECRET, TOKEN, serving, settings_for
from tests.signed import submit_form


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_answer_leaves_it_open_whether_it_was_done(odd: str) -> None:
    """Whatever comes back that is no JSON object, the call is looked up, neither taken for done nor given up."""
    async with answering(ODD[odd]) as api_url:
        line = SlackLine(api_url, TOKEN)
        written = await line.call("chat.postMessage", {"channel": "C0SALES", "text": "hello"})
        read = await line.call("conversations.history", {"channel": "C0SALES"})
        await line.close()

    for method, response in (("chat.postMessage", written), ("conversations.history", read)):
        outcome = classify(method, response)
        assert (outcome.verdict, outcome.outage) == (Verdict.UNKNOWN, True)
        assert outcome.code.startswith("http_")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("odd", ODD)
async def test_we_answer_people_whatever_stands_in_slack_s_place(database_url: str, odd: str) -> None:
    """The hello keeps trying, a command is answered, and what could not be shown is a line, not a failure."""
    with capture_logs() as lines:
        async with answering(ODD[odd]) as api_url:
            app = Application(settings_for(database_url, api_url), registry(), roles=Roles())
            async with serving(app) as url:
                await until(lambda: app.health.auth.startswith("http_"))
                answer = await submit_form(url, SECRET, command(HERE, "capture", "They want it blue", "1"))
                await app.listening.drain(5)

    assert answer.status == 200
    assert [one["code"][:5] for one in lines if one["event"] == "not shown"] == ["http_"]
    assert [one for one in lines if one["log_level"] == "error"] == []

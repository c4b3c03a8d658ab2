"""User groups: called by one name, listed with their people; and people found by their address."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import running
from bot.sandbox.driver import Slack
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import TOKEN, Configure, manifest

ASKS = manifest()
ASKS["oauth_config"]["scopes"]["bot"] += ["usergroups:read", "users:read.email"]


async def test_a_group_is_called_by_its_handle(slack: Slack, receiver: Receiver) -> None:
    """In a message and in a command it is <!subteam^…>; whoever is in it is mentioned, others are not."""
    said = await slack.message("#general", "@on-call, the export is down", as_="ben")
    assert said.text == "<!subteam^S0ONCALL>, the export is down"
    assert said.blocks[0]["elements"][0]["elements"][0] == {"type": "usergroup", "usergroup_id": "S0ONCALL"}
    assert said.words == said.text
    assert {"U0INES", "U0KENJI", "U0TOMAS"} <= set(said.notifies)
    await slack.command("/capture", "@on-call needs sleep", as_="maya")
    assert receiver.only("command")["text"] == "<!subteam^S0ONCALL> needs sleep"
    for person, mentions in (("kenji", 1), ("omar", 0)):
        channels = (await slack.state(person))["channels"]
        assert [one["mentions"] for one in channels if one["name"] == "general"] == [mentions]


async def test_groups_are_listed_with_their_people(config: Configure) -> None:
    """Whoever left is in none any more; a group that is not there is no_such_subteam."""
    async with running(config(manifest=ASKS)) as place, Slack(place.url) as slack:
        web = AsyncWebClient(TOKEN, base_url=place.api_url, retry_handlers=[])
        await slack.deactivate("kenji")
        listed = (await web.usergroups_list(include_users=True))["usergroups"]
        assert {one["handle"]: one["users"] for one in listed} == {
            "pricing-people": ["U0MAYA", "U0OMAR", "U0SAM"],
            "on-call": ["U0INES", "U0TOMAS"],
        }
        assert "users" not in (await web.usergroups_list())["usergroups"][0]
        assert (await web.usergroups_users_list(usergroup="S0ONCALL"))["users"] == ["U0INES", "U0TOMAS"]
        with pytest.raises(SlackApiError, match="no_such_subteam"):
            await web.usergroups_users_list(usergroup="S0NONE")


async def test_somebody_is_found_by_their_address(config: Configure) -> None:
    """Not who left, not who works elsewhere, and never without the scope for addresses."""
    async with running(config(manifest=ASKS)) as place:
        web = AsyncWebClient(TOKEN, base_url=place.api_url, retry_handlers=[])
        found = await web.users_lookupByEmail(email="Maya@northwind.example")
        assert found["user"]["id"] == "U0MAYA"
        for nobody in ("pete@northwind.example", "nora@northwind.example", "helpline@northwind.example"):
            with pytest.raises(SlackApiError, match="users_not_found"):
                await web.users_lookupByEmail(email=nobody)
    async with running(config()) as place:
        web = AsyncWebClient(TOKEN, base_url=place.api_url, retry_handlers=[])
        for call in (web.users_lookupByEmail(email="maya@northwind.example"), web.usergroups_list()):
            with pytest.raises(SlackApiError, match="missing_scope"):
                await call

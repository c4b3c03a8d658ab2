"""What an admin does again and again with functions."""

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Outcome


async def open_all(slack: Slack) -> None:
    """Maya, who is an admin, looks at all functions."""
    await slack.command("/throughline", "settings functions", as_="maya", channel="#general")


async def open_one(slack: Slack, name: str) -> None:
    """Maya looks at one of them."""
    await open_all(slack)
    every = await slack.modal("maya", "Functions")
    named = [one for one in every.blocks if str(one.get("text", {}).get("text", "")).startswith(f"*{name}*")]
    assert len(named) == 1, every.text
    await slack.click(every, named[0]["accessory"]["action_id"], as_="maya")


async def rename(slack: Slack, name: str, new: str) -> Outcome:
    """Maya gives it another name."""
    await open_one(slack, name)
    await slack.click(await slack.modal("maya", "Function"), "Rename…", as_="maya")
    return await slack.submit("maya", name=new)


async def preview_merge(slack: Slack, name: str, into: str) -> str:
    """What Maya reads before she merges it into another one."""
    await open_one(slack, name)
    await slack.click(await slack.modal("maya", "Function"), "Merge…", as_="maya")
    assert (await slack.submit("maya", into=into)).errors == {}
    return (await slack.modal("maya", "Merge a function")).text


async def merge(slack: Slack, name: str, into: str) -> str:
    """Maya merges it into another one."""
    await preview_merge(slack, name, into)
    return await confirm(slack)


async def preview_retirement(slack: Slack, name: str) -> str:
    """What Maya reads before she retires it."""
    await open_one(slack, name)
    await slack.click(await slack.modal("maya", "Function"), "Retire…", as_="maya")
    return (await slack.modal("maya", "Retire a function")).text


async def retire(slack: Slack, name: str) -> str:
    """Maya retires it."""
    await preview_retirement(slack, name)
    return await confirm(slack)


async def split(slack: Slack, name: str, into: str, people: list[str], ready: list[str] | None = None) -> str:
    """What Maya reads before these leave it for another one."""
    await open_one(slack, name)
    await slack.click(await slack.modal("maya", "Function"), "Split…", as_="maya")
    values = {"ready": ready} if ready else {}
    outcome = await slack.submit("maya", name=into, people=people, **values)
    assert outcome.errors == {}
    return (await slack.modal("maya", "Split a function")).text


async def confirm(slack: Slack) -> str:
    """Maya says yes to what she has just read; the page that says what holds now."""
    assert (await slack.submit("maya")).errors == {}
    said = (await slack.modal("maya", "Function")).text
    await slack.close("maya")
    return said

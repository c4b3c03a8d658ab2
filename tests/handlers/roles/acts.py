"""What an admin does again and again with roles."""

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Outcome


async def open_all(slack: Slack, as_: str = "maya") -> None:
    """Maya, who is an admin, looks at all roles."""
    await slack.command("/throughline", "settings roles", as_=as_, channel="#general")


async def open_one(slack: Slack, name: str) -> str:
    """Maya looks at one of them."""
    await open_all(slack)
    every = await slack.modal("maya", "Roles of decisions")
    named = [one for one in every.blocks if str(one.get("text", {}).get("text", "")).startswith(f"*{name}*")]
    assert len(named) == 1, every.text
    await slack.click(every, named[0]["accessory"]["action_id"], as_="maya")
    return (await slack.modal("maya", "Role")).text


async def rename(slack: Slack, name: str, new: str) -> Outcome:
    """Maya gives it another name."""
    await open_one(slack, name)
    await slack.click(await slack.modal("maya", "Role"), "Rename…", as_="maya")
    outcome = await slack.submit("maya", name=new)
    if not outcome.errors:
        await slack.close("maya")
    return outcome


async def split(slack: Slack, name: str, new: str) -> str:
    """Maya makes another role of the same rule; what she read before."""
    await open_one(slack, name)
    await slack.click(await slack.modal("maya", "Role"), "Split…", as_="maya")
    read = (await slack.modal("maya", "Split a role")).text
    assert (await slack.submit("maya", name=new)).errors == {}
    await slack.close("maya")
    return read


async def preview_merge(slack: Slack, name: str, into: str) -> str:
    """What Maya reads before she merges it into another one."""
    await open_one(slack, name)
    await slack.click(await slack.modal("maya", "Role"), "Merge…", as_="maya")
    assert (await slack.submit("maya", into=into)).errors == {}
    return (await slack.modal("maya", "Merge a role")).text


async def merge(slack: Slack, name: str, into: str) -> str:
    """Maya merges it into another one."""
    await preview_merge(slack, name, into)
    return await confirm(slack)


async def preview_retirement(slack: Slack, name: str) -> str:
    """What Maya reads before she retires it."""
    await open_one(slack, name)
    await slack.click(await slack.modal("maya", "Role"), "Retire…", as_="maya")
    return (await slack.modal("maya", "Retire a role")).text


async def retire(slack: Slack, name: str) -> str:
    """Maya retires it."""
    await preview_retirement(slack, name)
    return await confirm(slack)


async def press(slack: Slack, name: str, button: str) -> str:
    """Maya presses a button on the page of a role; what she reads then."""
    await open_one(slack, name)
    await slack.click(await slack.modal("maya", "Role"), button, as_="maya")
    said = (await slack.modal("maya", "Role")).text
    await slack.close("maya")
    return said


async def confirm(slack: Slack) -> str:
    """Maya says yes to what she has just read; the page that says what holds now."""
    assert (await slack.submit("maya")).errors == {}
    said = (await slack.modal("maya", "Role")).text
    await slack.close("maya")
    return said

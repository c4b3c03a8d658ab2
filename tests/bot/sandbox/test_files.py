"""Files: the SDK's own upload, what people share and pick, and who may fetch the bytes."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import expect
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox, running
from bot.sandbox.driver import Impossible, Slack
from tests.bot.sandbox.conftest import Open
from tests.bot.sandbox.receiver import Receiver
from tests.bot.sandbox.samples import TOKEN, Configure, manifest, modal, section, text, with_events

Json = dict[str, Any]
GENERAL = "C0GENERAL"
LIST = b"what,who\nSSO,Fjord\n"


@pytest.fixture
async def place(config: Configure, receiver: Receiver) -> AsyncIterator[RunningSandbox]:
    plan = with_events("message.channels")
    plan["oauth_config"]["scopes"]["bot"] += ["files:read", "files:write"]
    async with running(config(bot_url=receiver.url, manifest=plan)) as sandbox:
        yield sandbox


async def fetched(url: str, token: str | None = TOKEN) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, await answer.read()


async def test_the_sdk_uploads_a_file(slack: Slack, web: AsyncWebClient, receiver: Receiver) -> None:
    """files_upload_v2 from end to end: the message has comment and file, and the bytes come back."""
    answer = await web.files_upload_v2(
        content=LIST, filename="wishes.csv", title="Wishes", channel=GENERAL, initial_comment="This week's"
    )
    message = await slack.channel("#general").last()
    (file,) = message.raw["files"]
    assert (message.text, file["title"], file["size"]) == ("This week's", "Wishes", len(LIST))
    assert (file["mimetype"], file["filetype"]) == ("text/csv", "csv")
    assert receiver.only("message")["event"]["subtype"] == "file_share"
    assert file["id"] == answer["file"]["id"]
    assert (await web.files_info(file=file["id"]))["file"]["channels"] == [GENERAL]
    assert await fetched(file["url_private_download"]) == (200, LIST)


async def test_a_file_without_a_channel_stays_the_apps_own(slack: Slack, web: AsyncWebClient) -> None:
    """Nobody sees it, and no message comes of it."""
    before = await slack.channel("#general").last()
    file = (await web.files_upload_v2(content=LIST, filename="wishes.csv"))["file"]
    assert await slack.channel("#general").last() == before
    assert (file["channels"], file["is_public"]) == ([], False)
    status, _ = await fetched(f"{file['url_private']}?as=maya", token=None)
    assert status == 404
    await web.files_delete(file=file["id"])
    with pytest.raises(SlackApiError, match="file_not_found"):
        await web.files_info(file=file["id"])


async def test_blocks_count_only_without_a_comment(slack: Slack, web: AsyncWebClient) -> None:
    """With a comment Slack ignores them."""
    for comment, words in (("Look", "Look"), ("", "From blocks")):
        await web.files_upload_v2(
            content=LIST,
            filename="a.csv",
            channel=GENERAL,
            initial_comment=comment,
            blocks=json.dumps([section("From blocks")]),
        )
        assert (await slack.channel("#general").last()).words == words


async def test_what_was_not_sent_whole_is_no_file(web: AsyncWebClient) -> None:
    """Another length is refused at the address; what never came cannot be completed, nor twice."""
    with pytest.raises(SlackApiError, match="missing_argument"):
        await web.files_getUploadURLExternal(filename="a.csv", length=0)
    announced = await web.files_getUploadURLExternal(filename="a.csv", length=len(LIST))
    named = [{"id": announced["file_id"], "title": "A"}]
    async with aiohttp.ClientSession() as session:
        async with session.post(announced["upload_url"], data=LIST[:-1]) as answer:
            assert answer.status == 400
        with pytest.raises(SlackApiError, match="file_not_found"):
            await web.files_completeUploadExternal(files=named, channel_id=GENERAL)
        async with session.post(announced["upload_url"], data=LIST) as answer:
            assert (answer.status, await answer.text()) == (200, f"OK - {len(LIST)}")
    await web.files_completeUploadExternal(files=named, channel_id=GENERAL)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await web.files_completeUploadExternal(files=named, channel_id=GENERAL)


@pytest.mark.parametrize(
    ("channel", "code"), [("C0SALES", "posting_to_channel_denied"), ("C0NOWHERE", "invalid_channel")]
)
async def test_a_file_is_shared_only_where_the_app_is(web: AsyncWebClient, channel: str, code: str) -> None:
    """The codes are those of the method's page."""
    with pytest.raises(SlackApiError, match=code):
        await web.files_upload_v2(content=LIST, filename="a.csv", channel=channel)


async def test_what_people_share_comes_as_a_file_share(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """With an address the app can fetch it from, by its token; others see it where it was shared."""
    picked = await slack.upload("notes.txt", b"They want SSO", as_="sam")
    await slack.message("#general", "From the call", as_="sam", files=[picked])
    event = receiver.only("message")["event"]
    (file,) = event["files"]
    assert (event["subtype"], event["text"], file["user"]) == ("file_share", "From the call", "U0SAM")
    assert await fetched(file["url_private"]) == (200, b"They want SSO")
    assert (await fetched(file["url_private"], token="xoxb-other"))[0] == 404
    assert (await fetched(f"{file['url_private']}?as=maya", token=None))[0] == 200
    assert (await fetched(f"{file['url_private']}?as=gil", token=None))[0] == 404
    history = await web.conversations_history(channel=GENERAL, limit=1)
    assert history["messages"][0]["files"][0]["id"] == picked["id"]
    with pytest.raises(Impossible, match="files of their own"):
        await slack.message("#general", "Mine", as_="omar", files=[picked])


async def test_a_file_needs_its_scopes(config: Configure) -> None:
    """files:write to send one, files:read to look at one."""
    async with running(config(manifest=manifest())) as place, Slack(place.url) as slack:
        web = AsyncWebClient(TOKEN, base_url=place.api_url, retry_handlers=[])
        with pytest.raises(SlackApiError, match="missing_scope"):
            await web.files_getUploadURLExternal(filename="a.csv", length=1)
        picked = await slack.upload("notes.txt", b"x", as_="sam")
        assert (await fetched(picked["url_private"]))[0] == 404


def ask(**more: Any) -> Json:
    element = {"type": "file_input", "action_id": "a", **more}
    return modal({"type": "input", "block_id": "files", "label": text("Files"), "element": element})


async def test_a_field_for_files_hands_them_to_the_app(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """state.values has each with its address; the wrong kind, somebody else's or too many are refused."""
    await slack.command("/capture", as_="maya")
    trigger = receiver.only("command")["trigger_id"]
    await web.views_open(trigger_id=trigger, view=ask(filetypes=["csv"], max_files=1))
    mine = await slack.upload("a.csv", LIST, as_="maya")
    other = await slack.upload("a.csv", LIST, as_="omar")
    letter = await slack.upload("a.pdf", LIST, as_="maya")
    for impossible in ([other], [letter], [mine, mine]):
        with pytest.raises(Impossible, match=r"Nobody can put|takes 1 at most"):
            await slack.submit("maya", Files=impossible)
    assert (await slack.submit("maya")).errors == {"files": "Please complete this required field."}
    await slack.submit("maya", Files=[mine])
    state = receiver.only("view_submission")["view"]["state"]["values"]["files"]["a"]
    assert (state["type"], [file["id"] for file in state["files"]]) == ("file_input", [mine["id"]])
    assert await fetched(state["files"][0]["url_private_download"]) == (200, LIST)


async def test_a_file_has_ten_megabytes_at_most(slack: Slack) -> None:
    """And something in it."""
    for content, why in ((b"x" * (10 * 1024 * 1024 + 1), "ten megabytes"), (b"", "something in it")):
        with pytest.raises(Impossible, match=why):
            await slack.upload("a.csv", content, as_="maya")


async def test_a_file_is_picked_in_the_page(
    visit: Open, slack: Slack, receiver: Receiver, web: AsyncWebClient, tmp_path: Path
) -> None:
    """Chosen in the browser, it is with Slack before the form is sent."""
    (tmp_path / "wishes.csv").write_bytes(LIST)
    page = await visit()
    await slack.command("/capture", as_="maya")
    await web.views_open(trigger_id=receiver.only("command")["trigger_id"], view=ask())
    field = page.get_by_role("dialog").locator("input[type=file]")
    async with page.expect_response("**/sandbox/upload?*"):
        await field.set_input_files(tmp_path / "wishes.csv")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    (file,) = receiver.only("view_submission")["view"]["state"]["values"]["files"]["a"]["files"]
    assert await fetched(file["url_private"]) == (200, LIST)

"""My settings: seen in Home, changed in one form, and kept."""

from datetime import UTC, datetime

from bot.sandbox.driver.reading import Modal
from tests.front import FrontDoor, front_door
from tests.handlers.decisions.acts import letters_to, monday, name, record


async def settings_of(door: FrontDoor, as_: str) -> Modal:
    """Somebody opens their settings by command."""
    await door.slack.command("/throughline", "settings", as_=as_)
    return await door.slack.modal(as_, "My settings")


async def test_home_says_what_holds_and_opens_the_form(door: FrontDoor) -> None:
    """Before anybody sets anything: nine to five, Monday to Friday, in Slack's own zone."""
    await door.slack.open_home("kenji")

    home = await door.slack.home("kenji")
    assert "You work in Engineering, Monday to Friday, 9:00 to 17:00, Tokyo time." in home.text
    assert "At most 3 questions and 3 notes a day." in home.text
    await door.slack.click(home, "Change", as_="kenji")
    assert (await door.slack.modal("kenji")).title == "My settings"


async def test_what_is_saved_is_said_and_kept(door: FrontDoor) -> None:
    """The last page says it in words, and so does Home."""
    await settings_of(door, "ines")
    await door.slack.submit(
        "ines",
        **{
            "Time zone": "America/Lima",
            "Days you work": ["Monday", "Tuesday", "Thursday"],
            "Your day starts": "08:00",
            "Quiet from": "12:00",
            "until": "13:30",
            "Public holidays of": "Peru",
            "Questions a day, at most": "2",
        },
    )

    said = (
        "You work in Engineering, Monday to Tuesday and Thursday, 8:00 to 17:00, Lima time. Quiet from 12:00 to 13:30."
        " Public holidays of Peru are days off. At most 2 questions and 3 notes a day."
    )
    assert said in (await door.slack.modal("ines", "Saved")).text
    await door.slack.open_home("ines")
    assert said in (await door.slack.home("ines")).text


async def test_holidays_follow_the_zone_until_a_country_or_none_is_chosen(door: FrontDoor) -> None:
    """Lena's Home and form say Sweden, and why; what she saves holds then, and none stays none."""
    assert "Public holidays of Sweden, by your time zone, are days off." in await home_of(door, "lena")
    form = await settings_of(door, "lena")
    assert form.inputs["Public holidays of"] == "Sweden"
    assert "By your time zone; choose another country, or none." in form.text

    await door.slack.submit("lena")
    assert "Public holidays of Sweden are days off." in await home_of(door, "lena")
    await settings_of(door, "lena")
    await door.slack.submit("lena", **{"Public holidays of": "None"})
    assert "holidays" not in await home_of(door, "lena")
    assert (await settings_of(door, "lena")).inputs["Public holidays of"] in (None, "")


async def test_nobody_is_asked_on_a_holiday_where_they_live(database_url: str) -> None:
    """The evening before Ascension Day: Maya, who set nothing, is asked on Friday; Ben in London the next morning."""
    async with front_door(database_url, begins=datetime(2026, 5, 13, 18, tzinfo=UTC)) as door:
        for words, approver in (("Euro first", "maya"), ("Dollars later", "ben")):
            await record(door.slack, words)
            await name(door.slack, approver=approver)
            await door.slack.close("omar")
        await door.slack.advance("next morning", as_="ben")
        await door.slack.advance("2 hours")
        assert [len(await letters_to(door.slack, one)) for one in ("ben", "maya")] == [1, 0]

        await door.slack.advance("next morning", as_="maya")
        assert "Euro first" in (await letters_to(door.slack, "maya"))[-1].words


async def test_what_makes_no_sense_is_said_at_its_field(door: FrontDoor) -> None:
    """A day that ends before it starts, quiet hours by halves, quiet all day, back before gone."""
    await settings_of(door, "omar")
    day = await door.slack.submit("omar", **{"and ends": "08:00", "Quiet from": "12:00"})
    assert day.errors == {
        "end": "Your day has to end later than it starts.",
        "quiet_end": "Quiet hours need both times; clear the other one for none.",
    }
    quiet = await door.slack.submit("omar", **{"and ends": "17:00", "Quiet from": "08:00", "until": "17:00"})
    assert quiet.errors == {"quiet_end": "Quiet hours must leave some of your working hours."}
    first = {"Away from": "2031-03-07", "Last day away": "2031-03-03", "Who covers": "omar"}
    away = await door.slack.submit("omar", **{"Quiet from": None, "until": None}, **first)
    assert away.errors == {
        "away_last": "The last day comes before the first.",
        "cover": "Choose somebody else to cover.",
    }
    assert "9:00 to 17:00" in await home_of(door, "omar")


async def home_of(door: FrontDoor, as_: str) -> str:
    """Somebody's Home."""
    await door.slack.open_home(as_)
    return (await door.slack.home(as_)).text


async def test_my_function_is_what_my_title_says_until_i_choose_one(door: FrontDoor) -> None:
    """Gil's title says none; he chooses one, sees it in Home, and can go by his title again."""
    assert "I do not know which function you work in" in await home_of(door, "gil")
    await door.slack.click(await door.slack.home("gil"), "Change", as_="gil")
    form = await door.slack.modal("gil")
    assert form.inputs["My function"] == "As the title says"
    await door.slack.submit("gil", **{"My function": "Marketing"})
    assert "You work in Marketing, Monday to Friday" in (await door.slack.modal("gil", "Saved")).text
    assert "You work in Marketing" in await home_of(door, "gil")

    await door.slack.click(await door.slack.home("gil"), "Change", as_="gil")
    assert (await door.slack.modal("gil", "My settings")).inputs["My function"] == "Marketing"
    await door.slack.submit("gil", **{"My function": "As the title says"})
    assert "You work Monday to Friday" in await home_of(door, "gil")


async def test_an_admin_says_somebody_elses_function_and_they_are_told(door: FrontDoor) -> None:
    """By button or by command; who is no admin cannot."""
    await monday(door.slack)
    await door.slack.open_home("maya")
    await door.slack.click(await door.slack.home("maya"), "Somebody's function…", as_="maya")
    await door.slack.submit("maya", Who="gil", Function="Marketing")
    assert "Gil Moreau works in Marketing now" in (await door.slack.modal("maya")).text
    told = (await door.slack.dms("gil"))[-1]
    assert told.text.startswith("Maya Lindqvist noted that you work in Marketing")
    assert "You work in Marketing" in await home_of(door, "gil")

    await door.slack.command("/throughline", "settings @sam", as_="gil", channel="#launches")
    assert "Only an admin" in (await door.slack.ephemerals("gil", "#launches"))[-1].words
    await door.slack.command("/throughline", "settings @gil", as_="maya")
    assert (await door.slack.modal("maya", "Somebody's function")).inputs["Function"] == "Marketing"

"""What Northwind's people said before the newcomer came: wishes, problems, small talk."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One seeded message, counted back from the moment the sandbox first starts."""

    channel: str
    hours_ago: float
    user: str
    text: str
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    replies: tuple["Said", ...] = ()
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    bot_id: str | None = None
    username: str | None = None


_GENERAL, _SALES, _PRODUCT, _SUPPORT = "C0GENERAL", "C0SALES", "C0PRODUCT", "C0SUPPORT"
_LAUNCH, _PRICING, _ACME = "C0LAUNCH", "G0PRICING", "C0ACME"

_TICKET: list[Json] = [
    {
        "type": "header",
        "block_id": "hlp1",
        "text": {"type": "plain_text", "text": "Ticket 4471 · Harbour Freight Co"},
    },
    {
        "type": "section",
        "block_id": "hlp2",
        "text": {
            "type": "mrkdwn",
            "text": (
                "*Exports time out above 50,000 rows.* Their finance team runs one at "
                "every month end and has split it by hand since March."
            ),
        },
    },
    {
        "type": "context",
        "block_id": "hlp3",
        "elements": [{"type": "mrkdwn", "text": "Priority: high · Plan: Enterprise"}],
    },
]
_SURVEY: list[Json] = [
    {
        "id": 1,
        "color": "2eb67d",
        "fallback": "NPS 4 from Bluebird Analytics",
        "title": "NPS 4 · Bluebird Analytics",
        "text": (
            "“We like the dashboards, but every new colleague needs a day to find out how permissions work.”"
        ),
        "footer": "Quarterly survey",
    }
]
_FORWARDED: list[Json] = [
    {
        "id": 1,
        "is_msg_unfurl": True,
        "is_share": True,
        "channel_id": _ACME,
        "author_id": "U0NORA",
        "author_name": "Nora Weiss",
        "fallback": "Nora Weiss: Could the weekly report go out on Sundays?",
        "text": (
            "Could the weekly report go out on Sundays? Our Monday meeting is at seven and "
            "we never have it in time."
        ),
        "footer": "From a conversation in #acme-shared",
        "mrkdwn_in": ["text"],
    }
]

TALK: tuple[Said, ...] = (
    Said(
        _GENERAL,
        170,
        "U0MAYA",
        "Morning all. The roadmap page is up to date again, comments welcome until Friday.",
        (("eyes", ("U0OMAR", "U0RUTH")),),
    ),
    Said(
        _GENERAL,
        146,
        "U0PRIYA",
        "The customer evening in Lisbon has a date: the 14th of next month 🎉",
        (("tada", ("U0SAM", "U0LENA", "U0INES", "U0BEN")),),
    ),
    Said(_GENERAL, 98, "U0TOMAS", "Office Wi-Fi is back. It was the switch on the third floor, as always."),
    Said(_GENERAL, 52, "U0LENA", "I am off on Monday and Tuesday, Aiko has the design reviews."),
    Said(
        _GENERAL,
        27,
        "U0RUTH",
        "Harbour Freight renewed for two years. Thank you to everybody who helped!",
        (("raised_hands", ("U0SAM", "U0MAYA", "U0DANA")), ("tada", ("U0BEN",))),
    ),
    Said(
        _SALES,
        166,
        "U0SAM",
        "Call with Fjord Energy: they would sign tomorrow if single sign-on worked with their "
        "Azure groups. Today they invite 200 people by hand.",
        (("eyes", ("U0OMAR",)),),
        (
            Said(_SALES, 165.5, "U0OMAR", "Groups or only sign-in?"),
            Said(_SALES, 165.4, "U0SAM", "Groups. Sign-in alone does not help them."),
        ),
    ),
    Said(
        _SALES,
        142,
        "U0DANA",
        "Lost Kestrel Media to a competitor. Reason given: no audit log they can export.",
    ),
    Said(
        _SALES,
        118,
        "U0DANA",
        "Pioneer Bank asks whether dashboards can be locked so that only owners change filters.",
        (),
        (Said(_SALES, 117, "U0RUTH", "Bluebird asked me the same in March."),),
    ),
    Said(_SALES, 93, "U0SAM", "Reminder: demo accounts get reset on Thursday night."),
    Said(
        _SALES,
        70,
        "U0SAM",
        "Orchard Health wants to see prices in Canadian dollars on the invoice. Third time "
        "this quarter somebody asks.",
    ),
    Said(
        _SALES,
        45,
        "U0DANA",
        "Tidewater Logistics loves the new onboarding. Quote: “the first tool nobody had to explain to us”.",
        (("heart", ("U0SAM", "U0PRIYA")),),
    ),
    Said(_SALES, 26, "U0SAM", "Fjord again: any date for the Azure groups? Their board meets on the 20th."),
    Said(_SALES, 20, "U0RUTH", "", attachments=_FORWARDED),
    Said(
        _SALES,
        5,
        "U0DANA",
        "Bluebird would pay for a sandbox environment to try changes before the whole company sees them.",
    ),
    Said(
        _PRODUCT,
        160,
        "U0OMAR",
        "Draft for the permissions rework is in the usual folder. Three open questions on page two.",
        (),
        (
            Said(_PRODUCT, 158, "U0INES", "Question two decides whether we need a migration."),
            Said(_PRODUCT, 157, "U0AIKO", "I can show two variants on Wednesday."),
        ),
    ),
    Said(
        _PRODUCT,
        121,
        "U0KENJI",
        "The search index now rebuilds in 40 minutes instead of six hours.",
        (("clap", ("U0MAYA", "U0INES", "U0TOMAS")),),
    ),
    Said(
        _PRODUCT, 96, "U0MAYA", "Do we still want e-mail digests by default? Two customers call them noise."
    ),
    Said(_PRODUCT, 95, "U0LENA", "Weekly by default, daily on request would be my vote."),
    Said(_PRODUCT, 49, "U0AIKO", "New empty states for the dashboard are ready for review."),
    Said(
        _PRODUCT,
        24,
        "U0INES",
        "Flaky test of the week: the time-zone one. It fails only in Tokyo, sorry @kenji.",
    ),
    Said(_PRODUCT, 4, "U0OMAR", "I would like to decide on the export limit this week. Who should be heard?"),
    Said(
        _SUPPORT,
        150,
        "U0BEN",
        "Two tickets today about the same thing: the date filter forgets the year when the page is reloaded.",
        (("eyes", ("U0TOMAS",)),),
        (
            Said(_SUPPORT, 149, "U0TOMAS", "Can reproduce. It drops the year in the address bar."),
            Said(_SUPPORT, 147, "U0BEN", "Thanks! Larkspur School says it also happens in the app."),
        ),
    ),
    Said(_SUPPORT, 127, "U0HELPLINE", "", blocks=_TICKET, bot_id="B0HELPLINE", username="Helpline"),
    Said(
        _SUPPORT,
        101,
        "U0RUTH",
        "Pioneer Bank wants to know who deleted a dashboard last week. We cannot tell them.",
    ),
    Said(_SUPPORT, 77, "U0BEN", "Printing a report cuts off the last column in Firefox."),
    Said(_SUPPORT, 53, "U0HELPLINE", "", attachments=_SURVEY, bot_id="B0HELPLINE", username="Helpline"),
    Said(
        _SUPPORT,
        29,
        "U0BEN",
        "Larkspur School asks for a larger font on the wall display. Their hall is 20 metres long.",
    ),
    Said(
        _SUPPORT,
        6,
        "U0RUTH",
        "Orchard Health had three failed logins in a row this morning, solved by clearing "
        "cookies. Still not great.",
    ),
    Said(
        _LAUNCH,
        140,
        "U0PRIYA",
        "Wall displays: the announcement is drafted, I need two screenshots by Thursday.",
        (),
        (
            Said(_LAUNCH, 139, "U0LENA", "You get them tomorrow."),
            Said(_LAUNCH, 115, "U0LENA", "In the folder."),
        ),
    ),
    Said(_LAUNCH, 92, "U0GIL", "The booth in Lisbon is confirmed, 3 × 4 metres with power."),
    Said(_LAUNCH, 44, "U0MAYA", "Wall displays: what is left before we can switch them on for everybody?"),
    Said(_LAUNCH, 43, "U0INES", "Load test on Wednesday, then I am happy."),
    Said(_LAUNCH, 8, "U0BEN", "Support articles for wall displays are written, two need pictures."),
    Said(_PRICING, 74, "U0OMAR", "Numbers for the new tiers are in. Please do not share before the review."),
    Said(_PRICING, 30, "U0SAM", "Canadian dollars come up in every third call, by the way."),
    Said(_ACME, 48, "U0NORA", "Hello! The import of our old projects worked, thank you."),
    Said(
        _ACME,
        21,
        "U0NORA",
        "Could the weekly report go out on Sundays? Our Monday meeting is at seven and we "
        "never have it in time.",
    ),
    Said(_ACME, 20.5, "U0RUTH", "I will ask the team, @nora."),
)

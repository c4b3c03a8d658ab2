"""What Northwind's people write in the month, to be drawn from."""

WORK = (
    "The search index", "Two customer calls", "Numbers for the export queue", "The roll-out plan", "Interviews",
    "Sketches for the schedule dialog", "A release note", "Tickets", "The review of the audit log", "Renewals",
    "The landing page", "Load tests", "The price list", "Reading what came in", "Onboarding of Kestrel",
)  # fmt: skip
STUCK = (
    "The mail service takes our schedules for spam", "Nobody has the key of the test account", "No numbers yet",
    "The contract is with their lawyers", "The build machine is full", "A picture is missing",
)  # fmt: skip
CLEARED = ("It runs again", "The key is in the vault", "They signed on Tuesday", "")
DOUBTS = ("What does finance say?", "We do not know yet whether it holds", "It is more than it looks")
ACCOUNTS = ("Acme", "Fjord Energy", "Pioneer Bank", "Kestrel Media", "Bluebird Analytics", "Larkspur School")
SENTENCE = "Reports can be sent on a schedule now: choose Schedule in any report."
WISHES = (
    "{} would like to send a report every Sunday evening.",
    "{} asks whether dashboards can hang in the lobby.",
    "{} cannot find the audit log.",
    "Exports of {} time out again.",
    "{} wants invoices in Canadian dollars.",
    "{} asks for groups in Azure.",
    "Somebody at {} printed the board, and its last column was cut off.",
    "{} would pay for a read-only guest.",
    "The date filter forgets the year, says {}.",
    "{} asks for weekly numbers by e-mail.",
)
DECIDED = (
    "Reports keep their old links for a year", "We answer every ticket in plain text", "Guests do not count as seats",
    "The free plan ends at five dashboards", "Audit logs are kept for a year", "Exports run at night",
    "We drop the old importer in June", "The booth in Lisbon shows scheduled exports",
    "Support speaks to beta customers first", "Pictures come from the product, never from a mock-up",
    "Fjord gets its own environment", "We do not build a mobile app this year",
)  # fmt: skip
TALK = (
    "The booth in Lisbon has a screen now.", "Who has the slides of last week?", "Lunch at twelve?",
    "Good news from Pioneer Bank.", "The build is green again.", "I am off to the dentist at three.",
)  # fmt: skip

"""What people see of accounts: finding one, and what is known of it. Pure."""

from handlers.feedback import ids
from handlers.feedback.modals import account_input
from handlers.feedback.rules import ACCOUNT_LIMIT
from handlers.kit.blocks import context, input_select, input_text, section
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import options
from handlers.kit.pickers import input_person
from handlers.kit.surfaces import View, modal
from storage.accounts.values import Account, AccountState

NAMES = {
    AccountState.PROSPECT: "Prospect",
    AccountState.ACTIVE: "Active",
    AccountState.RENEWAL: "Renews within 60 days",
    AccountState.CHURNED: "Churned",
    AccountState.LOST: "Lost deal",
}
OPENED = (
    "It was named only where few could read it. Once you save this, everybody here is offered it by name."
)
LEAD = "With whose it is, they hear at once, and alone, when this account might leave."
SEGMENT_LIMIT = 40
LARGEST = 2_000_000_000


class AccountForm(Form):
    """Which account."""

    v: int = 1
    account: str


def finder() -> View:
    """Which account?"""
    hint = context(
        "Its owner, its size and how you stand with it. Feedback keeps how an account stood when it was named."
    )
    return modal(
        "Accounts", [account_input(None, optional=False), hint], submit="Open", callback_id=ids.ACCOUNT_FOUND
    )


def form(account: Account) -> View:
    """What is known of one; saying something of it lets everybody know that there is such an account."""
    carried = AccountForm(account=account.id)
    states = options(*((words, state.value) for state, words in NAMES.items()))
    stands = account.state.value if account.state else None
    value = None if account.value is None else str(account.value)
    return modal(
        "Account",
        [
            input_text("Name", ids.BLOCK_NAME, ids.BLOCK_NAME, initial=account.name, max_length=ACCOUNT_LIMIT),
            input_person("Whose it is", ids.BLOCK_OWNER, initial=account.owner, optional=True),
            input_person("Who leads them", ids.BLOCK_LEAD, initial=account.lead, optional=True, hint=LEAD),
            input_select("It is", ids.BLOCK_STATE, ids.BLOCK_STATE, states, initial=stands, optional=True),
            input_text(
                "Segment", ids.BLOCK_SEGMENT, ids.BLOCK_SEGMENT, initial=account.segment, optional=True,
                max_length=SEGMENT_LIMIT, placeholder="Enterprise, mid-market, …",
            ),
            input_text(
                "Worth a year", ids.BLOCK_VALUE, ids.BLOCK_VALUE, initial=value, optional=True,
                max_length=15, placeholder="A whole number, in your own currency",
            ),
            *([] if account.public else [context(OPENED)]),
        ],
        submit="Save",
        callback_id=ids.ACCOUNT_SAID,
        private_metadata=carried.model_dump_json(),
    )  # fmt: skip


def saved(account: Account, owner: str | None) -> View:
    """The last page."""
    facts = [
        NAMES[account.state] if account.state else "",
        account.segment or "",
        f"{owner}'s" if owner else "",
    ]
    said = " · ".join(escape(one) for one in facts if one)
    worth = f" · worth {account.value:,} a year" if account.value is not None else ""
    words = f"*{escape(account.name)} is saved.*\n{said}{worth}".rstrip()
    return modal("Saved", [section(words)], close="Done")

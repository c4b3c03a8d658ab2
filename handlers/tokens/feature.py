"""What API tokens register."""

from handlers.kit.features import Button, Feature, HomeSections, Mode, Submit
from handlers.kit.permissions import ADMINS
from handlers.tokens import ids, listeners

FEATURE = Feature(
    name="tokens",
    buttons=(
        Button(ids.SHOW, "see API tokens", ADMINS, Mode.READS, listeners.show),
        Button(ids.NEW, "open the form of an API token", ADMINS, Mode.READS, listeners.new),
        Button(ids.REVOKE, "revoke an API token", ADMINS, Mode.WRITES, listeners.revoke),
    ),
    submits=(Submit(ids.MADE, "make an API token", ADMINS, listeners.made),),
    home=HomeSections(look=(listeners.look,)),
)

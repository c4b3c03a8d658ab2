"""How patient a courier is."""

from dataclasses import dataclass
from datetime import timedelta

from bot.courier.pace import POSTS
from bot.slack import TIMEOUT


@dataclass(frozen=True, slots=True)
class Timing:
    """How patient a courier is (steady time).

    `settle`: a timed-out request may still be on its way. `longest`: what keeps failing is tried no less often.
    """

    settle: timedelta = timedelta(seconds=30)
    lease: timedelta = timedelta(seconds=50)
    """After so long another one takes over from a process that died: a call begins early enough that its request,
    however late Slack does what it asks for, has come to its end by then."""
    longest: timedelta = timedelta(minutes=5)
    pace: float = 1.0
    """The part of Slack's own pace that is kept between calls; tests are in more of a hurry."""
    posts: int = POSTS
    """Messages a minute in a whole workspace."""
    timeout: int = TIMEOUT
    """Seconds a call may take."""
    tick: float = 1.0
    breath: float = 0.05
    """Seconds between two looks at the outbox while people wait for acks: what comes together is done together.
    While nobody does it is two fifths of it, and a tenth while more is due than could be claimed."""
    deference: float = 1.0
    """Seconds it leaves the machine to those who wait for an ack, while more of them keep coming."""
    drawings: int = 20
    """Boards drawn between two looks at the outbox."""
    at_once: int = 100
    """Calls under way: what one client's connections can carry."""

    def __post_init__(self) -> None:
        if self.calls_within <= timedelta():
            raise ValueError(
                "the lease must outlast a call and its settling, or a live send is taken for lost"
            )

    @property
    def calls_within(self) -> timedelta:
        """How long after its claim a call may still begin."""
        return self.lease - timedelta(seconds=self.timeout) - self.settle

"""Action ids of what did not get through. An id once sent never changes meaning."""

TRY_AGAIN = "delivery.try_again"
SEND_AGAIN = "delivery.send_again"
LEAVE_DEAD = "delivery.leave_dead"
LEAVE_UNSURE = "delivery.leave_unsure"

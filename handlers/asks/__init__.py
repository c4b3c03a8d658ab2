"""The one queue everything we begin goes through: nobody else sends a direct message.

A feature calls `service.ask` (needs an answer) or `service.tell`. What is due together is one message, in the
person's own working hours.
"""

from handlers.asks.feature import FEATURE

__all__ = ["FEATURE"]

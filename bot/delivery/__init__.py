"""From an update that has arrived to a reply that was delivered, so that nothing is lost on the way.

Owns the order of the steps: keep the update, answer it in one transaction, deliver what was queued, forget it. Refuses
to know what an update says (that is its channel's, see `transport`) or what a reply means (that is the assistant's).

    transport   what a channel must be able to do
    dispatcher  keeps updates, wakes lanes, looks for those that nobody works on
    worker      the work of one chat, one thing after another
    turns       its turns, each saved whole or not at all
    bursts      messages that are read as one, and waiting for them
    outage      when to try again, and telling of it once; where time comes from
    metrics     what can be counted without knowing anybody
    measuring   a store whose work is timed
"""

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.measuring import measured
from bot.delivery.metrics import Metrics
from bot.delivery.outage import Timing
from bot.delivery.transport import Delivery, ParsedUpdate, Transport
from bot.delivery.turns import Take

__all__ = ["Delivery", "Dispatcher", "Metrics", "ParsedUpdate", "Take", "Timing", "Transport", "measured"]

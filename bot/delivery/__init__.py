"""From an update that has arrived to a reply that was delivered, so that nothing is lost on the way.

Owns the order of the steps: keep the letter, answer it in one transaction, deliver what was posted, forget it. Refuses
to know what a letter says (that is its channel's, see `wire`) or what a reply means (that is the assistant's).

    wire        what a channel must be able to do
    dispatcher  keeps letters, wakes lanes, looks for those that nobody works on
    lane        the work of one chat, one thing after another
    outage      when to try again, and telling of it once; where time comes from
    metrics     what can be counted without knowing anybody
"""

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.lane import Take
from bot.delivery.metrics import Metrics
from bot.delivery.outage import Timing
from bot.delivery.wire import Arrival, Delivery, Wire

__all__ = ["Arrival", "Delivery", "Dispatcher", "Metrics", "Take", "Timing", "Wire"]

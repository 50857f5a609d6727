"""All that is learnt from one corpus. Using it needs much less than learning it, in memory and in imports."""

from dataclasses import dataclass

from bot.matching.deciding.decision import Decider
from bot.matching.deciding.index import Index
from bot.matching.learning.calibration import Calibration
from bot.matching.reading.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Model:
    """What is learnt: the correct words, the weights, and how scores become decisions. `learnt_on` is an ISO date."""

    vocabulary: Vocabulary
    index: Index
    decider: Decider
    calibration: Calibration
    learnt_on: str = "unknown"

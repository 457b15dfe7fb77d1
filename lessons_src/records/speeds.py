"""How fast the networks train: one measurement, in which they take turns, kept for the pages.

`lessons_src.speeds` measures; the file lies beside this one.
"""

import json
import statistics
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from lessons_src.errors import RecordError, unknown

SPEEDS = Path(__file__).parent / "speeds.json"
COMMAND = "python -m lessons_src speeds --keep"


@dataclass(frozen=True)
class Speeds:
    """How fast several networks train on one device.

    Attributes:
        device: What it ran on.
        versions: Versions of Python and the libraries.
        batch: Images per step.
        rounds: By network, the images/s of each round; in a round every network has a turn.
    """

    device: str
    versions: dict[str, str]
    batch: int
    rounds: dict[str, list[float]]

    def quartiles(self, network: str) -> tuple[float, float, float]:
        """Return the images/s that a quarter, a half and three quarters of the rounds stay below.

        Args:
            network: Its name.

        Raises:
            UsageError: For a network that was not measured; the message lists those that were.
        """
        if network not in self.rounds:
            raise unknown("network", network, self.rounds)
        low, median, high = statistics.quantiles(self.rounds[network], method="inclusive")
        return low, median, high

    def minutes(self, network: str, images: int, epochs: int) -> float:
        """Return how long a training takes at the median speed, validation left out.

        Args:
            network: Its name.
            images: Training images per epoch.
            epochs: How often each is seen.

        Raises:
            UsageError: As in `quartiles`.
        """
        return epochs * images / self.quartiles(network)[1] / 60

    def to_json(self) -> str:
        """Return the measurement as the text of its file."""
        return json.dumps(asdict(self), indent=1) + "\n"


def load_speeds(path: Path = SPEEDS) -> Speeds | None:
    """Return the book's measurement; None while there is none.

    Args:
        path: The file.

    Raises:
        RecordError: If the file is no such measurement; the message says how to make one.
    """
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # not UTF-8, or not JSON
        raise RecordError(f"{path} is not JSON ({error}); measure again: {COMMAND}") from error
    expected = {each.name for each in fields(Speeds)}
    if not isinstance(content, dict) or content.keys() != expected:
        raise RecordError(f"{path} has not the fields of a measurement; measure again: {COMMAND}")
    if min(map(len, content["rounds"].values()), default=0) < 2:
        raise RecordError(f"{path} has fewer than 2 rounds; measure again: {COMMAND}")
    return Speeds(**content)

"""What trainings on CIFAR-10 took and reached: a form for them, and the published ones."""

from dataclasses import dataclass

from lessons_src.arithmetic import conv_macs, dense_params, training_petaflops


@dataclass(frozen=True)
class TrainingCost:
    """What a training took, and the test accuracy that it reached.

    Attributes:
        label: What a table calls it.
        source: Who trained it: a figure marks all of one source alike.
        accuracy: Test accuracy, 0–1; the mean where there are several runs.
        device: What it ran on.
        seconds: Seconds of training; None if nobody told.
        petaflops: 10¹⁵ operations of training; None if nobody told.
        several_looks: Whether the accuracy is of several versions of each test image, averaged.
        citation: Key of the entry in references.bib; None for the book's own.
    """

    label: str
    source: str
    accuracy: float
    device: str
    seconds: float | None = None
    petaflops: float | None = None
    several_looks: bool = False
    citation: str | None = None


def _resnet(depth: int, accuracy: float) -> TrainingCost:
    """Return a network of He et al., section 4.2; the operations are counted here, not told there.

    Args:
        depth: Layers with weights, 6n + 2.
        accuracy: Test accuracy by table 6, 0–1.
    """
    macs, channels = conv_macs(32, 3, 3, 16, padding="same"), 16
    for side, filters in ((32, 16), (16, 32), (8, 64)):
        for _ in range((depth - 2) // 3):
            macs += conv_macs(side, 3, channels, filters, padding="same")
            channels = filters
    macs += dense_params(64, 10, bias=False)
    return TrainingCost(
        f"ResNet-{depth}",
        "He et al., 2016",
        accuracy,
        "2 GPUs",
        petaflops=training_petaflops(macs, 64_000 * 128),  # steps × images per step
        citation="he2016deep",
    )


def _airbench(label, year, accuracy, seconds, petaflops) -> TrainingCost:
    """Return a training of Jordan's: "2024", the paper, or "2025", the code as it was then."""
    citation = {"2024": "jordan2024airbench", "2025": "jordan2025code"}[year]
    return TrainingCost(
        label, f"Jordan, {year}", accuracy, "1 × A100", seconds, petaflops, True, citation
    )


LITERATURE = (
    # Table 6; of ResNet-110 the mean of five runs, whose best has 93.57 %.
    _resnet(20, 0.9125),
    _resnet(56, 0.9303),
    _resnet(110, 0.9339),
    # The first epoch with 94 % of dawn_resnet164_nb_16vCPUs-gc_pytorch.tsv, after 79.448 hours: the
    # fastest of the four entries on processors.
    TrainingCost(
        "ResNet-164",
        "DAWNBench, 2017",
        0.9405,
        "16 vCPUs",
        seconds=79.448 * 3600,
        citation="coleman2017dawnbench",
    ),
    # The fourth post and the eighth, the last one.
    TrainingCost("Page, post 4", "Page, 2019", 0.94, "1 × V100", 79, citation="page2019how"),
    TrainingCost(
        "Page, post 8",
        "Page, 2019",
        0.94,
        "1 × V100",
        seconds=26,
        several_looks=True,
        citation="page2019how",
    ),
    # Section 1, and for the operations the table in the code of the same month.
    _airbench("airbench94", "2024", 0.9401, 3.29, 0.36),
    _airbench("airbench96", "2024", 0.9605, 46.3, 7.5),
    # README: airbench94_muon.py and airbench96_faster.py.
    _airbench("airbench94 Muon", "2025", 0.9401, 2.59, 0.29),
    _airbench("airbench96 new", "2025", 0.96, 27.3, 3.1),
    TrainingCost(
        "Hiverge",
        "Hiverge, 2025",
        0.9401,
        "1 × A100",
        seconds=2.015,
        several_looks=True,
        citation="hiverge2025speedrun",
    ),
)

"""The form in which every experiment is written down."""

from collections.abc import Callable
from dataclasses import dataclass

from lessons_src.data import Dataset
from lessons_src.models import build_model
from lessons_src.training.recipes import Recipe

import keras


@dataclass(frozen=True)
class Variant:
    """One of the things that an experiment compares: a network trained by a recipe.

    Attributes:
        label: Its name in figures and tables.
        network: The model's name.
        recipe: How the network is trained; the seed is the experiment's.
        against: Label of the variant that this one is compared with, and from which it differs in
            one thing; None for none.
        build: Returns the untrained network for the data it will see; None stands for
            `models.build_model(network)`.
        data: Returns what the network sees; None stands for the original CIFAR-10.
        measure: Measures more than the accuracy of the trained network, for the data it saw; the
            record keeps the numbers by their names.
    """

    label: str
    network: str
    recipe: Recipe
    against: str | None = None
    build: Callable[[Dataset], keras.Model] | None = None
    data: Callable[[], Dataset] | None = None
    measure: Callable[[keras.Model, Dataset], dict[str, float]] | None = None

    def sees(self, dataset: Dataset) -> Dataset:
        """Return the data that the variant sees: its own, or those given.

        Args:
            dataset: For a variant without data of its own.
        """
        return self.data() if self.data else dataset

    def untrained(self, dataset: Dataset) -> keras.Model:
        """Build the network.

        Args:
            dataset: The data on which it will be trained.
        """
        return self.build(dataset) if self.build else build_model(self.network)


@dataclass(frozen=True)
class Experiment:
    """Variants that are each trained once with every seed, so that they can be compared in pairs.

    Attributes:
        name: Its name on the command line.
        variants: What is compared, in the order of figures and tables.
        seeds: The seeds of all variants.
    """

    name: str
    variants: tuple[Variant, ...]
    seeds: tuple[int, ...]

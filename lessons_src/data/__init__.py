"""Data sets as NumPy arrays: CIFAR-10 where a copy can be had, else Shapes-10."""

from lessons_src.data import cifar10, shapes10
from lessons_src.data.dataset import Dataset
from lessons_src.errors import DownloadError, unknown
from lessons_src.messages import note

__all__ = ["LOADERS", "Dataset", "load_dataset"]

LOADERS = {"cifar10": cifar10.load, "shapes10": shapes10.load}


def load_dataset(name: str | None = None) -> Dataset:
    """Load a data set; without a name CIFAR-10, or Shapes-10 where no copy of it can be had.

    CIFAR-10 comes from the environment variable CIFAR10_DIR (a folder `cifar-10-batches-py` or
    `cifar-10-batches-bin`, a tree of train/<class>/ and test/<class>/ images, or a tar or zip of
    any of them), else from Keras' cache, else by download.

    Args:
        name: "cifar10", "shapes10" or None.

    Returns:
        The data set; its title, for captions, says which one it is.

    Raises:
        UsageError: If the name is unknown.
        DatasetError: If the named data set can't be had, or CIFAR10_DIR is set to something bad.
    """
    if name is not None:
        if name not in LOADERS:
            raise unknown("data set", name, LOADERS)
        return LOADERS[name]()
    try:
        return cifar10.load()
    except DownloadError as error:
        note(f"Using Shapes-10, generated here, in place of CIFAR-10. {error}")
        return shapes10.load()

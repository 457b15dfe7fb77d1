"""lessons_src.errors: one base for what the reader can mend, and what older code catches."""

from lessons_src.errors import (
    BookError,
    DatasetError,
    DownloadError,
    RecordError,
    RunError,
    UsageError,
    unknown,
)

import pytest


@pytest.mark.parametrize(
    ("error", "kinds"),
    [
        (UsageError, (BookError, ValueError)),
        (DatasetError, (BookError,)),
        (DownloadError, (BookError, DatasetError)),
        (RunError, (BookError, RuntimeError)),
        (RecordError, (BookError, ValueError)),
    ],
)
def test_every_error_is_the_packages_and_some_are_pythons(error, kinds):
    assert all(issubclass(error, kind) for kind in kinds)
    assert not issubclass(BookError, (ValueError, RuntimeError, OSError))


def test_an_unknown_name_is_told_with_the_known_ones():
    error = unknown("recipe", "nots", ["note", "tuned"])
    assert type(error) is UsageError
    assert str(error) == "unknown recipe 'nots'; the known ones are note, tuned"

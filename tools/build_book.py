"""Execute the notebooks and build the site, saying first which images the pages show."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import lessons_src.runtime  # noqa: F401  configures TensorFlow before it is imported

from gallery import draw_gallery

from lessons_src.data import DatasetError, load_dataset

ROOT = Path(__file__).parent.parent


def fingerprint(dataset: str) -> str:
    """Return a hash of what pages depend on and jupyter-cache, which hashes cells, misses."""
    digest = hashlib.sha256(f"{dataset} {os.environ.get('LESSONS_BUDGET')}".encode())
    package = (path for path in (ROOT / "lessons_src").rglob("*") if path.suffix != ".pyc")
    for path in sorted([*filter(Path.is_file, package), ROOT / "requirements.txt"]):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def drop_stale_cache(build: Path, current: str) -> None:
    """Forget executed pages made from another `lessons_src`, dataset or budget."""
    stamp = build / "fingerprint"
    if stamp.exists() and stamp.read_text() == current:
        return
    if stamp.exists():
        print("The package, the pins, the data or the budget changed: executing every page.")
    for folder in (".jupyter_cache", ".doctrees"):
        shutil.rmtree(build / folder, ignore_errors=True)
    build.mkdir(parents=True, exist_ok=True)
    stamp.write_text(current)


def main() -> int:
    """Build the book.

    Returns:
        The exit status of jupyter-book: 0 when every page executed and every link resolved.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT, help="where _build is made")
    output = parser.parse_args().output.resolve()
    print("Looking for CIFAR-10 …", flush=True)
    try:
        dataset = load_dataset()
    except DatasetError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The pages show {dataset.title} ({dataset.source}).", flush=True)
    drop_stale_cache(output / "_build", fingerprint(dataset.fingerprint))
    draw_gallery()
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    command = [jupyter_book, "build", ROOT, "-W", "-n", "--keep-going", "--path-output", output]
    status = subprocess.run(command, check=False).returncode
    if status:
        print("The book was not built: see the messages above.", file=sys.stderr)
    else:
        print(f"\nThe book: {output / '_build' / 'html' / 'index.html'}")
    return status


if __name__ == "__main__":
    sys.exit(main())

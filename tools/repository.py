"""Keep the repository's address the same in every file that names it.

    python tools/repository.py check      say which file names another repository
    python tools/repository.py set URL    write URL everywhere

The address of record is `[project.urls] Repository` in pyproject.toml. Standard library only: the
publishing workflow sets the address before anything is installed.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
URL = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?")
# The forms in which this book names a repository that must be its own.
OWN = re.compile(
    r"(?:git\+https://github\.com/|colab\.research\.google\.com/github/"
    r"|(?:url: |Repository = \")https://github\.com/)([\w.-]+/[\w.-]*?[\w-])(?:\.git)?(?!\.?[\w-])"
)


def slug(url: str) -> str:
    """Return owner/name of a GitHub address.

    Raises:
        ValueError: The address is not https://github.com/owner/name.
    """
    if not (match := URL.fullmatch(url)):
        raise ValueError(f"{url}: give the repository as https://github.com/owner/name")
    return "/".join(match.groups())


def current() -> str:
    """Return the repository's owner/name of record."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return slug(project["urls"]["Repository"])


def files() -> list[Path]:
    """List the files that may name the repository."""
    names = [ROOT / name for name in ("pyproject.toml", "_config.yml", "README.md")]
    return names + sorted([*ROOT.glob("book/*.ipynb"), *ROOT.glob("book/*.md")])


def set_address(new: str) -> None:
    """Replace owner/name in every address: GitHub's, Colab's and that of GitHub Pages."""
    (owner, name), (new_owner, new_name) = current().split("/"), new.split("/")
    old = re.compile(rf"(github(?:\.com)?)/{re.escape(owner)}/{re.escape(name)}(?![\w-])")
    pages = re.compile(rf"{re.escape(owner)}\.github\.io/{re.escape(name)}(?![\w-])", re.I)
    for path in files():
        text = path.read_text(encoding="utf-8")
        changed = old.sub(rf"\1/{new}", text)
        changed = pages.sub(f"{new_owner.lower()}.github.io/{new_name}", changed)
        if changed != text:
            path.write_text(changed, encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: {new}")


def bootstraps(path: Path) -> bool:
    """Say whether a notebook's first code cell installs the package in Colab."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    first = next((cell for cell in cells if cell["cell_type"] == "code"), None)
    return (
        first is not None
        and "colab" in first["metadata"].get("tags", [])
        and f"--no-deps git+https://github.com/{current()}" in "".join(first["source"])
    )


def problems() -> list[str]:
    """List every address that names another repository, and every notebook without bootstrap."""
    found = []
    for path in files():
        for named in OWN.findall(path.read_text(encoding="utf-8")):
            if named != current():
                found.append(f"{path.relative_to(ROOT)}: names {named}, not {current()}")
        if path.suffix == ".ipynb" and not bootstraps(path):
            found.append(
                f"{path.relative_to(ROOT)}: its first code cell must be tagged `colab` and run "
                f"`%pip install --quiet --no-deps git+https://github.com/{current()}`"
            )
    return found


def main() -> int:
    """Run one of the two commands.

    Returns:
        0 when the address is the same everywhere.
    """
    match sys.argv[1:]:
        case ["set", url]:
            try:
                set_address(slug(url))
            except ValueError as error:
                print(error, file=sys.stderr)
                return 1
        case ["check"]:
            pass
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    found = problems()
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

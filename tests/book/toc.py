"""The pages of the book, read from _toc.yml, their one list."""

from pathlib import Path

from sphinx_external_toc.parsing import parse_toc_yaml

ROOT = Path(__file__).parents[2]
PAGES = [name.removesuffix(".md") for name in parse_toc_yaml(ROOT / "_toc.yml")]
NOTEBOOKS = [path for page in PAGES if (path := ROOT / f"{page}.ipynb").exists()]
*_PARTS, _APPENDICES = parse_toc_yaml(ROOT / "_toc.yml").root.subtrees
CHAPTERS = [ROOT / f"{page}.ipynb" for part in _PARTS for page in part.items]

"""The lists of pages and modules that people keep by hand agree with the book and the package."""

import ast
import json
import re
from functools import cache

import pytest
import yaml
from mdit_py_plugins.anchors.index import slugify
from note_map import NOTE
from page_length import all_words, reading_minutes, shown_cells
from pybtex.database import parse_file
from toc import CHAPTERS, NOTEBOOKS, PAGES, ROOT

INDEX, GLOSSARY, REFERENCE = (
    (ROOT / "book" / f"{page}.md").read_text(encoding="utf-8")
    for page in ("index", "glossary", "reference")
)
LINK = re.compile(r"\[([^]]*)\]\((\w+)\.(?:ipynb|md)\)")
NAMES = [page.removeprefix("book/") for page in PAGES]


def test_the_index_lists_every_page_in_the_order_of_the_contents():
    listed = [page for _, page in LINK.findall(INDEX.split("## The pages")[1].split("\n## ")[0])]
    assert listed == [name for name in NAMES if name != "index"]


def test_old_addresses_lead_to_pages():
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    redirects = config["sphinx"]["config"]["redirects"]
    assert not redirects.keys() & set(PAGES)
    assert [page for page in redirects.values() if page.removesuffix(".html") not in NAMES] == []


def test_the_index_has_each_chapters_title_and_reading_time():
    rows = re.findall(r"^\| \[(.*)\]\((\w+)\.ipynb\) \| (\d+) min \|", INDEX, re.MULTILINE)
    found = {}
    for notebook in CHAPTERS:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        text = "".join("".join(cell["source"]) for cell in cells[:4])
        title, minutes = re.search(r"^# (.*)", text)[1], re.search(r"Time: (\d+) ", text)[1]
        found[notebook.stem] = title, minutes
    assert {page: (title, minutes) for title, page, minutes in rows} == found


def test_the_reading_times_follow_from_words_and_cells():
    stated = {c.stem: re.search(r"Time: (\d+) minutes", c.read_text("utf-8"))[1] for c in CHAPTERS}
    assert stated == {chapter.stem: str(reading_minutes(chapter)) for chapter in CHAPTERS}


def test_a_page_is_one_lesson():
    sizes = {page.stem: (all_words(page), shown_cells(page)) for page in CHAPTERS}
    long = {name for name, size in sizes.items() if size[0] > 2_500 or size[1] > 30}
    assert long == set(), sizes


def test_the_indexs_cards_lead_to_pages_and_have_pictures_with_words():
    cards = re.findall(r":::\{grid-item-card\}(.*?)\n:::\n", INDEX, re.DOTALL)
    gallery = (ROOT / "tools" / "gallery.py").read_text(encoding="utf-8")
    assert len(cards) > 3
    for card in cards:
        fields = dict(re.findall(r"^:([\w-]+): (.+)$", card, re.MULTILINE))
        assert fields["link"] in NAMES, card
        picture = re.fullmatch(r"_static/gallery/(\w+)\.png", fields["img-bottom"])[1]
        assert f'"{picture}"' in gallery and len(fields["img-alt"]) > 20, card


def glossary():
    """Return the cells of each row: term, Chinese, meaning, chapters."""
    lines = [line for line in GLOSSARY.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_glossary_is_sorted_and_complete():
    rows = glossary()
    assert all(len(row) == 4 and all(row) for row in rows)
    terms = [row[0].casefold() for row in rows]
    assert terms == sorted(set(terms)) and len(terms) > 40


def test_the_glossarys_chapters_are_those_of_the_contents():
    for term, *_, chapters in glossary():
        links = LINK.findall(chapters)
        assert links, term
        assert [page for _, page in links if page not in NAMES] == [], term


def chinese_terms():
    """Return the Chinese terms of the glossary: those beside a term, and those in its meaning."""
    found = set()
    for _, chinese, meaning, _ in glossary():
        for part in [chinese, *re.findall("[、一-鿿]+", meaning)]:
            found |= {"".join(term.split()) for term in part.split("、")}
    return found


@pytest.mark.parametrize("section", NOTE["terms"])
def test_the_glossary_has_the_notes_terms(section):
    assert [t for t in NOTE["terms"][section].split() if t not in chinese_terms()] == []


def test_a_chinese_term_is_not_given_twice_for_one_term():
    for term, chinese, *_ in glossary():
        words = chinese.split("、")
        assert len(words) == len(set(words)), term


def text_of(page):
    cells = json.loads((ROOT / "book" / f"{page}.ipynb").read_text(encoding="utf-8"))["cells"]
    text = "".join("".join(cell["source"]) + "\n" for cell in cells)
    return " ".join(text.split()).casefold()


def test_the_glossarys_terms_are_in_their_chapters():
    for term, *_, chapters in glossary():
        for _, page in LINK.findall(chapters):
            words = re.split(r", |\bor\b|\band\b", term.casefold().replace('"', ""))
            assert any(word.strip() in text_of(page) for word in words), f"{term}: {page}"


def imported_by_pages():
    """Return (module, name) for each name that a page or its script imports from the package."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "book/templates").glob("*.py")]
    for notebook in NOTEBOOKS:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        sources += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return {
        (node.module, alias.name)
        for source in sources
        for node in ast.walk(ast.parse(re.sub(r"^( *)%.*", r"\1pass", source, flags=re.MULTILINE)))
        if isinstance(node, ast.ImportFrom) and node.module.startswith("lessons_src")
        for alias in node.names
    }


def described(module):
    """Return the names that a page says something of when it documents a module."""
    path = ROOT / module.replace(".", "/")
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}


def test_the_reference_has_what_the_pages_import():
    listed = re.findall(r"^\.\. automodule:: (\S+)$", REFERENCE, re.MULTILINE)
    assert len(listed) == len(set(listed))
    known = {name for module in listed for name in described(module)}
    missing = [
        f"{module}.{name}"
        for module, name in sorted(imported_by_pages())
        if f"{module}.{name}" not in listed and name not in known and not name.isupper()
    ]
    assert missing == []
    used = {name for pair in imported_by_pages() for name in (pair[0], ".".join(pair))}
    assert set(listed) <= used  # a module that no page imports is left out, as the page says


def test_the_references_headings_name_their_modules():
    pairs = re.findall(r"^### `(.+)`\n\n```\{eval-rst\}\n\.\. automodule:: (.+)$", REFERENCE, re.M)
    assert len(pairs) == REFERENCE.count("automodule::")
    assert all(module == f"lessons_src.{heading}" for heading, module in pairs)


CITATION = re.compile(r"\[([^\[\]]+)\]\(references\.md(?:#(\w+))?\)")


def test_every_citation_names_the_entry_that_it_leads_to():
    entries = parse_file(ROOT / "book" / "references.bib").entries
    cited = [pair for notebook in NOTEBOOKS for pair in CITATION.findall(raw_text(notebook))]
    assert len(cited) > 100
    for shown, key in cited:
        assert key in entries, f"[{shown}](references.md#{key})"
        years = re.findall(r"\b(?:19|20)\d\d\b", shown)
        people = entries[key].persons.get("author", [])
        if "year" in entries[key].fields and years:
            assert years == [entries[key].fields["year"]], f"{shown}: {key}"
            assert people[0].last_names[0] in shown, f"{shown}: {key}"


def raw_text(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


HEADING_LINK = re.compile(r"\]\((\w*)(?:\.ipynb|\.md)?#([^)]+)\)")


def source_of(page):
    """Return a page's Markdown."""
    notebook = ROOT / "book" / f"{page}.ipynb"
    if notebook.exists():
        return raw_text(notebook)
    return (ROOT / "book" / f"{page}.md").read_text(encoding="utf-8")


@cache
def anchors(page):
    """Return the addresses of a page's headings, as the build makes them, or of its entries."""
    if page == "references":
        return set(parse_file(ROOT / "book" / "references.bib").entries)
    source = re.sub(r"^```.*?^```", "", source_of(page), flags=re.MULTILINE | re.DOTALL)
    titles = re.findall(r"^#{1,3} (.+)$", source, re.MULTILINE)
    return {slugify(re.sub(r"[*`$]|\]\([^)]*\)", "", title)) for title in titles}


@pytest.mark.parametrize("page", NAMES)
def test_links_to_headings_lead_to_headings(page):
    links = [(to or page, anchor) for to, anchor in HEADING_LINK.findall(source_of(page))]
    assert [(to, anchor) for to, anchor in links if anchor not in anchors(to)] == []

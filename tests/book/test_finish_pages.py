"""tools/finish_pages.py and page_images.py: a page's HTML before it is written."""

import base64
import io
import re

from lessons_src import figures
from lessons_src.figures.output import png

import finish_pages
import numpy as np
import pytest
from bs4 import BeautifulSoup
from page_images import PageImages
from PIL import Image

ADDRESS = "../_images"


def finished(html):
    page = BeautifulSoup(html, "html.parser")
    for step in finish_pages.STEPS:
        step(page)
    return page


def figure(*regions):
    """Return a page with one figure, and the figure's bytes."""
    drawing = figures.windows(5, 3) if not regions else figures.image_grid(*regions)
    picture = png(drawing, 50)
    source = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    html = f'<main><img alt="words" width="600" src="{source}"></main>'
    return BeautifulSoup(html, "html.parser"), picture


@pytest.fixture
def images(tmp_path):
    return PageImages(tmp_path / "_images", tmp_path, {"book/gallery/a.png": "a.png"})


def test_the_script_of_all_icons_is_left_out_and_no_other():
    page = finished('<script src="a/fontawesome.js?digest=1"></script><script src="b.js"></script>')
    assert [script["src"] for script in page.select("script")] == ["b.js"]


def test_a_table_gets_one_box_that_scrolls():
    table = '<main><table border="1"><tr><td>1</td></tr></table></main>'
    page = finished(str(finished(table)))
    [box] = page.select(".pst-scrollable-table-container")
    assert box.table and "border" not in box.table.attrs


def test_a_table_that_the_page_draws_anew_keeps_its_own_box():
    page = finished('<main><form class="own-numbers"><table></table></form></main>')
    assert page.select(".pst-scrollable-table-container") == []


def test_the_name_of_a_tables_row_may_break_after_an_underscore():
    row = "<tr><td>block1_unit1_conv</td><td>a_b</td></tr>"
    page = finished(f'<main><table class="dataframe">{row}</table></main>')
    name, other = page.select("td")
    assert name.decode_contents() == "block1_<wbr/>unit1_<wbr/>conv"
    assert name.get_text() == "block1_unit1_conv" and other.decode_contents() == "a_b"


def test_an_empty_header_becomes_a_cell():
    page = finished("<main><table><tr><th><p></p></th><th>name</th></tr></table></main>")
    assert [cell.name for cell in page.tr.find_all(True, recursive=False)] == ["td", "th"]


def test_entries_of_the_references_are_plain_elements():
    page = finished(
        '<div role="list" class="citation-list"><div role="doc-biblioentry">a</div></div>'
    )
    assert page.select("[role]") == []


def test_the_sidebar_is_a_landmark():
    page = finished('<div id="pst-primary-sidebar"></div>')
    assert page.div["role"] == "complementary" and page.div["aria-label"]


def test_controls_are_called_what_they_say():
    page = finished(
        '<button class="search-button-field" aria-label="Find">Search</button>'
        '<main><details><summary aria-label="Toggle">Show</summary></details></main>'
    )
    assert "aria-label" not in page.button.attrs | page.summary.attrs


def test_a_figure_becomes_a_file_that_loads_when_the_reader_comes_near(images, tmp_path):
    page, picture = figure()
    images.lighten(page, ADDRESS)
    image = page.img
    name = image["src"].removeprefix(f"{ADDRESS}/")
    assert (tmp_path / "_images" / name).read_bytes() == picture
    assert (image["loading"], image["alt"], image["width"]) == ("lazy", "words", "600")


def test_equal_figures_share_a_file(images, tmp_path):
    for _ in range(2):
        images.lighten(figure()[0], ADDRESS)
    assert len(list((tmp_path / "_images").iterdir())) == 1


def test_a_drawing_may_be_inverted_and_its_photographs_lie_over_it_as_they_are(images):
    page, picture = figure(np.zeros((2, 4, 4, 3)), ["a", "b"], 2)
    images.lighten(page, ADDRESS)
    below, above = page.select(".drawing > img")
    assert above["src"] == below["src"] and above["alt"] == "" and above["class"] == ["pictures"]
    # A point in each photograph is inside the outline, one between them is not.
    corners = re.findall(
        r"([\d.]+)%? ([\d.]+)%?", above["style"].removeprefix("clip-path:polygon(")
    )
    outline = [(float(x), float(y)) for x, y in corners]
    areas = Image.open(io.BytesIO(picture)).text["pictures"].split("; ")
    assert len(areas) == 2
    for area in areas:
        left, top, right, bottom = (100 * float(share) for share in area.split())
        assert inside(outline, (left + right) / 2, (top + bottom) / 2)
        assert not inside(outline, left - 1, (top + bottom) / 2)
        assert not inside(outline, (left + right) / 2, bottom + 1)


def inside(polygon, x, y):
    """Say whether a point lies in a polygon: a ray from it crosses an odd number of edges."""
    crossings = 0
    for (x1, y1), (x2, y2) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            crossings += 1
    return crossings % 2 == 1


def test_a_drawing_without_photographs_has_nothing_over_it(images):
    page, _ = figure()
    images.lighten(page, ADDRESS)
    assert len(page.select(".drawing > img")) == 1


def test_frames_in_a_template_become_files_too(images, tmp_path):
    page, _ = figure()
    page.img.wrap(page.new_tag("template"))
    images.lighten(page, ADDRESS)
    assert page.template.select_one("img")["src"].startswith(ADDRESS)
    assert len(list((tmp_path / "_images").iterdir())) == 1


def test_a_picture_that_sphinx_copies_is_fitted_for_dark_pages_where_it_is(images, tmp_path):
    picture = png(figures.windows(5, 3), 50)
    source = tmp_path / "book" / "gallery" / "a.png"
    source.parent.mkdir(parents=True)
    source.write_bytes(picture)
    html = '<main><img alt="a" src="../_images/a.png"><img alt="b" src="../_static/b.svg"></main>'
    page = BeautifulSoup(html, "html.parser")
    images.lighten(page, ADDRESS)
    assert [image["src"] for image in page.select(".drawing img")] == ["../_images/a.png"]
    assert not page.select("img")[1].has_attr("loading")


def test_a_picture_of_another_program_stays_as_it_is(images):
    written = io.BytesIO()
    Image.new("RGB", (4, 4)).save(written, "PNG")
    source = f"data:image/png;base64,{base64.b64encode(written.getvalue()).decode()}"
    page = BeautifulSoup(f'<main><img alt="a" src="{source}"></main>', "html.parser")
    images.lighten(page, ADDRESS)
    assert page.select(".drawing") == [] and page.img["loading"] == "lazy"


def test_chinese_words_are_said_to_be_chinese():
    page = finished("<main><p>kernel 卷积核、核: <b>图 5-4</b></p><code>x</code></main>")
    marked = [span.get_text() for span in page.select('span[lang="zh-Hans"]')]
    assert marked == ["卷积核、核", "图"]
    assert page.p.get_text() == "kernel 卷积核、核: 图 5-4"
    assert str(finished(str(page))) == str(page)  # once


def test_chinese_words_in_scripts_and_titles_stay_as_they_are():
    html = '<title>图</title><script>let a = "图";</script><p lang="zh">图</p>'
    assert str(finished(html)) == html

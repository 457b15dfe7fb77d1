"""lessons_src.page_figures.drawing: text that is safe, attributes, drawings for all readers."""

from xml.etree import ElementTree

from lessons_src.page_figures.drawing import button, drawing, element, escape


def test_what_a_reader_typed_cannot_become_html():
    assert escape("<b a='1'>&\"") == "&lt;b a=&#39;1&#39;&gt;&amp;&quot;"
    assert element("p", title='"><script>') == '<p title="&quot;&gt;&lt;script&gt;"></p>'


def test_attributes_are_written_as_html_has_them():
    made = element("rect", class_="map", stroke_width=2, x=1 / 3, y=2.0, fill=None)
    assert made == '<rect class="map" stroke-width="2" x="0.33" y="2"></rect>'
    assert element("p", "one ", element("b", "two")) == "<p>one <b>two</b></p>"


def test_what_a_click_sets_is_json():
    made = element("g", data_set={"row": "2", "column": 'a"b\n'})
    assert ElementTree.fromstring(made).get("data-set") == '{"column": "a\\"b\\n", "row": "2"}'


def test_a_drawing_is_a_picture_with_words_until_its_parts_can_be_clicked():
    picture = ElementTree.fromstring(drawing(360, 90.5, "A cone", element("rect")))
    assert (picture.get("role"), picture.get("aria-label")) == ("img", "A cone")
    assert picture.get("viewBox") == "0 0 360 90.5" and "max-width:450px" in picture.get("style")
    part = element("rect", data_set={"row": "1"}, aria_label="row 1")
    assert ElementTree.fromstring(drawing(360, 90, "A map", part)).get("role") == "group"


def test_a_button_that_can_do_nothing_says_so():
    able, unable = (ElementTree.fromstring(button("+", data)) for data in ({"kernel": "2"}, {}))
    assert able.get("data-set") and able.get("aria-disabled") is None
    assert unable.get("data-set") is None and unable.get("aria-disabled") == "true"
    assert (able.get("type"), able.get("class"), able.text) == ("button", "page-only", "+")

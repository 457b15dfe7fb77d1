"""axe-core finds nothing on any page, in light and in dark."""

import json

import pytest
from site_scripts import AXE, provide
from toc import PAGES, ROOT
from visits import load_all_images, visit

pytestmark = pytest.mark.slow

SECONDS = 120

# Colours change in one step: what axe would see half way is nobody's reading. What is folded opens.
# A word of code has the colour of its class: one of each class is enough, of thousands on a page.
PREPARE = """
const style = document.createElement('style');
style.textContent = '* { transition: none !important; animation: none !important; }';
document.head.append(style);
for (const folded of document.querySelectorAll('main details')) folded.open = true;
const seen = new Set();
for (const word of document.querySelectorAll('.highlight span[class]')) {
    if (seen.has(word.className)) word.replaceWith(...word.childNodes);
    seen.add(word.className);
}
"""
# All rules in light; in dark only colours are others.
ANALYSE = """
const [theme, rules, done] = arguments;
document.documentElement.dataset.theme = theme;
const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
axe.run(document, options).then(({ violations }) => done(violations));
"""


@pytest.fixture(scope="session")
def axe():
    """axe-core's script; nothing of it is in the site."""
    folder = ROOT / "_build" / "tests" / AXE
    provide(AXE, folder)
    return (folder / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(browser, site, axe, page):
    visit(browser, f"{site}/{page}.html")
    load_all_images(browser)
    browser.set_script_timeout(SECONDS)
    browser.execute_script(PREPARE + axe)
    found = {
        f"{theme}: {violation['id']}: {violation['help']}": [
            f"{node['target']} {node['html'][:200]}" for node in violation["nodes"]
        ]
        for theme, rules in (("light", None), ("dark", ["color-contrast"]))
        for violation in browser.execute_async_script(ANALYSE, theme, rules)
    }
    assert found == {}, json.dumps(found, indent=1)

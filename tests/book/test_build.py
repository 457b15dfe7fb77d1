"""make book: what fails a build, which pages it executes, and what the others show meanwhile."""

import os
import re
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import build_book
import executed_pages
import pytest
from execute_page import keep
from jupyter_cache.cache.db import NbCacheRecord
from nbformat import v4
from small_book import SmallBook
from toc import ROOT

pytestmark = pytest.mark.slow


def test_a_broken_link_and_an_unknown_reference_fail_the_build(tmp_path):
    book = SmallBook(tmp_path)
    book.say_in_front("A [link](missing.md), and {ref}`nowhere`.")
    result = book.run()
    assert result.returncode != 0
    for target in ("missing.md", "nowhere"):
        assert re.search(f"WARNING: .*{target}", result.stderr), result.stderr


def test_without_the_registry_the_pages_link_the_public_network(tmp_path):
    book = SmallBook(tmp_path)
    shutil.rmtree(tmp_path / "_build" / "scripts")
    book.say_in_front("A [link](#words) and $x^2$.")
    result = book.run(npm_config_registry="http://127.0.0.1:9", npm_config_fetch_retries="0")
    assert result.returncode == 0, result.stdout[-3000:]
    assert "pages link https://cdn.jsdelivr.net/npm" in result.stdout


def test_one_page_is_built_anew_and_the_others_stay_as_they_were(tmp_path):
    book = SmallBook(tmp_path, "one", "three", "two")
    assert book.build() == [(1, "hello"), (1, "hello"), (1, "hello")]
    # A changed package: one page sees it. Another keeps what it showed; the third has changed, too,
    # has no outputs of its present cells, and is not executed for them.
    book.say("goodbye")
    book.write("three", more="\nprint('more')")
    assert book.build("--page", "one") == [(2, "goodbye"), (1, None), (1, "hello")]
    assert "Older than the package, the pins, the data or the budget: two" in book.printed
    assert "Without outputs, never executed as they are: three" in book.printed
    # Cells that are taken back were executed with the package of then, and the whole build knows.
    book.write("three")
    # A page that fails is named, and the others are kept.
    book.write("two", more="\nraise ValueError('broken here')")
    failed = book.run()
    assert failed.returncode != 0
    assert "two: a cell failed" in failed.stdout and "broken here" in failed.stderr
    book.write("two")
    [one, three, (_, shown)] = book.build()
    assert (one, three, shown) == ((2, "goodbye"), (2, "goodbye"), "goodbye")


def test_an_unknown_page_is_refused_with_the_known_ones(tmp_path):
    result = SmallBook(tmp_path, "one", "two").run("--page", "three")
    assert result.returncode == 1
    assert result.stderr == "No page 'three'; the pages are words, one, two\n"  # no start-up notes


def test_two_pages_execute_at_a_time_and_share_the_cores(tmp_path, monkeypatch):
    waits = """
import os
import time
assert os.environ["TF_NUM_INTRAOP_THREADS"] == "4"
Path("{page}.here").touch()
end = time.monotonic() + 60
while not Path("{other}.here").exists():
    assert time.monotonic() < end, "{other} has not begun"
    time.sleep(0.05)
"""
    book = SmallBook(tmp_path, "one", "two")
    book.write("one", waits.format(page="one", other="two"))
    book.write("two", waits.format(page="two", other="one"))
    monkeypatch.setattr(executed_pages, "at_a_time", lambda: 2)  # with a GPU it is one
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(8)), raising=False)
    monkeypatch.delenv("TF_NUM_INTRAOP_THREADS")
    notebooks = [tmp_path / "book" / f"{page}.ipynb" for page in ("one", "two")]
    pages = executed_pages.ExecutedPages(tmp_path / "_build", "now")
    pages.execute(notebooks)
    assert not any(pages.lack(notebook) for notebook in notebooks)


def test_two_pages_that_end_at_once_are_both_kept(tmp_path, monkeypatch):
    pages, counting = executed_pages.ExecutedPages(tmp_path, "now"), threading.Event()
    one, two = (v4.new_notebook(cells=[v4.new_code_cell(page)]) for page in ("one", "two"))

    def slowly(count, db):
        """Ask twice, as jupyter-cache does, for the pages that stay and those that go."""
        stay = {record.pk for record in NbCacheRecord.records_all(db)}
        counting.set()
        time.sleep(0.5)
        return [record.pk for record in NbCacheRecord.records_all(db) if record.pk not in stay]

    assert pages.cache.list_cache_records() == []  # the database is there
    monkeypatch.setattr(NbCacheRecord, "records_to_delete", slowly)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(keep, tmp_path / ".jupyter_cache", "page", one, 1)
        counting.wait(timeout=60)
        keep(tmp_path / ".jupyter_cache", "page", two, 1)
        first.result()
    assert len(pages.cache.list_cache_records()) == 2


def test_pages_from_another_package_data_or_budget_are_forgotten(tmp_path, monkeypatch):
    monkeypatch.setattr(build_book, "ROOT", tmp_path)
    (tmp_path / "lessons_src").mkdir()
    for name in ("lessons_src/arithmetic.py", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    seen = {build_book.fingerprint("cifar10")}
    seen.add(build_book.fingerprint("shapes10"))
    monkeypatch.setenv("LESSONS_BUDGET", "gpu")
    seen.add(build_book.fingerprint("cifar10"))
    for name in ("lessons_src/arithmetic.py", "requirements.txt"):
        (tmp_path / name).write_text("changed")
        seen.add(build_book.fingerprint("cifar10"))
    assert len(seen) == 5

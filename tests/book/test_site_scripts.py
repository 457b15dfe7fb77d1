"""Scripts of others that the site serves are fetched again when the list of their files changed."""

import site_scripts
from site_scripts import MATHJAX, WANTED, is_whole


def test_a_folder_with_a_file_of_each_pattern_is_whole(tmp_path):
    for pattern in WANTED[MATHJAX][1]:
        assert not is_whole(MATHJAX, tmp_path)
        file = tmp_path / pattern.replace("*", "any")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert is_whole(MATHJAX, tmp_path)


def test_a_file_that_is_wanted_now_makes_an_older_folder_stale(tmp_path, monkeypatch):
    (tmp_path / "old.js").touch()
    monkeypatch.setitem(site_scripts.WANTED, "some@1", ("sha512-", ("old.js",)))
    assert is_whole("some@1", tmp_path)
    monkeypatch.setitem(site_scripts.WANTED, "some@1", ("sha512-", ("old.js", "new.js")))
    assert not is_whole("some@1", tmp_path)

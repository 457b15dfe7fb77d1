"""python -m lessons_src: results on standard output, errors in one line."""

import json

from lessons_src.__main__ import main
from lessons_src.training.recipes import RECIPES, Recipe

import pytest


def run(capsys, *words):
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_models_lists_the_six_networks(capsys):
    code, out, _ = run(capsys, "models")
    assert code == 0 and "11,183,562" in out and len(out.splitlines()) == 7


def test_models_as_json(capsys):
    _, out, _ = run(capsys, "models", "--json")
    assert json.loads(out)["lenet5"] == {
        "parameters": 62_006,
        "non_trainable": 0,
        "multiply_adds": 651_720,
        "receptive_field": 16,
    }


def test_data_says_what_it_loads(capsys):
    code, out, _ = run(capsys, "data", "shapes10")
    assert code == 0 and out.startswith("Shapes-10 from generated") and "32×32×3" in out
    _, out, _ = run(capsys, "data", "shapes10", "--json")
    assert json.loads(out)["images"]["train"] > 0


def test_train_then_evaluate(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("LESSONS_BUDGET", "smoke")
    words = ("lenet5", "--data", "shapes10", "--recipe", "reduced", "--run-dir", str(tmp_path))
    code, out, err = run(capsys, "train", *words, "--json")
    record = json.loads(out)
    assert code == 0 and record["model"] == "lenet5" and "epoch 1/1" in err
    code, out, err = run(capsys, "train", *words)
    assert code == 0 and "test accuracy" in out and "epoch" not in err  # finished: not repeated
    code, out, _ = run(capsys, "evaluate", *words, "--json")
    assert code == 0 and 0 <= json.loads(out)["accuracy"] <= 1


def test_the_run_directory_is_named_after_what_is_trained(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    tiny = Recipe("tiny", epochs=1, batch_size=32, images=(32, 32, 32))
    monkeypatch.setitem(RECIPES, "tiny", tiny)
    words = ("inception10_frozen_bn", "--data", "shapes10", "--recipe", "tiny", "--json")
    code, out, _ = run(capsys, "train", *words)
    assert code == 0 and json.loads(out)["model"] == "inception10_frozen_bn"
    [run_dir] = (tmp_path / "runs").iterdir()
    assert run_dir.name == "inception10_frozen_bn-tiny-shapes10-seed0"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("train", "lenet", "--data", "shapes10"), "unknown model 'lenet'"),
        (("train", "lenet5", "--recipe", "sharp"), "unknown recipe 'sharp'"),
        (("train", "lenet5", "--data", "mnist"), "'mnist'"),
        (("train", "lenet5", "--data", "shapes10", "--devices", "99"), "99 devices were asked for"),
        (("data", "mnist"), "'mnist'"),
        (("evaluate", "lenet5", "--data", "shapes10", "--run-dir", "none"), "best.weights.h5"),
    ],
)
def test_errors_are_one_line_and_a_code(capsys, words, message):
    code, out, err = run(capsys, *words)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1 and err.startswith("error: ") and message in err


def test_an_environment_that_points_nowhere_is_an_error(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("CIFAR10_DIR", str(tmp_path / "nowhere"))
    code, _, err = run(capsys, "data")
    assert code == 1 and "nowhere" in err and err.count("\n") == 1


def test_bad_usage_is_refused(capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["fly"])
    assert exit_.value.code == 2

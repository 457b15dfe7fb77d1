from lessons_src import reports

from make_record import make_record

RUN = make_record()


def test_a_run_that_was_not_measured_is_said_to_be_so():
    assert "Not yet measured" in reports.recorded([]).data
    assert "<img" not in reports.recorded([]).data


def test_one_run_has_no_average():
    html = reports.recorded([RUN]).data
    for text in ("18,000 training images", "2 epochs", "1 seed:", "test accuracy 25.0%."):
        assert text in html
    assert "average" not in html and html.count("<img") == 1


def test_several_runs_have_an_average_and_a_range():
    other = make_record(seed=1, test_accuracy=0.35, best_epoch=1)
    html = reports.recorded([RUN, other]).data
    assert "2 seeds: test accuracy 30.0% on average, 25.0% to 35.0%" in html
    assert "Best epoch by validation: 2, 1." in html


def test_runs_on_different_data_are_shown_apart():
    html = reports.recorded([RUN, make_record(dataset="CIFAR-10", test_accuracy=0.35)]).data
    assert "on Shapes-10" in html and "test accuracy 25.0%." in html
    assert "on CIFAR-10" in html and "test accuracy 35.0%." in html
    assert "average" not in html and html.count("<img") == 2

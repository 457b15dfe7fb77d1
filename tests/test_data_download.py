import hashlib
import inspect
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from lessons_src.data import cifar10, download, load_dataset
from lessons_src.errors import DatasetError

import keras
import pytest
from data_helpers import use_small_copies, write_batches, write_tar
from keras.src.backend.config import keras_home


class Server(ThreadingHTTPServer):
    """Serves one file well or, as `fault` says, badly, and counts how often."""

    daemon_threads = True
    fault = ""
    content = b""
    requests = 0

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.released = threading.Event()  # ends the stalls
        self.url = f"http://127.0.0.1:{self.server_port}/cifar.tar.gz"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self):
        self.server.requests += 1
        if self.server.fault == "silent":
            self.server.released.wait()
        half = len(self.server.content) // 2
        self.answer()
        try:
            self.wfile.write(self.server.content[:half])
            if self.server.fault == "stall":
                self.server.released.wait()
            while self.server.fault == "drip" and not self.server.released.wait(0.05):
                self.wfile.write(b"x")
            if self.server.fault != "cut":
                self.wfile.write(self.server.content[half:])
        except OSError:
            pass  # the client has gone

    def answer(self):
        self.send_response(404 if self.server.fault == "404" else 200)
        self.send_header("Content-Length", str(len(self.server.content)))
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def server(monkeypatch, tmp_path):
    use_small_copies(monkeypatch, tmp_path)
    write_batches(tmp_path / "published")
    content = write_tar(tmp_path / "published.tar.gz", tmp_path / "published").read_bytes()
    with Server() as server:
        server.content = content
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        monkeypatch.setattr(cifar10, "URL", server.url)
        monkeypatch.setattr(cifar10, "SHA256", hashlib.sha256(content).hexdigest())
        monkeypatch.setattr(download, "ANSWER_SECONDS", 0.7)
        monkeypatch.setattr(download, "STALL_SECONDS", 0.7)
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


def keras_datasets() -> Path:
    return Path(os.environ["KERAS_HOME"]) / "datasets"


def test_keras_and_the_book_fetch_the_same_file_to_the_same_place():
    source = inspect.getsource(keras.datasets.cifar10.load_data)
    assert f'"{cifar10.URL}"' in source
    assert f'"{cifar10.SHA256}"' in source
    assert f'dirname = "{cifar10.KERAS_COPIES[0]}"' in source


def test_the_default_place_is_the_one_keras_uses():
    assert str(cifar10.keras_folder()) == keras_home()


def test_a_download_is_loaded_and_found_again_by_the_book_and_by_keras(server, capsys):
    dataset = load_dataset()
    assert (dataset.title, dataset.source) == ("CIFAR-10", "python batches")
    assert len(dataset.y_train) == 30
    assert capsys.readouterr().out == ""
    assert load_dataset("cifar10").fingerprint == dataset.fingerprint
    assert [path.name for path in keras_datasets().iterdir()] == [cifar10.KERAS_ARCHIVE]
    folder = keras.utils.get_file(  # as load_data() does
        fname=cifar10.KERAS_COPIES[0],
        origin=server.url,
        extract=True,
        file_hash=cifar10.SHA256,
        cache_dir=os.environ["KERAS_HOME"],
    )
    assert server.requests == 1
    assert Path(folder, "cifar-10-batches-py", "data_batch_1").exists()
    # Keras' extracted batches serve as well.
    Path(keras_datasets(), cifar10.KERAS_ARCHIVE).unlink()
    assert load_dataset("cifar10").fingerprint == dataset.fingerprint
    assert server.requests == 1


def test_half_a_file_in_keras_cache_is_fetched_again(server, capsys):
    archive = keras_datasets() / cifar10.KERAS_ARCHIVE
    archive.parent.mkdir(parents=True)
    archive.write_bytes(server.content[:-100])
    assert len(load_dataset("cifar10").y_train) == 30
    assert "not a complete tar or zip archive" in capsys.readouterr().err
    assert archive.read_bytes() == server.content


def test_half_an_extraction_in_keras_cache_is_passed_over(server, capsys):
    folder = write_batches(keras_datasets() / cifar10.KERAS_COPIES[0])
    (folder / "test_batch").unlink()
    assert len(load_dataset("cifar10").y_train) == 30
    assert "test_batch is missing" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["cifar-10-batches-py.tar.gz", "cifar-10-python.tar.gz"])
def test_an_archive_put_into_keras_cache_by_hand_is_found(server, name):
    keras_datasets().mkdir(parents=True)
    (keras_datasets() / name).write_bytes(server.content)
    assert len(load_dataset("cifar10").y_train) == 30
    assert server.requests == 0


def failure() -> str:
    with pytest.raises(DatasetError) as caught:
        load_dataset("cifar10")
    message = str(caught.value)
    assert message.count("\n") == 0
    assert "Tried: CIFAR10_DIR (not set), Keras' cache" in message
    assert "set CIFAR10_DIR to" in message
    return message


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("silent", "timed out"),
        ("stall", "timed out"),
        ("drip", r"only \d+ bytes came in 0\.[78] s"),
        ("cut", r"it broke off after [\d,]+ bytes"),
        ("404", "HTTP Error 404: Not Found"),
        ("wrong", "not the published file: its SHA-256 hash differs"),
    ],
)
def test_a_failed_download_says_why_and_leaves_nothing(server, monkeypatch, fault, reason):
    server.fault = fault
    with monkeypatch.context() as patch:
        if fault == "wrong":
            patch.setattr(cifar10, "SHA256", "0" * 64)
        message = failure()
    assert server.url in message
    assert re.search(reason, message), message
    assert list(keras_datasets().glob("*")) == []
    server.fault = ""
    server.released.set()
    assert len(load_dataset("cifar10").y_train) == 30


def test_without_a_server_the_named_data_set_is_an_error(server, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setattr(cifar10, "URL", f"http://127.0.0.1:{free.getsockname()[1]}/x.tar.gz")
        assert "refused" in failure()


def test_a_host_look_up_that_hangs_is_given_up(server, monkeypatch):
    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: released.wait() and [])
    try:
        assert "no address of the host within 0.7 s" in failure()
    finally:
        released.set()


def test_without_a_name_shapes10_takes_its_place_and_says_so(server, capsys):
    server.fault = "404"
    assert load_dataset().title == "Shapes-10"
    told = [line for line in capsys.readouterr().err.splitlines() if "Shapes-10" in line]
    assert len(told) == 1
    assert "in place of CIFAR-10" in told[0] and server.url in told[0]


def test_a_kill_in_mid_download_does_not_poison_the_next_try(server):
    server.fault = "stall"
    code = (
        "from lessons_src.data.download import download; from pathlib import Path; "
        f"download({server.url!r}, {cifar10.SHA256!r}, "
        f"Path({str(keras_datasets() / cifar10.KERAS_ARCHIVE)!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as process:
        while not list(keras_datasets().glob(f".*/{cifar10.KERAS_ARCHIVE}")):
            assert process.poll() is None, "the download ended before it was killed"
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    assert not (keras_datasets() / cifar10.KERAS_ARCHIVE).exists()
    server.fault = ""
    assert len(load_dataset("cifar10").y_train) == 30

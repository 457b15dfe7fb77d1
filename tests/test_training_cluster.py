"""lessons_src.training.cluster: TF_CONFIG is read or said to be wrong; workers meet."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading

from lessons_src.errors import UsageError
from lessons_src.training import cluster
from lessons_src.training.cluster import Cluster, cluster_of, free_ports, read_cluster

import pytest

TWO = ["10.0.0.1:2222", "[::1]:2223"]
TASK = {"type": "worker", "index": 1}


def test_a_cluster_is_read_as_it_is_written(monkeypatch):
    monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": {"worker": TWO}, "task": TASK}))
    assert read_cluster(2) == Cluster(tuple(TWO), 1)
    monkeypatch.setenv("TF_CONFIG", Cluster(tuple(TWO), 0).config())
    assert read_cluster(2) == Cluster(tuple(TWO), 0)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("{", "is no JSON"),
        ("[1]", r"is \[1\]"),
        ({"task": TASK}, "has the cluster None"),
        ({"cluster": {"chief": TWO[:1], "worker": TWO[1:]}, "task": TASK}, "one list of all"),
        ({"cluster": {"worker": "10.0.0.1:2222"}, "task": TASK}, "has the workers '10.0.0.1:2222'"),
        ({"cluster": {"worker": ["10.0.0.1", TWO[1]]}, "task": TASK}, "a list of hosts with ports"),
        ({"cluster": {"worker": [":1", TWO[1]]}, "task": TASK}, "a list of hosts with ports"),
        ({"cluster": {"worker": ["a:70000", TWO[1]]}, "task": TASK}, "a list of hosts with ports"),
        ({"cluster": {"worker": TWO[:1] * 2}, "task": TASK}, "lists a worker twice"),
        ({"cluster": {"worker": TWO[:1]}, "task": TASK}, "lists 1 workers, and --workers is 2"),
        ({"cluster": {"worker": TWO}}, "has the task None"),
        ({"cluster": {"worker": TWO}, "task": {"type": "chief", "index": 0}}, "whose type is not"),
        ({"cluster": {"worker": TWO}, "task": {"type": "worker"}}, "has the index None"),
        ({"cluster": {"worker": TWO}, "task": {"type": "worker", "index": "0"}}, "the index '0'"),
        ({"cluster": {"worker": TWO}, "task": {"type": "worker", "index": 2}}, "from 0 to 1"),
    ],
)
def test_what_is_wrong_in_tf_config_is_named_beside_what_is_right(monkeypatch, config, message):
    text = config if isinstance(config, str) else json.dumps(config)
    monkeypatch.setenv("TF_CONFIG", text)
    with pytest.raises(UsageError, match=rf"TF_CONFIG .*{message}.*; it should look like ") as told:
        read_cluster(2)
    example = json.loads(str(told.value).partition("look like ")[2])
    assert example["task"] == {"type": "worker", "index": 0}


def test_without_tf_config_the_other_workers_start_on_this_machine(monkeypatch, tmp_path):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    code = "import os, pathlib; pathlib.Path(f'{os.getpid()}').write_text(os.environ['TF_CONFIG'])"
    monkeypatch.chdir(tmp_path)
    with cluster_of(3, [sys.executable, "-c", code]) as chiefs:
        assert chiefs.index == 0 and json.loads(os.environ["TF_CONFIG"])["task"]["index"] == 0
    assert "TF_CONFIG" not in os.environ
    told = [json.loads(path.read_text()) for path in tmp_path.iterdir()]
    assert sorted(each["task"]["index"] for each in told) == [1, 2]
    assert [each["cluster"]["worker"] for each in told] == [list(chiefs.addresses)] * 2
    assert len({address.removeprefix("127.0.0.1:") for address in chiefs.addresses}) == 3


def test_the_workers_started_here_end_where_the_chief_fails(monkeypatch):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    started = []
    begin = subprocess.Popen
    monkeypatch.setattr(
        cluster.subprocess, "Popen", lambda *a, **k: started.append(begin(*a, **k)) or started[-1]
    )
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(UsageError, match="mine"), cluster_of(2, sleep):
        raise UsageError("mine")
    assert [each.poll() for each in started] == [-signal.SIGTERM]


def test_with_tf_config_none_is_started(monkeypatch):
    monkeypatch.setenv("TF_CONFIG", Cluster(tuple(TWO), 1).config())
    with cluster_of(2, ["no such command"]) as found:
        assert found == Cluster(tuple(TWO), 1)


def test_workers_wait_for_each_other(monkeypatch, capsys):
    monkeypatch.setattr(cluster, "SILENCE", 0.1)
    ports = free_ports(3)
    addresses = tuple(f"127.0.0.1:{port}" for port in ports)
    met = []

    def meet(index):
        Cluster(addresses, index).meet()
        met.append(index)
        # TensorFlow listens at the same port from then on.
        with socket.create_server(("127.0.0.1", ports[index])):
            done.wait(10)

    done = threading.Event()
    threads = [threading.Thread(target=meet, args=(index,)) for index in range(3)]
    threads[0].start(), threads[1].start()
    threads[0].join(0.5)
    assert not met
    assert capsys.readouterr().err.count(f"waiting for worker 2 at {addresses[2]}\n") >= 1
    threads[2].start()
    threads[2].join(1)
    assert sorted(met) == [0, 1, 2]
    done.set()
    for thread in threads:
        thread.join()


def test_a_port_in_use_and_an_unknown_host_are_named():
    with socket.create_server(("", 0)) as used:
        port = used.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} cannot be used here .*name another one"):
            Cluster((f"127.0.0.1:{port}", TWO[0]), 0).meet()
    [port] = free_ports(1)
    with pytest.raises(UsageError, match=r"worker 1: no host is called 'nowhere\.invalid'"):
        Cluster((f"127.0.0.1:{port}", "nowhere.invalid:1"), 0).meet()

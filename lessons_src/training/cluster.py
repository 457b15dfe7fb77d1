"""Which processes train together: TensorFlow's variable TF_CONFIG, and where they meet."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from lessons_src.errors import UsageError
from lessons_src.messages import note

EXAMPLE = (
    '{"cluster": {"worker": ["10.0.0.1:2222", "10.0.0.2:2222"]}, '
    '"task": {"type": "worker", "index": 0}}'
)
SILENCE = 5  # seconds of waiting before a note


@dataclass(frozen=True)
class Cluster:
    """All workers of a run.

    Attributes:
        addresses: Host and port of each, "10.0.0.1:2222"; the first is the chief, which alone keeps
            the run's directory.
        index: Which of them this process is.
    """

    addresses: tuple[str, ...]
    index: int

    def config(self) -> str:
        """Return the cluster as TF_CONFIG holds it."""
        task = {"type": "worker", "index": self.index}
        return json.dumps({"cluster": {"worker": self.addresses}, "task": task})

    def meet(self) -> None:
        """Wait until every worker runs; Ctrl-C ends it, as it cannot where TensorFlow waits.

        Raises:
            UsageError: If this worker's port is taken, or a host has no address.
        """
        port = _split(self.addresses[self.index])[1]
        try:
            here = socket.create_server(("", port))
        except OSError as error:
            raise UsageError(
                f"TF_CONFIG: port {port} cannot be used here ({error.strerror}); name another one "
                "in the TF_CONFIG of all machines"
            ) from error
        with here:
            for number, address in enumerate(self.addresses):
                if number != self.index:
                    _wait_for(number, *_split(address))


def read_cluster(count: int) -> Cluster:
    """Return the cluster that TF_CONFIG describes.

    Args:
        count: How many workers there should be.

    Raises:
        UsageError: If TF_CONFIG does not describe so many workers; the message says what is wrong.
    """
    text = os.environ.get("TF_CONFIG", "")

    def wrong(what: str) -> UsageError:
        return UsageError(f"TF_CONFIG {what}; it should look like {EXAMPLE}")

    try:
        config = json.loads(text)
    except ValueError as error:
        raise wrong(f"is no JSON ({error})") from error
    if not isinstance(config, dict):
        raise wrong(f"is {text}")
    cluster, task = config.get("cluster"), config.get("task")
    if not isinstance(cluster, dict) or list(cluster) != ["worker"]:
        raise wrong(f'has the cluster {cluster!r}, not one list of all machines, "worker"')
    addresses = cluster["worker"]
    if not isinstance(addresses, list) or not all(map(_is_address, addresses)):
        raise wrong(f"has the workers {addresses!r}, not a list of hosts with ports")
    if len(set(addresses)) != len(addresses):
        raise wrong(f"lists a worker twice: {', '.join(addresses)}")
    if len(addresses) != count:
        raise wrong(f"lists {len(addresses)} workers, and --workers is {count}")
    if not isinstance(task, dict) or task.get("type") != "worker":
        raise wrong(f'has the task {task!r}, whose type is not "worker"')
    index = task.get("index")
    if type(index) is not int or not 0 <= index < count:
        raise wrong(f"has the index {index!r}, not a number from 0 to {count - 1}")
    return Cluster(tuple(addresses), index)


@contextmanager
def cluster_of(count: int, command: Sequence[str]) -> Iterator[Cluster]:
    """Return TF_CONFIG's cluster; without TF_CONFIG, start the other workers on this machine.

    Args:
        count: How many workers there are.
        command: What starts a worker.

    Yields:
        The cluster. Afterwards the workers started here have ended.

    Raises:
        UsageError: As `read_cluster`.
    """
    if os.environ.get("TF_CONFIG"):
        yield read_cluster(count)
        return
    addresses = tuple(f"127.0.0.1:{port}" for port in free_ports(count))
    others = [
        subprocess.Popen(
            command,
            env={**os.environ, "TF_CONFIG": Cluster(addresses, index).config()},
            stdout=subprocess.DEVNULL,
        )
        for index in range(1, count)
    ]
    os.environ["TF_CONFIG"] = Cluster(addresses, 0).config()
    try:
        yield Cluster(addresses, 0)
    except BaseException:
        for other in others:
            other.terminate()
        raise
    finally:
        del os.environ["TF_CONFIG"]
        for other in others:
            other.wait()


def free_ports(count: int) -> list[int]:
    """Return ports of the loopback interface that nothing listens on."""
    with ExitStack() as opened:
        found = [opened.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in found]


def _wait_for(number: int, host: str, port: int) -> None:
    """Wait until something answers at a port."""
    begin, noted = time.monotonic(), False
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
            return
        except socket.gaierror as error:
            raise UsageError(f"TF_CONFIG: worker {number}: no host is called {host!r}") from error
        except OSError:
            if not noted and time.monotonic() - begin > SILENCE:
                note(f"waiting for worker {number} at {host}:{port}")
                noted = True
            time.sleep(0.1)


def _is_address(value: object) -> bool:
    """Return whether a value is a host with a port."""
    host, _, port = value.rpartition(":") if isinstance(value, str) else ("", "", "")
    return bool(host) and port.isascii() and port.isdigit() and 0 < int(port) < 2**16


def _split(address: str) -> tuple[str, int]:
    """Return host and port; an IPv6 host without its brackets."""
    host, _, port = address.rpartition(":")
    return host.strip("[]"), int(port)

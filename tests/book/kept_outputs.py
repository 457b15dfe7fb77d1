"""pytest plugin: a notebook that nbval executes is kept for the build, which then shows it.

nbval compares outputs and drops them. Here nbclient reads the same messages of the same kernel, and
what it makes of them goes where tools/execute_page.py puts a page: into jupyter-cache.
"""

import time
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from execute_page import keep
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbval.plugin import IPyNbFile


def pytest_addoption(parser):
    parser.addoption("--keep-outputs", type=Path, help="folder of jupyter-cache")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(parent):
    return [KeptNotebook.from_parent(parent, path=notebook.path) for notebook in (yield)]


class KeptNotebook(IPyNbFile):
    """A notebook as nbval executes it, kept if every cell ran and every check held."""

    def setup(self):
        self.started, self.cell = time.monotonic(), None
        super().setup()
        notebook = nbformat.read(self.path, as_version=4)
        self.client = NotebookClient(notebook, record_timing=False)
        self.client.clear_before_next_output = False
        self.client.kc = self.kernel.kc
        about = self.kernel.kc.kernel_info(reply=True)["content"]
        self.client.nb.metadata.language_info = about["language_info"]
        cells = enumerate(self.client.nb.cells)
        self.ahead = [(index, cell) for index, cell in cells if cell.cell_type == "code"]

    def get_kernel_message(self, timeout=None, stream="iopub"):
        message = super().get_kernel_message(timeout, stream)
        if message["msg_type"] == "execute_input":
            self.index, self.cell = self.ahead.pop(0)
            self.cell.outputs = []
        if self.cell:
            with suppress(CellExecutionComplete):
                self.client.process_message(message, self.cell, self.index)
        return message

    def teardown(self):
        super().teardown()
        if not self.ahead and not self.session.testsfailed:
            seconds = time.monotonic() - self.started
            keep(self.config.option.keep_outputs, self.path, self.client.nb, seconds)

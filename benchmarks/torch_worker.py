"""Train networks in PyTorch and say how fast: a process that `lessons_src.bench` talks to.

It reads one JSON object a line: {"network", "batch", "seconds", "parameters"}; the last is the
parameters that the network must have. It answers one a line: {"images_per_second", "layout"}, or
{"error"}. Between its measurements it waits for input and takes no processor time.
"""

import json
import sys
import time
from itertools import islice

import torch
from torch import nn
from torch_models import MODELS, parameters

IMAGES = 4096
LAYOUTS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}


class Run:
    """One network in training by Adam on random pixels, in one memory layout."""

    def __init__(self, network: str, batch: int, layout: str):
        torch.manual_seed(0)
        self.batch, self.layout, self.format = batch, layout, LAYOUTS[layout]
        self.model = MODELS[network]().to(memory_format=self.format)
        self.penalized = self.model[-1].weight if network == "resnet18" else None
        self.optimizer = torch.optim.Adam(self.model.parameters(), eps=1e-7)
        self.loss = nn.CrossEntropyLoss()
        self.images = torch.randint(0, 256, (IMAGES, 3, 32, 32), dtype=torch.uint8)
        self.images = self.images.contiguous(memory_format=self.format)
        self.labels = torch.randint(0, 10, (IMAGES,))
        self.steps = self.endless()
        self.total = self.right = 0.0

    def endless(self):
        """Train without end, yielding after each step; each epoch in an order of its own."""
        while True:
            for chosen in torch.randperm(IMAGES).split(self.batch):
                if len(chosen) == self.batch:
                    self.step(chosen)
                    yield

    def step(self, chosen):
        """Do what a step of `train` does: gather, scale, differentiate, update, count."""
        labels = self.labels[chosen]
        images = self.images[chosen].float().div_(255).contiguous(memory_format=self.format)
        logits = self.model(images)
        loss = self.loss(logits, labels)
        if self.penalized is not None:
            loss = loss + 0.01 * self.penalized.square().sum()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.total += loss.item()
        self.right += (logits.argmax(1) == labels).sum().item()

    def images_per_second(self, seconds: float) -> float:
        """Measure for so many seconds, one step at least."""
        steps, begin = 0, time.perf_counter()
        while steps == 0 or time.perf_counter() - begin < seconds:
            next(self.steps)
            steps += 1
        return steps * self.batch / (time.perf_counter() - begin)


def fastest(network: str, batch: int, seconds: float) -> Run:
    """Return a run in the memory layout that trains the faster of the two."""
    runs = [Run(network, batch, layout) for layout in LAYOUTS]
    for run in runs:
        list(islice(run.steps, 2))  # the first steps allocate
    speeds = {run: [] for run in runs}
    for _ in range(2):
        for run in runs:
            speeds[run].append(run.images_per_second(seconds / 4))
    return max(runs, key=lambda run: max(speeds[run]))


def main() -> None:
    """Answer each line of standard input."""
    key, run = None, None
    for line in sys.stdin:
        asked = json.loads(line)
        if key != (asked["network"], asked["batch"]):
            key = asked["network"], asked["batch"]
            run = fastest(*key, asked["seconds"])
            if (count := parameters(run.model)) != asked["parameters"]:
                error = f"{key[0]} in PyTorch has {count:,} parameters, not {asked['parameters']:,}"
                print(json.dumps({"error": error}), flush=True)
                return
        answer = {
            "images_per_second": run.images_per_second(asked["seconds"]),
            "layout": run.layout,
            "torch": torch.__version__,
            "threads": torch.get_num_threads(),
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

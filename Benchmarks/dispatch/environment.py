"""The benchmarks' own Python environment, and what a reader has to know about the machine.

A figure without its conditions is worth nothing, and a benchmark that needs a setup is not run. So the scripts start
with any Python 3.11, build `.mendloop/dispatch-peers` once, go on inside it, and print where they ran.
"""

import os
import platform
import subprocess
import sys
from importlib import metadata
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
REPOSITORY = FOLDER.parents[1]
ENVIRONMENT = REPOSITORY / ".mendloop" / "dispatch-peers"
REQUIREMENTS = FOLDER / "requirements.txt"


def enter() -> None:
    """Comes back only inside the environment; builds it first where it is missing or its requirements have changed."""
    if Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        return
    python = ENVIRONMENT / "bin" / "python"
    installed = ENVIRONMENT / "installed.txt"
    wanted = REQUIREMENTS.read_text()
    if not installed.exists() or installed.read_text() != wanted:
        print(f"Installing the peers into {ENVIRONMENT.relative_to(REPOSITORY)} …", file=sys.stderr)
        ENVIRONMENT.parent.mkdir(exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                        "-r", str(REQUIREMENTS)], check=True)
        installed.write_text(wanted)
    os.execv(python, [str(python), *sys.argv])


def conditions() -> str:
    """The machine and the versions, for the head of every table."""
    packages = [line.split("==")[0] for line in REQUIREMENTS.read_text().splitlines() if "==" in line]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in packages)
    commit = subprocess.run(["git", "-C", str(REPOSITORY), "rev-parse", "--short", "HEAD"],
                            capture_output=True, text=True, check=False).stdout.strip() or "unknown"
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return "\n".join([
        f"machine   {processor()}, {os.cpu_count()} cores, load {load} at the start",
        f"system    {platform.system()} {platform.release()}, Python {platform.python_version()}",
        f"versions  {versions}; benchmark at commit {commit}",
    ])


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())

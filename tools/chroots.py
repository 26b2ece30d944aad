"""Run README's commands for Debian and Ubuntu in bare systems, made by debootstrap.

    sudo python3 tools/chroots.py bookworm trixie
    sudo python3 tools/chroots.py noble --mirror URL --components main,universe

By hand, not in CI: each system takes some minutes and 3.5 GB in --folder, and goes away at the end.
In it, a user who may use sudo types what README says. The network, certificates and pip's
configuration are the host's. Needs root, debootstrap, and git.
"""

import argparse
import ast
import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
USER = "lecturer"
PASSED_ON = re.compile(r"PIP_\w+|\w+_proxy|SSL_CERT_FILE|REQUESTS_CA_BUNDLE", re.IGNORECASE)
COPIED = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")


@dataclass
class Trial:
    """What came of README's commands in one system."""

    suite: str
    python: str = "-"
    seconds: float = 0
    cpu: float = 0
    gigabytes: float = 0
    outcome: str = "done"

    def __str__(self) -> str:
        return (
            f"{self.suite:10} {self.python:8} {self.seconds:7.0f} s {self.cpu:7.0f} s "
            f"{self.gigabytes:6.2f} GB  {self.outcome}"
        )


def main() -> int:
    """Try each suite; print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("suites", nargs="+", help="bookworm, trixie, noble, jammy, …")
    parser.add_argument("--mirror", help="where packages come from (default: as the host's apt)")
    parser.add_argument("--components", default="main", help="default: main")
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp"), help="default: /var/tmp")
    options = parser.parse_args()
    mirror = options.mirror or mirror_of_the_host()
    trials = []
    for suite in options.suites:
        with tempfile.TemporaryDirectory(prefix=f"{suite}-", dir=options.folder) as folder:
            Path(folder).chmod(0o755)
            make_system(suite, mirror, options.components, Path(folder))
            trials.append(try_readme(suite, Path(folder)))
    print(f"\n{'suite':10} {'Python':8} {'wall':>9} {'CPU':>9} {'disk':>9}  outcome")
    print(*trials, sep="\n")
    return int(any(trial.outcome != "done" for trial in trials))


def mirror_of_the_host() -> str:
    """Ask apt where this machine's own packages come from."""
    rows = subprocess.check_output(
        ["apt-get", "indextargets", "--format", "$(ORIGIN) $(REPO_URI)"], text=True
    )
    for row in rows.splitlines():
        origin, _, mirror = row.partition(" ")
        if origin in ("Debian", "Ubuntu") and "security" not in mirror:
            return mirror
    sys.exit("apt knows no mirror: run apt-get update, or name one with --mirror")


def make_system(suite: str, mirror: str, components: str, folder: Path) -> None:
    """Make the smallest system that has apt, add sudo and a user, and connect it as the host is."""
    print(f"== {suite} from {mirror}", flush=True)
    include = "--include=sudo,ca-certificates"
    command = ["debootstrap", "--variant=minbase", f"--components={components}", include]
    subprocess.run([*command, suite, str(folder), mirror], check=True, stdout=subprocess.DEVNULL)
    for path in map(Path, COPIED):
        if path.exists():
            copy = folder / path.relative_to("/")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.unlink(missing_ok=True)
            shutil.copy(path, copy)
    subprocess.run(["chroot", str(folder), "useradd", "--create-home", USER], check=True)
    may = folder / "etc/sudoers.d" / USER
    may.write_text(f"{USER} ALL=(ALL) NOPASSWD: ALL\n", encoding="ascii")
    may.chmod(0o440)
    source = folder / "source.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(ROOT), str(source)], check=True)
    subprocess.run(["chroot", str(folder), "chown", "-R", USER, "/source.git"], check=True)


def commands_of_readme() -> str:
    """Find README's commands for Debian and Ubuntu; the address is a folder in the system."""
    for block in re.findall(r"```\w*\n(.*?)```", README, flags=re.DOTALL):
        if "git clone" in block:
            return re.sub(r"<[^>]*>", "/source.git", block)
    sys.exit("README has no block with `git clone`")


def try_readme(suite: str, folder: Path) -> Trial:
    """Run README's commands in a system, line by line, until one fails."""
    trial = Trial(suite)
    before = size_of(folder)
    script = "set -e\ncd\n" + "".join(
        f"echo {shlex.quote('$ ' + line)}\n"
        f"{line.replace('apt-get install', 'apt-get install --yes')}\n"
        for line in commands_of_readme().splitlines()
    )
    started, used = time.monotonic(), cpu_of_children()
    code = run_in(folder, script)
    trial.seconds = time.monotonic() - started
    trial.cpu = cpu_of_children() - used
    trial.gigabytes = size_of(folder) - before
    home = folder / "home" / USER / "epochreel"
    for config in home.glob(".venv/pyvenv.cfg"):
        trial.python = re.findall(r"version = (.*)", config.read_text(encoding="utf-8"))[0]
    if code or not list(home.glob("media/films/*.mp4")):
        trial.outcome = f"FAILED with code {code}; what it said stands above"
    return trial


def run_in(folder: Path, script: str) -> int:
    """Run a script as the user of a system; its mounts end with it."""
    mounts = [f"mount -t proc proc '{folder}/proc'", f"mount --rbind /dev '{folder}/dev'"]
    for path in folders_of_pip():
        (folder / path.relative_to("/")).mkdir(parents=True, exist_ok=True)
        mounts.append(f"mount --bind -o ro '{path}' '{folder}{path}'")
    passed_on = [f"{name}={value}" for name, value in os.environ.items() if PASSED_ON.match(name)]
    passed_on += [f"PIP_{name}={value}" for name, value in options_of_pip().items()]
    command = ["chroot", f"--userspec={USER}:{USER}", str(folder), "/usr/bin/env", "-i"]
    command += [f"HOME=/home/{USER}", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", *passed_on]
    shell = "\n".join(["set -e", *mounts, 'exec "$@"'])
    return subprocess.call(
        ["unshare", "--mount", "sh", "-c", shell, "sh", *command, "sh", "-c", script],
        stdin=subprocess.DEVNULL,
    )


def options_of_pip() -> dict[str, str]:
    """Read pip's configuration files of the host, as variables."""
    pip = [sys.executable, "-m", "pip", "config", "list"]
    options = {}
    for line in subprocess.check_output(pip, text=True).splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.rpartition(".")
        if section == "global":
            options[name.upper().replace("-", "_")] = ast.literal_eval(value)
    return options


def folders_of_pip() -> set[Path]:
    """List the folders of the host that pip's configuration points to."""
    folders = set()
    for part in " ".join(options_of_pip().values()).split():
        path = Path(part.removeprefix("file://"))
        if path.is_absolute() and not path.is_relative_to("/etc/ssl"):
            # An index links to files beside itself, and a file of constraints lies in a folder.
            folders.add(path if path.is_dir() and path == Path(part) else path.parent)
    return folders


def cpu_of_children() -> float:
    """Seconds of CPU that programs run by this one have taken."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def size_of(folder: Path) -> float:
    """Gigabytes on disk below a folder; what has several names counts once."""
    done = subprocess.run(["du", "-sxk", str(folder)], stdout=subprocess.PIPE, check=True)
    return int(done.stdout.split()[0]) * 1024 / 1e9


if __name__ == "__main__":
    sys.exit(main())

"""Makes `.venv` and puts uv in it, with nothing but the Python standard library.

usage: python3 scripts/bootstrap.py

Debian's Python comes without pip and ensurepip, so this script fetches uv itself: the wheel for this platform, at the address
and with the SHA-256 that `uv.lock` records. Where that address cannot be reached (a mirror, a proxy that only pip knows), pip
is tried. Prints one line and exits with 2 if neither works.
"""

import hashlib
import io
import platform
import shutil
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def fail(message: str) -> None:
    """Prints one clear line and ends with the exit code for bad usage."""
    print(f"quatrain: {message}", file=sys.stderr)
    raise SystemExit(2)


def is_for_this_machine(file_name: str) -> bool:
    """Tells whether a wheel's platform tag (PEP 425, 600, 656) fits this operating system, processor and C library."""
    tag = file_name.removesuffix(".whl").rsplit("-", 1)[1]
    machine = {"arm64": "aarch64", "amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    if sys.platform == "darwin":
        return "macosx" in tag and ("arm64" if machine == "aarch64" else machine) in tag
    is_musl = "musl" in str(sysconfig.get_config_var("HOST_GNU_TYPE"))
    return ("musllinux" if is_musl else "manylinux") in tag and machine in tag


def locked_uv() -> tuple[str, str, str]:
    """Reads (version, wheel address, SHA-256) of uv for this machine from the lock; the address is "" if there is none."""
    import tomllib  # not in the Pythons that main() turns away

    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    package = next(p for p in lock["package"] if p["name"] == "uv")
    for wheel in package["wheels"]:
        if is_for_this_machine(wheel["url"].rsplit("/", 1)[1]):
            return package["version"], wheel["url"], wheel["hash"].removeprefix("sha256:")
    return package["version"], "", ""


def install_from_lock(url: str, sha256: str) -> None:
    """Downloads the wheel, compares its SHA-256 and puts the uv program beside Python. Raises OSError or ValueError."""
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  an https address from our own lock
        wheel = answer.read()
    if hashlib.sha256(wheel).hexdigest() != sha256:
        raise ValueError("the download is not the file that uv.lock records")
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        member = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        program = VENV / "bin" / "uv"
        program.with_suffix(".part").write_bytes(archive.read(member))
    program.with_suffix(".part").chmod(0o755)
    program.with_suffix(".part").replace(program)


def install_with_pip(version: str) -> bool:
    """Asks pip, which knows the mirrors and proxies configured on this machine; tells whether it worked."""
    python = str(VENV / "bin" / "python")
    if subprocess.run([python, "-m", "ensurepip"], capture_output=True, check=False).returncode:
        return False
    return not subprocess.run([python, "-m", "pip", "install", "--quiet", f"uv=={version}"], check=False).returncode


def main() -> None:
    """Makes the environment if it is missing, broken or of another Python, then makes sure of the locked uv."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        fail(f"Python 3.11 or newer is needed, this is {found}. Install one, or name it: make PYTHON=/path/to/python3.11 …")
    version, url, sha256 = locked_uv()
    uv = VENV / "bin" / "uv"
    try:
        present = subprocess.run([str(uv), "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        present = ""
    if f" {version} " in present + " " and (VENV / "bin" / "python").exists():
        return
    if not (VENV / "bin" / "python").exists():
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=False, symlinks=True)
    try:
        install_from_lock(url, sha256)
    except (OSError, ValueError) as error:
        if not install_with_pip(version):
            fail(f"uv {version} cannot be downloaded ({error}). Check the network, then try again.")


if __name__ == "__main__":
    main()

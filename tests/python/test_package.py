"""What is shipped: a source package that builds by itself, and a wheel that every Python it is for can import."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
SMOKE = """
import jipp
from jipp.model import Agency
network = jipp.Network.in_memory()
with network.edit() as edit:
    edit.register(Agency(id="kota-ambon", name="Pemerintah Kota Ambon", kind="city"))
assert network.agencies["kota-ambon"].name == "Pemerintah Kota Ambon"
sample = jipp.Network.sample()
found = sample.candidates("antrean panjang di puskesmas", region="81", limit=3)
assert len(found) == 3 and "<table" in found._repr_html_()
try:
    jipp.parse_date("2019-13")
except jipp.errors.InvalidError as error:
    print(error.code, jipp.__version__)
"""


def run(*command, **options):
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """The source package."""
    if shutil.which("cargo") is None:
        pytest.skip("no cargo to build with")
    out = tmp_path_factory.mktemp("sdist")
    run(maturin(), "sdist", "--manifest-path", ROOT / "jipp-py/Cargo.toml", "--out", out)
    (package,) = out.glob("jipp-*.tar.gz")
    return package


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory):
    """The wheel that is built of the source package alone; what others wrote is compiled by now and used again."""
    folder = tmp_path_factory.mktemp("wheel")
    with tarfile.open(source) as package:
        package.extractall(folder, filter="data")
    (unpacked,) = folder.iterdir()
    env = {**os.environ, "CARGO_TARGET_DIR": str(TARGET), "CARGO_INCREMENTAL": "0"}
    # What .cargo/config.toml of the clone sets for its builds.
    env |= {"PYO3_NO_PYTHON": "1", "PYO3_BUILD_EXTENSION_MODULE": "1"}
    out = folder / "wheels"
    command = ["build", "--profile", "ci", "--compatibility", "linux", "--interpreter", sys.executable]
    run(maturin(), *command, "--out", out, cwd=unpacked, env=env)
    (built,) = out.glob("jipp-*.whl")
    return built


def maturin():
    beside = Path(sys.executable).with_name("maturin")
    return beside if beside.exists() else "maturin"


def test_the_source_package_holds_what_it_needs_and_nothing_built(source):
    with tarfile.open(source) as package:
        names = [name.partition("/")[2] for name in package.getnames()]
    assert "Cargo.lock" in names
    for name in ("python/jipp/py.typed", "python/jipp/_jipp.pyi", "python/jipp/data/sample.jipp.gz", "README.md"):
        assert any(one.endswith(name) for one in names), name
    assert not [name for name in names if name.endswith((".so", ".pyd", ".pyc"))]
    assert source.stat().st_size < 6 << 20


def test_the_wheel_of_the_source_package_works_in_a_fresh_environment(wheel, tmp_path):
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    python = tmp_path / "venv/bin/python"
    run(python, "-m", "pip", "install", "--quiet", "--no-index", wheel)
    assert run(python, "-I", "-c", SMOKE, cwd=tmp_path).startswith("date-form ")


def test_the_wheel_says_what_it_is(wheel):
    assert wheel.name.split("-")[2:4] == ["cp311", "abi3"]
    with zipfile.ZipFile(wheel) as package:
        names = package.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        said = message_from_bytes(package.read(metadata))
    assert {"jipp/py.typed", "jipp/_jipp.pyi", "jipp/data/sample.jipp.gz", "jipp/plot/__init__.py"} <= set(names)
    assert said["Name"] == "jipp"
    assert said["Requires-Python"] == ">=3.11"
    assert said["License-Expression"] == "MIT OR Apache-2.0"
    assert set(said.get_all("Provides-Extra")) == {"networkx", "pandas", "plot", "polars", "spark"}
    assert all("extra ==" in needed for needed in said.get_all("Requires-Dist")), "nothing is required"
    assert "candidates" in said.get_payload()


def interpreters():
    """Every Python that the wheel is for, on the path or among those of pyenv, by its version."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = {"own": sys.executable}
    for minor in range(11, 16):
        name = f"python3.{minor}"
        for path in [shutil.which(name), *sorted(pyenv.glob(f"3.{minor}.*/bin/{name}"))]:
            if path and subprocess.run([str(path), "-c", ""], capture_output=True, check=False).returncode == 0:
                found[f"3.{minor}"] = str(path)
    return found


@pytest.mark.parametrize("version", interpreters())
def test_one_wheel_serves_every_python(version, wheel, tmp_path):
    with zipfile.ZipFile(wheel) as package:
        package.extractall(tmp_path)
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    assert run(interpreters()[version], "-c", SMOKE, cwd=tmp_path, env=env).startswith("date-form ")

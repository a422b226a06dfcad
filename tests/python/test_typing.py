"""The stubs say what the native module has, and type checkers find nothing wrong in the package or in its use."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jipp

PACKAGE = Path(jipp.__file__).parent
SAMPLE = Path(__file__).with_name("typed_sample.py")


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def pyright(folder, *files):
    """What pyright says of files in standard mode."""
    settings = {"include": [str(file) for file in files], "typeCheckingMode": "standard", "pythonVersion": "3.11"}
    # What extras bring need not be there; whether imports are right, the other tests show by importing.
    settings["reportMissingImports"] = "none"
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    # The interpreter that runs the tests has the package and what it may be used with.
    done = run("basedpyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(folder), env=environment())
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] >= len(files)
    return [
        f"{one['file']}:{one['range']['start']['line'] + 1}: {one['message']}"
        for one in report["generalDiagnostics"]
        if one["severity"] == "error"
    ]


def environment():
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def test_stubs_are_those_of_the_native_module(tmp_path):
    done = run(sys.executable, "-m", "mypy.stubtest", "jipp._jipp", cwd=tmp_path, env=environment())
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_type_checks(tmp_path):
    assert pyright(tmp_path, PACKAGE) == []


def test_what_users_write_has_the_types_it_should(tmp_path):
    assert pyright(tmp_path, SAMPLE) == []
    done = run(sys.executable, "-m", "mypy", "--strict", str(SAMPLE), cwd=tmp_path, env=environment())
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_wrong_use_is_found(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import jipp\njipp.Network.sample().candidates('x', limit='many')\njipp.fold(1)\n", "utf-8")
    assert len(pyright(tmp_path, wrong)) == 2

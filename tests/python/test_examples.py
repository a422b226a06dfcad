"""The examples in Python run: four scripts, and the notebook, whose stored outputs are what it gives.

`JIPP_BLESS=1` stores the outputs of the notebook anew.
"""

import os
import subprocess
import sys
from pathlib import Path

import nbclient
import nbformat
import pytest

EXAMPLES = Path(__file__).parents[2] / "examples/python"
NOTEBOOK = EXAMPLES / "jipp_tour.ipynb"

SAID = {
    "officer": ["Maluku: antrean panjang di puskesmas", "/ 100", "hub: Pemerintah Provinsi Maluku", "sumber: http"],
    "mentor": ["Pemerintah Provinsi Jawa Timur, 2024", "keadaan: operational", "yang dapat diajak mulai:"],
    "analyst": ["Nyamuk ber-Wolbachia", "├─", "jarak tengah", "replikasi"],
    "researcher": ["NILAINYA REKAAN", "alfa Krippendorff, proposal: 0.", "penilai-", "tanpa penilai-"],
}


@pytest.mark.parametrize("script", SAID)
def test_a_script_tells_its_story(script):
    command = [sys.executable, str(EXAMPLES / f"{script}.py")]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=env)
    assert done.returncode == 0, done.stderr
    for words in SAID[script]:
        assert words in done.stdout


def told(notebook):
    """What its cells print and show as text or HTML; drawings differ from machine to machine, but must be there."""
    outputs = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            text = output.get("text") or data.get("text/html") or data.get("image/svg+xml") or data.get("text/plain")
            outputs.append((cell.id, "a drawing" if "image/png" in data else "".join(text or ())))
    return outputs


def test_the_notebook_gives_what_is_stored(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    stored = nbformat.read(NOTEBOOK, as_version=4)
    fresh = nbformat.from_dict(stored)
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    stored_outputs = told(nbformat.read(NOTEBOOK, as_version=4))
    nbclient.NotebookClient(
        fresh, timeout=300, resources={"metadata": {"path": str(EXAMPLES)}}, record_timing=False
    ).execute()
    fresh.metadata.pop("language_info", None)
    if os.environ.get("JIPP_BLESS"):
        nbformat.write(fresh, NOTEBOOK)
        stored_outputs = told(fresh)
    assert told(fresh) == stored_outputs
    assert sum(text == "a drawing" for _, text in stored_outputs) == 7
    assert NOTEBOOK.stat().st_size < 1 << 20

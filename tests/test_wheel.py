"""The wheel, installed in a clean environment in another folder, does the main job."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.xdist_group("wheel")  # one environment for all of them


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and what the lock file pins, nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "clean", with_pip=True)
    pip = (folder / "clean/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=folder)
    run(*pip, "--no-deps", wheel, cwd=folder)
    return folder / "clean/bin"


def test_the_installed_wheel_turns_an_example_into_pdf_and_json(installed: Path, tmp_path: Path) -> None:
    example = tmp_path / "answers.yaml"
    example.write_bytes((ROOT / "examples/eu-ukraine-2026.yaml").read_bytes())
    printed = run(installed / "assess", "score", "answers.yaml", "--out", "out", cwd=tmp_path)
    assert printed.split() == ["out/answers.json", "out/answers.pdf"]
    assert (tmp_path / "out/answers.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_the_installed_wheel_needs_nothing_that_it_does_not_name(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "python", "-m", "pip", "check", cwd=tmp_path) == "No broken requirements found.\n"


def test_the_installed_wheel_writes_the_offline_form(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "assess", "form", "--parties", "UA,EU", "-o", "form.html", cwd=tmp_path) == "form.html\n"
    assert (tmp_path / "form.html").read_bytes().endswith(b"</html>\n")

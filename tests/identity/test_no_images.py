"""Identity is never looked for in a face or a tattoo: no field, no code, no library for it (F33, R6)."""

import ast
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from cotejo.identity.levels import COLUMNS_OF_LEVELS
from cotejo.identity.record import COLUMNS

ROOT = Path(__file__).parents[2]
LIBRARIES = {
    "cv2", "opencv_python", "opencv_python_headless", "face_recognition", "dlib", "insightface", "deepface",
    "facenet_pytorch", "mediapipe", "imagehash", "skimage", "scikit_image", "torchvision", "torch", "tensorflow",
    "keras", "onnxruntime", "kornia", "timm", "open_clip", "open_clip_torch", "pytesseract", "speechbrain",
    "resemblyzer",
}  # fmt: skip
WORDS = ("face", "rostro", "tattoo", "tatuaje", "photo", "foto", "image", "imagen", "voice", "voz", "iris", "finger")


def named(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9_.-]", requirement)[0]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_f33_no_part_of_the_house_imports_a_library_that_compares_images_or_voices():
    found = {path: imported(path) & LIBRARIES for path in (ROOT / "src").rglob("*.py")}
    assert {path.name: names for path, names in found.items() if names} == {}


def test_f33_nothing_that_is_installed_with_cotejo_compares_images_or_voices():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    wanted = [named(requirement) for requirement in asked]
    seen: set[str] = set()
    while wanted:
        name = wanted.pop().strip().lower().replace("-", "_")
        if name in seen:
            continue
        seen.add(name)
        try:
            needed = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        wanted += [named(each) for each in needed if "extra ==" not in each]
    assert seen & LIBRARIES == set()
    assert "numpy" in seen


@pytest.mark.parametrize("names", [COLUMNS, COLUMNS_OF_LEVELS], ids=["record", "compared"])
def test_f33_no_field_of_a_record_or_a_comparison_is_an_image_or_a_voice(names):
    assert [name for name in names if any(word in str(name) for word in WORDS)] == []

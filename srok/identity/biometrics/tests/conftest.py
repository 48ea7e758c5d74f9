"""With and without a face engine, whatever is installed here."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec

import pytest

from srok.identity.biometrics import devices, engine


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without a face engine."""
    monkeypatch.setenv("SROK_FACE_ENGINE", "none")
    engine.engine.cache_clear()
    yield
    engine.engine.cache_clear()


@pytest.fixture
def with_dlib(monkeypatch: pytest.MonkeyPatch) -> Iterator[engine.FaceEngine]:
    """dlib as the face engine; a machine without it skips, and says so."""
    if find_spec("dlib") is None or find_spec("face_recognition_models") is None:
        pytest.skip("dlib and its models are not installed (requirements/faces.lock)")
    monkeypatch.setenv("SROK_FACE_ENGINE", f"{__name__}:loaded_once")
    engine.engine.cache_clear()
    yield loaded_once()
    engine.engine.cache_clear()


@lru_cache(maxsize=1)
def loaded_once() -> engine.FaceEngine:
    """The default engine, with its models read once for all tests."""
    from srok.identity.biometrics.dlib_engine import DlibEngine

    return DlibEngine()


@pytest.fixture
def nbis() -> None:
    """The reader of fingerprints; a machine without it skips, and says so."""
    if find_spec("nbis") is None:
        pytest.skip("nbis-py is not installed (requirements/faces.lock)")


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch, nbis: None) -> Iterator[Callable[[str], None]]:
    """Puts the simulated device on this machine, with these faults (`left_thumb=dry,none;…`)."""

    def put(faults: str = "") -> None:
        monkeypatch.setenv("SROK_FINGER_DEVICE", "simulator")
        monkeypatch.setenv("SROK_FINGER_SIMULATOR", faults)
        devices.device.cache_clear()

    put()
    yield put
    devices.device.cache_clear()

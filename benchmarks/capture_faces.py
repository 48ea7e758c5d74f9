"""How fast a portrait is judged on one core, and how fast a face is searched exactly among up to 100,000.

    python benchmarks/capture_faces.py [LARGEST]

Everything runs on one core. Cold is the whole command `srok biometrics quality FILE --json`, interpreter and models
included; warm is the same answer in a running process. The search is compared with a plain numpy peer in float64 that
computes every distance; both must name the same people at the same distances. Faces and templates are drawn or made of
a hash: this measures time and exactness, and says nothing about accuracy.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
PROJECT = Path(__file__).resolve().parents[1]
TOP, BATCH, QUERIES = 10, 100, 100

if TYPE_CHECKING:
    from srok.identity.biometrics.gallery import Vectors


def main(largest: int) -> None:
    """Print the tables; status 1 when an answer differs from the peer's."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(f"machine    {_machine()}")
    print(f"python     {platform.python_version()}, one core, command: {' '.join(['python', *sys.argv])}")
    with tempfile.TemporaryDirectory() as folder:
        portraits(Path(folder))
    answers = [search(size) for size in (1_000, 10_000, 100_000) if size <= largest]
    with tempfile.TemporaryDirectory(prefix="srok-faces-") as folder:
        os.environ |= {"SROK_TEST_HOME": folder, "DJANGO_SETTINGS_MODULE": "srok.project.settings.test"}
        whole(largest)
    raise SystemExit(0 if all(answers) else 1)


def _machine() -> str:
    models = [line for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines() if line.startswith("model name")]
    model = models[0].partition(": ")[2] if models else platform.processor()
    return f"{model}, {os.cpu_count()} cores, {platform.system()}"


def _milliseconds(act: Callable[[], object], times: int) -> list[float]:
    found = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        found.append((time.perf_counter() - started) * 1000)
    return sorted(found)


def _told(name: str, taken: list[float]) -> None:
    at99 = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
    print(f"{name:44} {statistics.median(taken):9.1f} {at99:9.1f} {taken[-1]:9.1f} {len(taken):6}")


def portraits(folder: Path) -> None:
    """Quality, cold and warm, of small and large portraits, of none, and of the worst case: nobody to be found."""
    from srok.identity.biometrics.checks import quality
    from srok.identity.biometrics.tests.pictures import Head, Image, coded, people

    pictures = {
        "600 x 750": people(Head()),
        "1200 x 1500": people(Head(), width=1200, height=1500),
        "3000 x 4000 (12 megapixels)": people(Head(), width=3000, height=4000),
        "5600 x 7000 (39 megapixels)": people(Head(), width=5600, height=7000),
        "nobody, 1200 x 1500": Image.effect_noise((1200, 1500), 120).convert("RGB"),
    }
    files = {}
    for number, (name, picture) in enumerate(pictures.items()):
        files[name] = folder / f"{number}.jpg"
        files[name].write_bytes(coded(picture, quality=88))
    print(f"\n{'quality of a portrait, ms':44} {'median':>9} {'p99':>9} {'worst':>9} {'times':>6}")
    for name, path in files.items():
        words = [sys.executable, "-m", "srok", "biometrics", "quality", str(path), "--json"]
        cold = _milliseconds(lambda words=words: subprocess.run(words, cwd=PROJECT, capture_output=True), 7)  # type: ignore[misc]
        _told(f"cold, {name}", cold)
    for name, path in files.items():
        data = path.read_bytes()
        quality(data)
        _told(f"warm, {name}", _milliseconds(lambda data=data: quality(data), 15))  # type: ignore[misc]
    said = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False).stdout
    print(f"checked by an engine: {json.loads(said)['not_checked'] == []}")
    print(f"memory of this process at its largest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _rows(count: int) -> Any:
    """Templates of people who never were: unit vectors of a hash, the same on every machine."""
    import numpy

    from srok.identity.biometrics.tests.engines import template

    few = numpy.stack([numpy.frombuffer(template(number), dtype="<f4") for number in range(min(count, 2_000))])
    turns = [numpy.roll(few, turn, axis=1) for turn in range(-(-count // len(few)))]
    return numpy.concatenate(turns)[:count].astype("<f4")


def search(size: int) -> bool:
    """One gallery: insert, search one and many, delete; True when every answer is the peer's."""
    import numpy

    from srok.identity.biometrics.gallery import Vectors

    rows = _rows(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    vectors = Vectors()
    started = time.perf_counter()
    for number in range(size):
        vectors.add(UUID(int=number), rows[number].tobytes())
    adding = size / (time.perf_counter() - started)
    asked = [(rows[number * 37 % size] + rows[number] * 0.2).astype("<f4").tobytes() for number in range(QUERIES)]
    one = iter(asked * 2)
    print(f"\n{f'exact 1:N among {size:,}, ms a query':44} {'median':>9} {'p99':>9} {'worst':>9} {'times':>6}")
    _told("one at a time", _milliseconds(lambda: vectors.nearest(next(one), TOP), QUERIES))
    batch = _milliseconds(lambda: vectors.nearest_of_each(asked[:BATCH], TOP), 3)
    _told(f"{BATCH} at once, each", [taken / BATCH for taken in batch])
    peer = iter(asked * 2)
    doubles = rows.astype(numpy.float64)
    _told("peer: numpy, float64, one at a time", _milliseconds(lambda: brute_force(doubles, next(peer)), 20))
    same = all(_same(vectors, doubles, query) for query in asked)
    started = time.perf_counter()
    for number in range(0, size, 2):
        vectors.remove(UUID(int=number))
    removing = (size / 2) / (time.perf_counter() - started)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(f"the same people and distances as the peer in {QUERIES} of {QUERIES}: {same}")
    rate = 1000 / statistics.median(batch) * BATCH
    print(f"{rate:,.0f} queries/s in batches; {adding:,.0f} added/s; {removing:,.0f} removed/s")
    print(f"matrix {size * 132 / 1e6:.1f} MB; the process grew by {grown} MB, the peer's copy included")
    return same


def brute_force(doubles: Any, asked: bytes) -> list[tuple[float, int]]:
    """The peer: every distance in double precision, then the nearest."""
    import numpy

    query = numpy.frombuffer(asked, dtype="<f4").astype(numpy.float64)
    apart = doubles - query
    far = numpy.sqrt((apart * apart).sum(axis=1))
    order = numpy.lexsort((numpy.arange(len(far)), far))[:TOP]
    return [(float(far[at]), int(at)) for at in order]


def _same(vectors: Vectors, doubles: Any, asked: bytes) -> bool:
    return [(one.distance, one.key.int) for one in vectors.nearest(asked, TOP)] == brute_force(doubles, asked)


def whole(size: int) -> None:
    """The default system on its database: filled with sealed templates, loaded, asked, changed."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from srok.ground.faces import clock
    from srok.ground.kernel.sealing import seal
    from srok.identity.biometrics.abis import NumpyAbis
    from srok.identity.biometrics.models import FaceTemplate
    from srok.identity.biometrics.terms import TEMPLATES_SEALED_FOR
    from srok.identity.biometrics.tests.engines import ColourEngine
    from srok.identity.biometrics.tests.pictures import coded, face

    system, at, rows = NumpyAbis(ColourEngine()), clock.instant(), _rows(size)
    made = []
    for number in range(size):
        key = UUID(int=number)
        sealed = seal(settings.SROK_DATA_KEY, TEMPLATES_SEALED_FOR, rows[number].tobytes(), aad=key.bytes)
        made.append(FaceTemplate(id=key, key=key, engine=system.name, sealed=sealed, made_at=at))
    FaceTemplate.objects.bulk_create(made, batch_size=2000)
    started = time.perf_counter()
    held = system.count()
    taken = time.perf_counter() - started
    print(f"\nthe system with {held:,} sealed templates: opened and loaded in {taken:.1f} s (once a process)")
    print(f"{'through the database, ms':44} {'median':>9} {'p99':>9} {'worst':>9} {'times':>6}")
    jpeg = coded(face())
    _told("identify a kept face", _milliseconds(lambda: system.identify(UUID(int=7), jpeg, TOP), 50))
    numbers = iter(range(size, size + 60))
    _told("insert one (sealed, committed)", _milliseconds(lambda: system.insert(UUID(int=next(numbers)), jpeg), 50))
    again = iter(range(size, size + 60))
    _told("delete one", _milliseconds(lambda: system.delete(UUID(int=next(again))), 50))
    print(f"reference count afterwards: {system.count():,}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

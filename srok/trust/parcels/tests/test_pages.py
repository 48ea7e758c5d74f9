"""The pages in both languages: what a kit must send, what came at the centre, and what officers decide there."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings

from srok.ground.kernel.ids import new_id
from srok.trust.parcels import public
from srok.trust.parcels.models import Arrival, LostNumbers, OutgoingBytes
from srok.trust.parcels.tests import world
from srok.trust.parcels.tests.world import file_of, imported

CLOCK = (world.START + timedelta(days=1)).isoformat()


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with override_settings(SROK_CLOCK_STARTS_AT=CLOCK):
        yield


def signed_in(name: str = "sreymom", language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(get_user_model().objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def said(client: Client, path: str, **given: Any) -> str:
    answer = client.post(path, given, follow=True) if given else client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def form(**given: Any) -> dict[str, Any]:
    return {"command_id": str(new_id(world.START)), **given}


def test_a_file_is_taken_in_and_told(centre: Path) -> None:
    kit = world.kit()
    content = file_of(kit.open_file(0), kit.open_file(1, holder="nobody"))
    client = signed_in("dara")
    assert kit.warrant.kit in said(client, "/parcels")
    page = said(client, "/parcels", **form(file=SimpleUploadedFile("x", content)))
    assert "Opened: 1" in page and f"{kit.warrant.kit} 2" in page
    page = said(client, "/parcels", **form(file=SimpleUploadedFile("x", content)))
    assert "Opened: 0. Here already: 2." in page


@pytest.mark.parametrize("language", ["en", "km"])
def test_an_officer_looks_and_decides(centre: Path, language: str) -> None:
    kit = world.kit()
    public.revoke(kit.warrant.kit, "stolen", world.ctx())
    imported(file_of(kit.open_file(0), kit.open_file(1)))
    client = signed_in(language=language)
    page = said(client, f"/parcels/of/{kit.warrant.kit}")
    first, second = Arrival.objects.order_by("seq")
    assert f"/parcels/event/{first.pk}" in page and kit.warrant.references[0] in page
    page = said(client, f"/parcels/event/{first.pk}")
    assert first.digest in page and "desk.open" in page
    said(client, f"/parcels/event/{first.pk}", **form(act="release", reason="seen", seen_version=first.version))
    assert Arrival.objects.get(pk=first.pk).state == "opened"
    said(client, f"/parcels/event/{second.pk}", **form(act="set_aside", reason="seen", seen_version=second.version))
    assert Arrival.objects.get(pk=second.pk).state == "set_aside"
    said(client, f"/parcels/event/{second.pk}", **form(act="release", reason="seen", seen_version=second.version))
    assert Arrival.objects.get(pk=second.pk).state == "set_aside"  # somebody had been there: seen version 2, is 3


def test_all_of_a_revoked_kit_up_to_a_day(centre: Path) -> None:
    kit = world.kit()
    public.revoke(kit.warrant.kit, "stolen", world.ctx())
    imported(file_of(kit.open_file(0), kit.open_file(1)))
    given = form(code="parcels.kit_revoked", until=world.ON.isoformat(), reason="stolen the day after")
    said(signed_in(), f"/parcels/of/{kit.warrant.kit}/release", **given)
    assert set(Arrival.objects.values_list("state", flat=True)) == {"opened"}


def test_missing_numbers_are_struck(centre: Path) -> None:
    kit = world.kit()
    kit.open_file(0)
    imported(file_of(kit.open_file(1)))
    client, name = signed_in(), kit.warrant.kit
    assert "Missing numbers" in said(client, f"/parcels/of/{name}")
    assert 'value="1"' in said(client, f"/parcels/of/{name}/lost")
    said(client, f"/parcels/of/{name}/lost", **form(first=1, last=1, reason="drowned"))
    assert LostNumbers.objects.get().reason == "drowned"


def test_what_one_may_look_at_another_decides(centre: Path) -> None:
    kit = world.kit()
    imported(file_of(kit.open_file(0, holder="nobody")))
    row = Arrival.objects.get()
    client = signed_in("dara")
    assert "Decide" not in said(client, f"/parcels/event/{row.pk}")
    client.post(f"/parcels/event/{row.pk}", form(act="set_aside", reason="seen", seen_version=row.version))
    assert Arrival.objects.get().state == "refused"
    assert client.get(f"/parcels/of/{kit.warrant.kit}/lost").status_code == 403
    assert client.get("/parcels/event/999").status_code == 404
    assert client.get("/parcels/of/WAS-1999-1").status_code == 404


def test_receipts_leave_by_the_page_and_come_back_by_the_page(centre: Path) -> None:
    made = world.prepared()
    client = signed_in("dara")
    with world.at_home(made, centre / "kit"):
        ctx = world.ctx("dara", at=world.START + timedelta(hours=1))
        with transaction.atomic():
            public.append("desk.open", made.warrant.references[0], {"holder": "x"}, ctx=ctx)
        page = said(client, "/parcels/kit")
        assert made.warrant.references[0] in page
        answer = client.get("/parcels/kit/file")
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert answer["Content-Disposition"] == f'attachment; filename="{made.kit}-1-1.parcel"'
        assert client.get("/parcels").status_code == 302
    imported(content)
    receipts = client.get(f"/parcels/of/{made.kit}/receipts").content
    assert client.get("/parcels/kit").status_code == 302
    with world.at_home(made, centre / "kit"):
        page = said(client, "/parcels/kit", **form(file=SimpleUploadedFile("r", receipts[:-1])))
        assert OutgoingBytes.objects.exists() and "signed by the centre" in page
        page = said(client, "/parcels/kit", **form(file=SimpleUploadedFile("r", receipts)))
        assert not OutgoingBytes.objects.exists() and "Nothing waits" in page


def test_a_kit_whose_warrant_is_no_good_says_so(centre: Path) -> None:
    made = world.prepared()
    with world.at_home(made, centre / "kit") as home:
        (home / "kit" / "warrant.cbor").write_bytes(b"x")
        answer = signed_in("dara").get("/parcels/kit")
    assert answer.status_code == 409 and "warrant" in answer.content.decode()


def test_bytes_of_nobody_are_shown_to_those_who_see_all(centre: Path) -> None:
    imported(b"nothing that any kit has written")
    row = Arrival.objects.get()
    assert f"/parcels/event/{row.pk}" not in said(signed_in(), "/parcels")
    assert signed_in().get(f"/parcels/event/{row.pk}").status_code == 404
    get_user_model().objects.filter(username="sreymom").update(roles=["examiner"])
    client = signed_in()
    assert f"/parcels/event/{row.pk}" in said(client, "/parcels")
    said(client, f"/parcels/event/{row.pk}", **form(act="set_aside", reason="noise", seen_version=row.version))
    assert Arrival.objects.get().state == "set_aside"

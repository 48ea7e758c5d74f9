"""The public pages, in both languages: before anything is signed, with logs, with receipts that hold and do not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import AppointOfficer, OpenOffice
from srok.ground.journal import public as journal
from srok.ground.kernel.ids import new_id
from srok.trust.openlog import cosigning, figures, promises, public, reads
from srok.trust.openlog.models import Quorum
from srok.trust.openlog.terms import Log
from srok.trust.openlog.tests import acts
from srok.trust.openlog.tests.logs import witnesses
from srok.trust.openlog.tests.test_cosigning import Witnesses
from srok.trust.openlog.tests.test_judging import given, published

PATHS = ["/openlog/", "/openlog/register/", "/openlog/election/", "/openlog/register/counts", "/openlog/search",
         "/openlog/check"]  # fmt: skip


def page(path: str, language: str = "en", **sent: object) -> str:
    client = Client(headers={"accept-language": language})
    response = client.post(path, sent) if sent else client.get(path)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.fixture
def log(home: Path) -> Iterator[Path]:
    """Voters of three communes, one of them small; some cards; one entry about nobody."""
    acts.rows(24, commune="070305")
    acts.rows(20, commune="070301")
    acts.rows(3, commune="010201")
    acts.cards(21)
    acts.done("law.changed")
    folder = published(home, 1)
    acts.done("list.provisional", acts.later(2))
    published(home, 3)
    for one in Log:
        figures.count_up(one)
    yield folder


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_stands_before_anything_is_signed(home: Path, path: str, language: str):
    assert "<h1" in page(path, language)


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_stands_with_logs(log: Path, path: str, language: str):
    text = page(path, language)
    assert "<h1" in text and "style=" not in text and "<script>" not in text


def test_unknown_logs_are_not_found(home: Path):
    for path in ("/openlog/nothing/", "/openlog/nothing/counts"):
        assert Client().get(path).status_code == 404


def test_the_log_shows_size_growth_checkpoint_and_that_nobody_witnesses(log: Path):
    text = page("/openlog/register/")
    size = public.head(Log.REGISTER).size
    assert f'<dd class="govuk-summary-list__value">{size}</dd>' in text and "srok-chart" in text
    assert "srok.example/register" in text and "No witness is named yet" in text
    assert cosigning.own_policy().quorum == "none"


def test_small_counts_stand_together(log: Path):
    text = page("/openlog/register/counts")
    assert "Communes with few entries, together" in text and ">24<" in text and ">23<" in text and ">3<" not in text
    assert figures.count_up(Log.REGISTER) == 0, "each entry is counted once"
    found = figures.figures(Log.REGISTER, acts.later(4))
    assert found.counted == public.head(Log.REGISTER).size == sum(one.count for one in found.types)


def test_a_receipt_a_promise_and_a_slip_are_judged(home: Path):
    facts = acts.rows(20)
    [late] = acts.rows(1, commune="010101")
    published(home, 1)
    paper, promise = given(facts[2]), given(late)
    file = SimpleUploadedFile("mine.tlog-proof", paper.data)
    for sent in ({"file": file}, {"text": paper.data.decode()}, {"text": paper.qr_text + "\r\n"}):
        text = page("/openlog/search", **sent)
        assert "The receipt holds" in text and str(paper.opened.row["row"]) in text, text
    assert "The promise stands" in page("/openlog/search", text=promise.qr_text)
    assert "ពាក្យសន្យានៅមានប្រសិទ្ធភាព" in page("/openlog/search", "km", text=promise.data.decode())
    forged = paper.data.replace(b"index ", b"index 1")
    assert "This does not hold" in page("/openlog/search", file=SimpleUploadedFile("f", forged))


@pytest.mark.parametrize(
    "sent", [{"text": ""}, {"text": "  \r\n"}, {"text": "hello"}, {"text": "{}"}, {"text": "\x00"}]
)
def test_what_is_no_receipt_is_said(log: Path, sent: dict[str, str]):
    text = page("/openlog/search", **sent)
    assert "There is a problem" in text or "This does not hold" in text


def test_nothing_that_is_sent_is_kept(log: Path):
    client = Client()
    answer = client.post("/openlog/search", {"text": "hello"})
    assert answer["Cache-Control"] == "no-store" and not client.cookies.get("sessionid")


def test_witnesses_and_a_missing_quorum_are_shown(home: Path):
    [one] = witnesses(1)
    (home / "openlog.policy").write_text(f"witness w0 {one.key.text} http://w.example/0\nquorum w0\n")
    two = Witnesses(one)
    acts.done("law.changed")
    journal.drain()
    ctx = acts.context(acts.later(1))
    public.sequence(ctx)
    public.publish(Log.REGISTER, reads.published_folder(Log.REGISTER), ctx, cosign=cosigning.cosigner(ctx, two))
    assert "has cosigned" in page("/openlog/register/") and "enough have cosigned" in page("/openlog/")
    Quorum.objects.update(late_since=ctx.at)
    assert "too few have cosigned since" in page("/openlog/")
    assert "Too few witnesses have cosigned since" in page("/openlog/register/")


def test_a_policy_that_is_none_breaks_no_page(home: Path):
    (home / "openlog.policy").write_text("rubbish\n")
    assert "<h1" in page("/openlog/register/")


def officer(username: str, office: str, *roles: str) -> Client:
    """An officer of an office, signed in."""
    ctx = acts.context()
    accounts.open_office(OpenOffice(office, "ការិយាល័យ", "Office"), ctx=ctx)
    accounts.appoint(AppointOfficer(username, "មន្ត្រី", "OFFICER", office, roles), ctx=ctx)
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(username=username))
    return client


def asked(reference: str, take: str = "slip") -> dict[str, str]:
    return {"reference": reference, "take": take, "command_id": str(new_id(acts.context().at))}


def test_the_desk_gives_paper_and_file(home: Path):
    [fact] = acts.rows(1)
    client = officer("malis", "commune.070305", "commune_clerk")
    assert "Give a receipt" in client.get("/openlog/desk").content.decode()
    assert client.get("/openlog/").content.decode().count("/openlog/desk") == 1
    slip = client.post("/openlog/desk", asked(str(fact)))
    assert slip["Content-Type"] == "application/pdf" and slip.content.startswith(b"%PDF")
    assert "no-store" in slip["Cache-Control"]
    file = client.post("/openlog/desk", asked(str(fact), "file"))
    assert promises.read_promise(file.content).promise.latest >= acts.DAY
    assert ".srok-promise" in file["Content-Disposition"]
    refused = client.post("/openlog/desk", asked("nobody"), follow=True)
    assert "No entry for the public log is known" in refused.content.decode()
    sent = asked(str(fact))
    client.post("/openlog/desk", sent)
    assert client.post("/openlog/desk", sent).status_code == 302, "a form sent twice acts once"
    assert len([one for one in journal.facts_about(str(fact)) if one.kind == "openlog.promise_given"]) == 3


def test_only_desks_that_serve_holders_open_the_page(home: Path):
    assert Client().get("/openlog/desk").status_code == 302
    assert officer("sokha", "moi.border", "border_officer").get("/openlog/desk").status_code == 403

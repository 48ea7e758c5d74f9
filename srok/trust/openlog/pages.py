"""Pages of the public log, for everybody: what it is, how it grows, who witnesses it, and how to check it oneself."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from srok.ground.faces.public import clock, has_one_of, needs, perform, wording
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import desk, judging, shown
from srok.trust.openlog.forms import DeskForm, ReceiptForm
from srok.trust.openlog.judging import Judged
from srok.trust.openlog.promises import Kept
from srok.trust.openlog.serving import FILES
from srok.trust.openlog.slip import row_words, slip_pdf
from srok.trust.openlog.terms import Log
from srok.trust.openlog.wording_receipts import KEPT, TYPES

app_name = "openlog"
# The desks that serve holders (`desk.DESKS`).
GIVING = ("consular_officer", "card_officer", "commune_clerk", "identification_officer")


@needs(public=True)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the public log is, in plain words, and where each of the two stands."""
    gives = has_one_of(request, GIVING)
    return render(request, "openlog/home.html", {"logs": [shown.standing(log) for log in Log], "gives": gives})


@needs(public=True)
@require_safe
def one_log(request: HttpRequest, log: str) -> HttpResponse:
    """One log: its size and growth, its latest checkpoint, its witnesses."""
    named = _named(log)
    return render(request, "openlog/log.html", {"one": shown.standing(named), "growth": shown.growth(named)})


@needs(public=True)
@require_safe
def counts(request: HttpRequest, log: str) -> HttpResponse:
    """Counts by kind, commune, office and day, small ones merged."""
    named = _named(log)
    return render(request, "openlog/counts.html", shown.counts(named, clock.civil_date()))


@needs(public=True)
def search(request: HttpRequest) -> HttpResponse:
    """Check a receipt, a promise or a slip against the log of this server. Nothing is kept."""
    sent = request.method == "POST"
    form = ReceiptForm(request.POST, request.FILES) if sent else ReceiptForm()
    context: dict[str, object] = {"form": form}
    if sent and form.is_valid():
        try:
            found = judging.judge(settings.SROK_OPENLOG, form.cleaned_data["data"], find=shown.find_commitment)
            context |= {"form": ReceiptForm(), **_judged(found)}
        except Refusal as refusal:
            context["refused"] = wording.of(refusal)
            context["evidence"] = refusal.code == "openlog.other_history"
    response = render(request, "openlog/search.html", context)
    response["Cache-Control"] = "no-store"
    return response


@needs(*GIVING)
def desk_page(request: HttpRequest) -> HttpResponse:
    """Give a holder the receipt of an act, or the promise while the log does not hold it yet."""
    form = DeskForm(request.POST) if request.method == "POST" else DeskForm()
    if request.method == "POST" and form.is_valid():
        command = desk.GiveReceipt(form.cleaned_data["reference"])
        given = perform(request, desk.give_receipt, command, trace=form.trace)
        if given is None:
            return redirect("openlog:desk")
        on_paper = form.cleaned_data["take"] == "slip"
        data, kind = (slip_pdf(given), "application/pdf") if on_paper else (given.data, "application/octet-stream")
        response = HttpResponse(data, content_type=kind)
        name = f"{given.commitment[:12]}{'.pdf' if on_paper else given.suffix}"
        response["Content-Disposition"] = f'{"inline" if on_paper else "attachment"}; filename="{name}"'
        return response
    return render(request, "openlog/desk.html", {"form": form})


@needs(public=True)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Check it yourself: the three verifiers with their commands, and what the log can and cannot show."""
    browser = reverse("openlog:verifier", args=["index.html"])
    shown_words = {"address": request.build_absolute_uri("/openlog/"), "browser": browser}
    return render(request, "openlog/check.html", shown_words)


def _judged(found: Judged) -> dict[str, object]:
    entry_type = found.promise.type if found.promise else str(found.entry.get("t", ""))
    return {
        "found": found, "row": row_words(found.opened.row), "type": TYPES.get(entry_type, entry_type),
        "kept": KEPT[Kept(found.state)] if found.promise else None,
    }  # fmt: skip


def _named(log: str) -> Log:
    try:
        return Log(log)
    except ValueError as error:
        raise Http404 from error


urlpatterns = [
    path("openlog/", home, name="home"),
    path("openlog/search", search, name="search"),
    path("openlog/check", check, name="check"),
    path("openlog/desk", desk_page, name="desk"),
    path("openlog/<slug:log>/", one_log, name="log"),
    path("openlog/<slug:log>/counts", counts, name="counts"),
    *FILES,
]

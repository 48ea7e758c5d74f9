"""Pages of the verification: the public check, and the questions of the relying parties."""

from base64 import b64encode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from srok.ground.faces.public import clock, context, needs, perform, wording
from srok.ground.kernel.dates import age_range
from srok.ground.kernel.refusal import Refusal
from srok.trust.verification import public, reads
from srok.trust.verification.forms import AskForm, CheckForm
from srok.trust.verification.slip import slip_pdf
from srok.trust.verification.terms import Answer, Ask, CheckResult
from srok.trust.verification.wording import OUTCOMES, PARTIES, PURPOSES, QUESTIONS, VERDICTS

ASKING = ("border_officer", "land_officer", "roll_officer")


@needs(public=True)
def check(request: HttpRequest) -> HttpResponse:
    """Check a card by its QR: anybody may; nothing is kept, so the answer comes with the form's own request."""
    sent = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if sent else CheckForm()
    result = None
    if sent and form.is_valid():
        try:
            result = public.check(form.cleaned_data["qr_text"], clock.civil_date())
        except Refusal as refusal:
            form.add_error("qr_text", wording.of(refusal))
    shown: dict[str, object] = {"form": form, "result": result, "today": clock.civil_date()}
    if result is not None:
        shown |= {"verdict": VERDICTS[result.state], "form": CheckForm(), **_of_holder(result)}
    response = render(request, "verification/check.html", shown)
    response["Cache-Control"] = "no-store"
    return response


@needs(*ASKING)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask about a card for a purpose; the answer is a receipt of its own."""
    roles = frozenset(getattr(request.user, "roles", ()))
    sent = request.method == "POST"
    form = AskForm(request.POST, request.FILES, roles=roles) if sent else AskForm(roles=roles)
    if sent and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        question = Ask(form.parties[purpose], purpose, form.cleaned_data["qr_text"])
        given = perform(request, public.answer, question, trace=form.trace)
        return redirect("verification:receipt", given.receipt) if given else redirect("verification:ask")
    earlier = [_shown(row) for row in reads.receipts_of(context(request))]
    return render(request, "verification/ask.html", {"form": form, "earlier": earlier})


@needs(*ASKING)
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer, for the office that asked."""
    try:
        found = public.receipt(reference, context(request))
    except Refusal as refusal:
        messages.error(request, wording.of(refusal))
        return redirect("verification:ask")
    return render(request, "verification/receipt.html", _shown(found))


@needs(*ASKING)
def slip(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer as a slip of paper."""
    try:
        found = public.receipt(reference, context(request))
    except Refusal as refusal:
        messages.error(request, wording.of(refusal))
        return redirect("verification:ask")
    response = HttpResponse(slip_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.receipt}.pdf"'
    return response


def _of_holder(result: CheckResult) -> dict[str, object]:
    """What the page shows of a genuine card, and it alone: portrait, names, age on the day."""
    if result.claims is None:
        return {}
    claims = result.claims
    youngest, oldest = age_range(claims.birth, clock.civil_date())
    picture = b64encode(claims.portrait).decode() if claims.portrait else ""
    return {"claims": claims, "youngest": youngest, "oldest": oldest, "portrait": picture}


def _shown(answer: Answer) -> dict[str, object]:
    return {
        "answer": answer, "party": PARTIES[answer.party], "question": QUESTIONS[answer.party],
        "purpose": PURPOSES[answer.purpose], "outcome": OUTCOMES[answer.outcome],
        "signature": answer.signed.signature.hex(), "statement": answer.signed.statement.decode(),
    }  # fmt: skip


app_name = "verification"
urlpatterns = [
    path("verification/check", check, name="check"),
    path("verification/ask", ask, name="ask"),
    path("verification/answers/<str:reference>", receipt, name="receipt"),
    path("verification/answers/<str:reference>/slip.pdf", slip, name="slip"),
]

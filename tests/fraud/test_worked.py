"""The worked examples of the documentation are what the code makes, and hold before all verifiers."""

import json

from django.test import Client

import srok_verify
from srok.trust.openlog import policy, receipts
from tests.fraud import vectors, worked
from tests.fraud.folder import KC, REGISTER, Log


def test_the_page_is_what_the_code_makes():
    assert worked.TARGET.read_text(encoding="utf-8") == worked.page()


def test_the_receipt_of_the_page_holds():
    raw = worked.proof(Log(REGISTER, worked.entries()))
    trusted = srok_verify.Policy(worked.policy().encode())
    receipt = srok_verify.Receipt(raw)
    assert receipt.check(trusted.accept(receipt.note), None, b"")["t"] == "row.add"
    receipts.check_receipt(receipts.read_receipt(raw), policy.read_policy(worked.policy().encode()))
    if vectors.NODE:
        lines = [json.dumps({"policy": worked.policy(), "key": KC.hex()}), json.dumps({"receipt": raw.hex()})]
        assert vectors.by_browser(lines) == "1"


def test_every_step_stands_in_the_verifiers_own_words():
    text = worked.TARGET.read_text(encoding="utf-8")
    entries = worked.entries()
    leaves = [srok_verify.leaf_hash(one) for one in entries]
    for shown in (
        *(leaf.hex() for leaf in leaves),
        srok_verify.tree_hash(leaves).hex(),
        srok_verify.tree_hash(leaves[:3]).hex(),
    ):
        assert shown in text


def test_the_application_serves_the_browsers_verifier_beside_the_logs(client: Client):
    for name, kind in (("index.html", "text/html"), ("verify.js", "text/javascript"), ("khmer.woff2", "font/woff2")):
        answer = client.get(f"/openlog/verify/{name}")
        assert answer.status_code == 200 and answer["Content-Type"].startswith(kind)
    assert client.get("/openlog/verify/none.js").status_code == 404
    assert b"font-src 'self'" in client.get("/openlog/verify/index.html").content

"""A sound body and address for every route, as the matrix of roles asks it."""

from typing import Any

ID = "0199a000-0000-7000-8000-000000000000"
AGREEMENT = {
    "title": "Zielvereinbarung",
    "year": 2014,
    "valid_from": "2014-01-01",
    "valid_until": "2015-01-01",
    "parties": [{"unit": "05158", "role": "municipal_body", "scope": "municipal", "signs_as": "Landrat"}],
}
GOAL = {"kind": "deliverable", "code": "concept"}
SIGNATURE = {"party": "05158", "revision": 1, "digest": "0" * 64}
DECLARATION = {"kind": "done", "on": "2014-11-30", "party": "05158", "narrative": "erledigt"}
TIER: dict[str, Any] = {"code": "own", "name": "Ebene", "source": "Landesrecht", "sides": []}
BODY = {"code": "assembly", "name": "Trägerversammlung", "kind": "carrier_assembly", "unit": "05158"}
PARTY = {"party": "05158"}
KEEPERS = ["unit_lead", "controller"]
BUDGET = {"unit": "05158", "year": 2010, "titles": []}
MOVED = {"giving": "a", "taking": "b", "amount": "1", "on": "2010-06-01", "reason": "Bedarf"}
MEASURE = {"unit": "05158", "year": 2012, "title": "Kurs", "starts_on": "2012-01-01", "ends_on": "2012-06-30"}
STATEMENT = {"unit": "05158", "text": "Beitrag", "consents": True}
POINT = {
    "subject": "Stellen",
    "body": "vorstand",
    "positions": [{"unit": "05158", "text": "ja"}, {"unit": "36402", "text": "nein"}],
}
DECIDED = {"text": "eine Stelle", "decided_on": "2012-09-01"}
CONFERENCE = {"kind": "planning", "held_on": "2012-03-28", "title": "Planungskonferenz"}
MEETING = {"held_on": "2014-02-14", "title": "Trägergespräch"}
STEP = {"position": 1, "body": "rat", "meeting_on": "2012-12-12", "kind": "decision"}
MANDATE = {"consultation": ID, "holder": "05158", "text": "modifizierte Werte", "report_to": "rat"}
USED = {"on": "2013-01-15", "report_due": "2013-03-31"}
REPORTED = {"on": "2013-03-01", "paper_number": "V/0100/2013"}
PAPER = {"number": "V/1/2012", "title": "Vorlage", "unit": "05158", "on": "2012-09-27", "kind": "resolution"}
STANDARD = {
    "code": "erstberatung",
    "edition": "1",
    "title": "Erstberatung",
    "kind": "concept",
    "unit": "05158",
    "valid_from": "2012-01-01",
}
PROPOSAL = {**PARTY, "revision": 1, "reason": "besser so", "head": {"title": "Vereinbarung"}}
ANSWER = {**PARTY, "taken_over": True}
ATTACHED = "name=Anlage.pdf&kind=annex&unit=05158"
ATTACHERS = ["unit_lead", "supervisor", "office", "controller"]
PDF = ("application/pdf", b"%PDF-1.7\n%%EOF\n")
VARIABLE = {"label": "Kontakte", "label_en": "contacts", "measure": "contacts", "kind": "flow"}
INDICATOR = {
    "indicator": "X1",
    "version": 1,
    "valid_from": "2014-01-01",
    "label": "X",
    "label_en": "X",
    "formula": "elb_stock",
    "measure": "persons",
    "places": 0,
    "default_view": "month",
    "source": "Test",
    "checked_against": "Test",
}
ATTESTATION = {"unit": "05158", "month": "2014-11"}
OBJECTION = {"unit": "05158", "indicator": "K2", "month": "2014-11", "reason": "Zählung", "source": "Fachverfahren"}
OBJECTION_ANSWER = {"accepted": True, "reason": "berichtigt"}
WITHDRAWN = {"reason": "Nachmeldung"}
OFFICIAL = ("text/csv", b"unit,indicator,month,value\n05158,K2,2014-11,20.6\n")
RELEASE = {
    "code": "2014-11",
    "title": "November 2014",
    "kind": "final",
    "from_month": "2014-11",
    "until_month": "2014-11",
}
DUTY = {"unit": "05158", "variables": ["x"], "from_month": "2014-01", "until_month": "2014-02", "working_day": 10}
RULE = {"label": "Regel", "label_en": "rule", "parameters": {"kind": "jump", "absolute": "30", "percent": "10"}}
TRIAL = {"rule": RULE, "units": ["05158"], "from_month": "2014-01", "until_month": "2014-02"}
ROUND = {"year": 2014, "lead": "05158", "title": "Planungsrunde"}
OFFER = {"unit": "05158", "indicator": "K2", "value": "20.6"}
REGISTER = "as_of=2021-01-01&kind=jobcenter_joint"
UNIT_TABLE = ("text/csv", b"code,name,kind\n36402,Mettmann,jobcenter_joint\n")
RELATION_TABLE = ("text/csv", b"kind,source,target\npart_of,36402,36402\n")
NEAREST = "/v1/nearest-neighbours"
RANKED_TABLE = ("text/csv", b"unit,rank,neighbour\n36402,1,05158\n")
DESIGNATION = {"since": "2020-01-01", "name": "Kreis"}
R = f"/v1/planning-rounds/{ID}"
A, Q = f"/v1/agreements/{ID}", "unit=05158&from=2014-01&to=2014-02"
PROFILE = {
    "title": "x",
    "media_type": "text/csv",
    "sample": "unit,variable,month,value\n05158004,elb_stock,2014-11,1\n",
}
RESPONSIBILITIES = {"responsibilities": [{"unit": "05158", "sender": "x", "from_month": "1999-01"}]}
PERMIT = {"unit": "05158", "month": "1999-01", "sender": "x", "until": "2999-12-31", "reason": "x"}

"""Who may deliver, see deliveries, and say who owes what."""

from support.asking import DUTY, ID, PERMIT, PROFILE, RESPONSIBILITIES
from support.roles import EVERYBODY, MEASURERS, Row

PIECE = ("application/offset+octet-stream", b"x")
DELIVERIES = [
    Row("deliver", "POST", "/v1/deliveries", ["uploader", "controller"], {"rows": []}),
    Row("list_deliveries", "GET", "/v1/deliveries", MEASURERS),
    Row("get_delivery", "GET", f"/v1/deliveries/{ID}", MEASURERS),
    Row("cancel_delivery", "POST", f"/v1/deliveries/{ID}/cancellation", ["uploader", "controller"]),
    Row("retract_delivery", "POST", f"/v1/deliveries/{ID}/retraction", ["uploader", "controller"], {"reason": "x"}),
    Row("follow_delivery", "GET", f"/v1/deliveries/{ID}/events", MEASURERS),
    Row("describe_uploads", "OPTIONS", "/v1/uploads", EVERYBODY),
    Row("begin_upload", "POST", "/v1/uploads", ["uploader", "controller"]),
    Row("get_upload", "HEAD", f"/v1/uploads/{ID}/file", ["uploader", "controller"]),
    Row("continue_upload", "PATCH", f"/v1/uploads/{ID}/file", ["uploader", "controller"], content=PIECE),
    Row("give_up_upload", "DELETE", f"/v1/uploads/{ID}/file", ["uploader", "controller"]),
    Row("get_returned_file", "GET", f"/v1/deliveries/{ID}/returned-file", MEASURERS),
    Row("get_template", "GET", "/v1/deliveries/template?month=2014-11", ["uploader", "controller"]),
    Row("get_schema", "GET", "/v1/deliveries/schema", MEASURERS),
    Row("list_profiles", "GET", "/v1/profiles", MEASURERS),
    Row("get_profile", "GET", "/v1/profiles/vendor-csv", MEASURERS),
    Row("put_profile", "PUT", "/v1/profiles/x?dry_run=true", ["operator"], PROFILE),
    Row("list_coverage", "GET", f"/v1/deliveries/{ID}/coverage", MEASURERS),
    Row("list_findings", "GET", f"/v1/deliveries/{ID}/findings", MEASURERS),
    Row("list_differences", "GET", f"/v1/deliveries/{ID}/differences", MEASURERS),
]
DUTIES = [
    Row("put_schedule", "POST", "/v1/delivery-schedule", ["operator"], {"duties": [DUTY]}),
    Row("remove_duties", "POST", "/v1/delivery-schedule/removal", ["operator"], {"duties": [DUTY]}),
    Row("put_responsibilities", "POST", "/v1/sender-responsibilities", ["operator"], RESPONSIBILITIES),
    Row("list_responsibilities", "GET", "/v1/sender-responsibilities", MEASURERS),
    Row("close_months", "POST", "/v1/closed-months", ["operator"], {"month": "1999-01", "units": ["05158"]}),
    Row("list_closed_months", "GET", "/v1/closed-months", MEASURERS),
    Row("give_late_permit", "POST", "/v1/late-permits", ["operator"], PERMIT),
    Row("list_late_permits", "GET", "/v1/late-permits", MEASURERS),
    Row("list_schedule", "GET", "/v1/delivery-schedule", MEASURERS),
    Row("list_delivery_status", "GET", "/v1/delivery-status", MEASURERS),
    Row("show_delivery_dashboard", "GET", "/v1/delivery-dashboard", MEASURERS),
    Row("list_delivery_punctuality", "GET", "/v1/delivery-punctuality", MEASURERS),
]

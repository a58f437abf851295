"""Who may call what in internal control, with a sound body for every route."""

from support.asking import ID
from support.roles import Row

REVIEWERS = ["controller", "unit_lead", "supervisor", "auditor"]
GRID_READERS = [*REVIEWERS, "operator"]
R, A = f"/v1/file-reviews/{ID}", f"/v1/external-audits/{ID}"
GRID = {"code": "grid", "version": 1, "title": "Raster", "checkpoints": [{"number": 1, "question": "?", "area": "x"}]}
REVIEW = {"unit": "05158", "month": "2014-11", "grid": "grid", "grid_version": 1}
REFERENCES = ("text/csv", b"reference\na1\n")
ANSWERS = {"answers": [{"checkpoint": 1, "answer": "yes"}]}
REASON = {"reason": "beim Gericht"}
CONSEQUENCE = {"kind": "training", "text": "Schulung", "due_on": "2015-01-31"}
AUDIT = {"audited_on": "2014-06-30", "auditor": "ministry", "auditing_body": "BMAS", "subject": "Mittelverwendung"}
MADE = {"grid": "grid", "question": "Ist der Bescheid begründet?"}

ROWS = [
    Row("add_review_grid", "POST", "/v1/review-grids", ["operator"], GRID),
    Row("list_review_grids", "GET", "/v1/review-grids", GRID_READERS),
    Row("get_review_grid", "GET", "/v1/review-grids/grid/1", GRID_READERS),
    Row("plan_file_review", "POST", "/v1/file-reviews", ["controller"], REVIEW),
    Row("list_file_reviews", "GET", "/v1/file-reviews", REVIEWERS),
    Row("sum_file_reviews_up", "GET", "/v1/file-reviews/aggregate?from=2014-01&to=2014-12", REVIEWERS),
    Row("get_review_results", "GET", "/v1/file-reviews/results?from=2014-01&to=2014-12", REVIEWERS),
    Row("list_consequences", "GET", "/v1/file-reviews/consequences", REVIEWERS),
    Row("get_file_review", "GET", R, REVIEWERS),
    Row("draw_sample", "POST", f"{R}/population", ["controller"], content=REFERENCES),
    Row("close_file_review", "POST", f"{R}/closing", ["controller"]),
    Row("withdraw_file_review", "POST", f"{R}/withdrawal", ["controller"], REASON),
    Row("list_reviewed_files", "GET", f"{R}/files", REVIEWERS),
    Row("get_reviewed_file", "GET", f"{R}/files/1", REVIEWERS),
    Row("answer_file", "PUT", f"{R}/files/1", ["controller"], ANSWERS),
    Row("report_file_missing", "POST", f"{R}/files/1/not-found", ["controller"], REASON),
    Row("list_consequences_of_review", "GET", f"{R}/consequences", REVIEWERS),
    Row("draw_consequence", "POST", f"{R}/consequences", ["controller"], CONSEQUENCE),
    Row("change_consequence", "PUT", f"{R}/consequences/{ID}", ["controller"], CONSEQUENCE),
    Row("register_audit", "POST", "/v1/external-audits", ["operator"], AUDIT),
    Row("list_audits", "GET", "/v1/external-audits", GRID_READERS),
    Row("get_audit", "GET", A, GRID_READERS),
    Row("change_audit", "PUT", A, ["operator"], AUDIT),
    Row("make_checkpoint", "POST", f"{A}/findings/1/checkpoint", ["operator"], MADE),
]

"""`/`: a page for whoever opens the address in a browser; it tells nothing of anybody."""

from chassis.canonical import sha256
from chassis.conditional import etag
from fastapi import APIRouter, Request, Response

from reporting.api.given import held

router = APIRouter(tags=["start"])
PAGE = """<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Zielwerk – Zielerreichung und Berichte</title>
<style>
body { margin: 0 auto; max-width: 44rem; padding: 2rem 1.25rem 4rem; color: #1b1f24; background: #fff;
  font: 1rem/1.55 system-ui, "Segoe UI", "Noto Sans", sans-serif }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem }
h2 { margin: 2rem 0 .5rem; font-size: 1.3rem; border-bottom: 2px solid #d0d7de; padding-bottom: .3rem }
a { color: #0b4f9e } dt { margin-top: .8rem; font-weight: 600 } dd { margin: 0 }
code { font: .95em ui-monospace, monospace }
</style>
</head>
<body>
<main>
<h1>Zielwerk</h1>
<p>Zielvereinbarungen in der Grundsicherung für Arbeitsuchende (SGB II): vereinbaren, liefern, beurteilen,
berichten.</p>
<p>Diese Adresse gehört zum Berichtsdienst. Er zeigt, wie weit jedes vereinbarte Ziel erreicht ist, mit Ampel,
Erwartungswert und Herkunft jeder Zahl, und erstellt daraus Berichte.</p>
<h2>Adressen</h2>
<dl>
<dt><a href="/docs">/docs</a></dt><dd>Beschreibung aller Abfragen, zum Ausprobieren</dd>
<dt><a href="/openapi.json">/openapi.json</a></dt><dd>dieselbe Beschreibung für Programme</dd>
<dt><code>/v1/attainment</code></dt><dd>Zielerreichung: der aktuelle Stand je Einheit und Ziel</dd>
<dt><code>/v1/attainment/changes</code></dt><dd>nur, was sich seit dem letzten Abruf geändert hat</dd>
<dt><code>/v1/reports</code></dt><dd>Berichte; das Dokument als JSON, HTML oder PDF</dd>
<dt><a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a></dt><dd>ob der Dienst läuft und bereit ist</dd>
</dl>
<h2>Zugang</h2>
<p>Für alles unter <code>/v1</code> braucht es ein Bearer-Token Ihrer Anmeldestelle. Sie sehen die Einheiten, für die
Sie zuständig sind, und was ihnen untersteht.</p>
</main>
</body>
</html>
"""
TAG = etag(sha256(PAGE.encode())[:32])


@router.get("/", response_class=Response, responses={200: {"content": {"text/html": {}}}})
async def show_start(request: Request) -> Response:
    """Show what this service is and where things are; without login."""
    if held(request, TAG):
        return Response(status_code=304, headers={"ETag": TAG})
    return Response(PAGE, media_type="text/html", headers={"ETag": TAG})

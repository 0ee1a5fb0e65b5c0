"""`/api/v1/openapi.json` and `/api/v1/docs`, which shows it with RapiDoc from a vendored file."""

from typing import Final

from flask import Response, current_app, json, request, url_for

from webapp.api.blueprint import api

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""RapiDoc writes its theme as inline styles, which the pages forbid; scripts stay as strict, and no user's text is here."""

PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quatrain API</title>
<link rel="icon" href="data:,">
<style>
body {{ margin: 0; color: #1d1b18; background: #fdfcf9; font-family: system-ui, sans-serif; }}
header {{ display: flex; gap: 1rem; align-items: baseline; padding: .75rem 2rem; border-bottom: 1px solid #e3dfd6; }}
h1 {{ margin: 0; font-size: 1.125rem; }}
a {{ display: inline-block; padding: .25rem 0; color: #1f6f66; }}
rapi-doc {{ --red: #b3261e; }}
</style>
<script type="module" src="{script}"></script>
</head>
<body>
<header><h1>Quatrain over JSON</h1><a href="/">Articles</a><a href="{spec}">openapi.json</a></header>
<rapi-doc spec-url="{spec}" load-fonts="false" render-style="view" theme="light" show-header="false" bg-color="#fdfcf9"
 text-color="#1d1b18" primary-color="#1f6f66" regular-font="system-ui, sans-serif" mono-font="ui-monospace, monospace"
 allow-spec-url-load="false" allow-spec-file-load="false" allow-server-selection="false" schema-description-expanded="true">
</rapi-doc>
<noscript><p>This page needs JavaScript. openapi.json says the same.</p></noscript>
</body>
</html>
"""


@api.get("/openapi.json")
@api.doc(hide=True)
def openapi() -> Response:
    """The OpenAPI 3.1 document."""
    body = json.dumps(current_app._get_spec("json"))  # type: ignore[attr-defined]  # made once, then kept by APIFlask
    response = Response(body + "\n", mimetype="application/json")
    response.add_etag()
    response.make_conditional(request.environ)
    return response


@api.get("/docs")
@api.doc(hide=True)
def documentation() -> Response:
    """The documentation page."""
    script = url_for("static", filename="vendor/rapidoc/rapidoc-min.js")
    page = PAGE.format(script=script, spec=url_for("api.openapi"))
    return Response(page, headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY}, mimetype="text/html")

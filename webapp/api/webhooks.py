"""Webhooks: registered, listed with what became of their deliveries, removed."""

from dataclasses import asdict
from typing import Final

from flask import Response, url_for

from webapp.api import examples
from webapp.api.blueprint import api, context
from webapp.api.operations import change, needs, operation, page_links, read, reply
from webapp.api.schemas import (
    DeliveriesModel,
    DeliveryModel,
    NewWebhookModel,
    PageQuery,
    WebhookIn,
    WebhookModel,
    WebhooksModel,
)
from webapp.services.keys import Scope
from webapp.services.webhooks import add_webhook, get_webhook, list_deliveries, list_webhooks, ping_webhook, remove_webhook
from webapp.storage.webhooks import Webhook

TAG: Final = "Webhooks"
ONE: Final = "/webhooks/<int:webhook_id>"


@api.get("/webhooks")
@api.output(WebhooksModel, description="The oldest first.", example=examples.WEBHOOKS)
@operation("List the webhooks", id="listWebhooks", tag=TAG)
@needs(Scope.ADMIN)
def get_webhooks() -> Response:
    return reply(WebhooksModel(webhooks=[_model(one) for one in read(list_webhooks)]))


@api.post("/webhooks")
@api.input(WebhookIn, location="json", arg_name="body", example=examples.WEBHOOK_IN)
@api.output(
    NewWebhookModel, status_code=201, description="Registered. The secret is shown this once.", example=examples.NEW_WEBHOOK
)
@operation(
    "Register a webhook",
    id="addWebhook",
    tag=TAG,
    errors=("webhook-address-refused", "request-invalid"),
    description="Every event is posted there as JSON, signed: `Quatrain-Signature: t=TIME,v1=MAC`, where MAC is the HMAC-SHA256 "
    "of `TIME.BODY` with the secret. An answer other than 2xx is tried again with longer and longer pauses, for a day. "
    "Addresses inside the network of the server are not called unless QUATRAIN_PRIVATE_WEBHOOKS is on.",
)
@needs(Scope.ADMIN)
def post_webhook(body: WebhookIn) -> Response:
    allow_private = context().settings.private_webhooks
    made, secret = change(lambda tx: add_webhook(tx, body.url, body.events, allow_private=allow_private))
    shown = NewWebhookModel(**_model(made).model_dump(), secret=secret)
    return reply(shown, 201, {"Location": url_for("api.get_one_webhook", webhook_id=made.id), "Cache-Control": "no-store"})


@api.get(ONE)
@api.output(WebhookModel, description="Without its secret.", example=examples.WEBHOOK)
@operation("Get a webhook", id="getWebhook", tag=TAG, errors=("webhook-not-found",))
@needs(Scope.ADMIN)
def get_one_webhook(webhook_id: int) -> Response:
    return reply(_model(read(lambda tx: get_webhook(tx, webhook_id))))


@api.delete(ONE)
@api.output({}, status_code=204, description="Removed, with its log.")
@operation("Remove a webhook", id="removeWebhook", tag=TAG, errors=("webhook-not-found",))
@needs(Scope.ADMIN)
def delete_webhook(webhook_id: int) -> Response:
    change(lambda tx: remove_webhook(tx, webhook_id))
    return Response(status=204)


@api.post(f"{ONE}/ping")
@api.output(WebhookModel, status_code=202, description="It is in the post; see the deliveries.", example=examples.WEBHOOK)
@operation("Send something to a webhook", id="pingWebhook", tag=TAG, errors=("webhook-not-found",))
@needs(Scope.ADMIN)
def ping(webhook_id: int) -> Response:
    change(lambda tx: ping_webhook(tx, webhook_id))
    url = url_for("api.get_deliveries", webhook_id=webhook_id)
    pinged = _model(read(lambda tx: get_webhook(tx, webhook_id)))
    return reply(pinged, 202, {"Location": url, "Retry-After": "2"})


@api.get(f"{ONE}/deliveries")
@api.input(PageQuery, location="query", arg_name="query")
@api.output(DeliveriesModel, description="The newest first; `Link` leads to the others.", example=examples.DELIVERIES)
@operation("List the deliveries of a webhook", id="listDeliveries", tag=TAG, errors=("webhook-not-found", "request-invalid"))
@needs(Scope.ADMIN)
def get_deliveries(webhook_id: int, query: PageQuery) -> Response:
    lines, total = read(lambda tx: list_deliveries(tx, webhook_id, limit=query.limit, offset=query.offset))
    body = DeliveriesModel(
        deliveries=[DeliveryModel(**asdict(line)) for line in lines], total=total, limit=query.limit, offset=query.offset
    )
    links = page_links("api.get_deliveries", total=total, limit=query.limit, offset=query.offset, webhook_id=webhook_id)
    return reply(body, headers={"Link": links})


def _model(webhook: Webhook) -> WebhookModel:
    return WebhookModel(id=webhook.id, url=webhook.url, events=list(webhook.events), created_at=webhook.created_at)

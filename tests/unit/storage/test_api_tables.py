"""Keys, idempotency, webhooks, suggestions and downloads, on both databases."""

import pytest
from sqlalchemy import update

from tests.factories import make_source, store_article
from webapp.services.idempotency import Once, create_once
from webapp.services.keys import authenticate, create_key, is_due, note_use, revoke_key
from webapp.services.suggestions import suggest
from webapp.services.webhooks import EVENTS, add_webhook
from webapp.storage import downloads, idempotency, webhooks
from webapp.storage.api_models import deliveries
from webapp.storage.api_models import downloads as download_table
from webapp.storage.downloads import Download
from webapp.storage.store import Store


def test_a_key_is_found_by_its_secret_until_it_is_revoked(store: Store) -> None:
    with store.begin() as tx:
        secret = create_key(tx, "cms", ["read"])
    with store.begin() as tx:
        key = authenticate(tx, secret)
        assert key is not None
        assert is_due(tx, key)
        note_use(tx, key)
    with store.begin() as tx:
        again = authenticate(tx, secret)
        assert again is not None
        assert not is_due(tx, again)
        revoke_key(tx, "cms")
    with store.read() as tx:
        assert authenticate(tx, secret) is None
        assert authenticate(tx, "") is None


def test_a_key_that_was_used_makes_nothing_more(store: Store) -> None:
    once = Once("key:1", "k", "f" * 64)
    assert create_once(store, once, lambda tx: "article-one1") == ("article-one1", True)
    assert create_once(store, once, lambda tx: "article-two2") == ("article-one1", False)


def test_the_slower_of_two_that_began_at_once_learns_so(store: Store) -> None:
    with store.begin() as tx:
        assert idempotency.add(tx, "key:1", "k", "f" * 64, "article-one1")
    with pytest.raises(RuntimeError, match="undo"), store.begin() as tx:
        assert not idempotency.add(tx, "key:1", "k", "f" * 64, "article-two2")
        raise RuntimeError("undo what was begun")


def test_events_are_claimed_once_and_again_when_their_sender_died(store: Store) -> None:
    with store.begin() as tx:
        add_webhook(tx, "https://cms.example/", EVENTS, allow_private=False)
    store_article(store, make_source(), drafted=None)
    with store.begin() as tx:
        (parcel,) = webhooks.claim(tx, 10, seconds=120)
        assert (parcel.event, parcel.attempts) == ("article.drafted", 1)
    with store.begin() as tx:
        assert webhooks.claim(tx, 10, seconds=120) == []
        assert not webhooks.any_due(tx)
        tx.connection.execute(update(deliveries).values(due_at=0.0))
        assert [one.attempts for one in webhooks.claim(tx, 10, seconds=120)] == [2]
        webhooks.note(tx, parcel.id, status=200, error=None, again_in=None)
        (line,), total = webhooks.log(tx, 1, 10, 0)
        assert (line.status, line.next_at, total) == ("delivered", None, 1)
        webhooks.forget_old(tx, -60)
        assert webhooks.log(tx, 1, 10, 0) == ((), 0)


def test_a_suggestion_is_kept_once_and_said_beside_the_sentences_it_is_of(store: Store) -> None:
    source = make_source(paragraphs=1, sentences=2)
    store_article(store, source, drafted=None)
    text = source.paragraphs[0].sentences[0].text
    with store.begin() as tx:
        assert suggest(tx, text, "Better.", source="fr", target="en") == 1
    with store.begin() as tx:
        assert suggest(tx, text, "Better.", source="fr", target="en") == 0
        assert suggest(tx, "Hello.", "Привет.", source="en", target="ru") == 0


def test_a_download_is_kept_for_its_hour(store: Store) -> None:
    kept = Download("0b1c", "a.txt", "text/plain", b"\0\xff")
    with store.begin() as tx:
        downloads.add(tx, kept)
        assert downloads.find(tx, "0b1c") == kept
        tx.connection.execute(update(download_table).values(expires_at=tx.clock() - 1))
        assert downloads.find(tx, "0b1c") is None

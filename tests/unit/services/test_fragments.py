"""Fragments of HTML translated as text: what Mastodon and the like send."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from webapp.engine.base import Draft
from webapp.services.fragments import translate_fragments


def shout(sentences: Sequence[str]) -> list[Draft]:
    return [Draft(sentence.upper(), 0.9) for sentence in sentences]


def test_fragments_come_back_in_order_with_their_elements() -> None:
    asked: list[str] = []

    def draft(sentences: Sequence[str]) -> list[Draft]:
        asked.extend(sentences)
        return shout(sentences)

    fragments = ["<p>Un mot. <a href='/x' rel=tag>Deux</a> mots.</p>", "", "trois", "<p>quatre</p><p>cinq</p>"]
    assert translate_fragments(fragments, draft) == [
        '<p>UN MOT. <a href="/x" rel="tag">DEUX</a> MOTS.</p>',
        "",
        "TROIS",
        "<p>QUATRE</p><p>CINQ</p>",
    ]
    assert asked == ["Un mot.", "Deux mots.", "trois", "quatre", "cinq"]


def test_without_any_words_nothing_is_asked() -> None:
    def never(_: Sequence[str]) -> list[Draft]:
        raise AssertionError("there is nothing to draft")

    fragments = ["", "  ", "<hr>", "<!-- mot --><script>mot</script>", "!?"]
    assert translate_fragments(fragments, never) == fragments


def test_scripts_comments_and_what_only_looks_like_a_tag_stay_what_they_are() -> None:
    fragment = "<!-- un --><style>p{}</style>mot &lt;script&gt;x&lt;/script&gt; <script>var a</script>fin"
    (found,) = translate_fragments([fragment], shout)
    assert "<!-- un -->" in found
    assert "<style>p{}</style>" in found
    assert "<script>var a</script>" in found
    assert "&lt;SCRIPT&gt;X&lt;/SCRIPT&gt;" in found


def test_white_space_at_the_ends_stays() -> None:
    assert translate_fragments(["  mot\n", "\t<b>mot</b> "], shout) == ["  MOT\n", "\t<b>MOT</b> "]


def test_a_whole_page_is_a_fragment_too() -> None:
    page = "<!DOCTYPE html>\n<html><head><title>T</title></head><body><p>mot</p></body></html>"
    assert translate_fragments([page], shout) == [page.replace("mot", "MOT")]


def test_what_says_that_it_is_not_to_be_translated_is_not() -> None:
    fragments = ['<p translate="no">mot</p>', 'le <span class="notranslate">mot</span> juste', "<code>a b</code> mot"]
    assert translate_fragments(fragments, shout) == [
        '<p translate="no">mot</p>',
        'LE <span class="notranslate">mot</span> JUSTE',
        "<code>a b</code> MOT",
    ]


@given(st.lists(st.text("ab é<>&/\"'=-!;\n", max_size=40), max_size=4))
def test_any_fragments_come_back_as_many_and_no_script_is_born(fragments: list[str]) -> None:
    found = translate_fragments(fragments, lambda sentences: [Draft("<script>x</script>", 0.5) for _ in sentences])
    assert len(found) == len(fragments)
    assert not any("<script>" in one for one in found)

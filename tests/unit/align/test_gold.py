"""The gold set of the word links reads as its README says."""

from pathlib import Path

import pytest

from bench.gold_links import FOLDER, read_gold
from bench.links import diagonal, score
from training import corpus


@pytest.mark.parametrize("target", ["en", "ru", "ko"])
def test_there_are_sixty_pairs_with_sure_links_among_the_possible(target: str) -> None:
    gold = read_gold(target)
    assert len(gold) == 60
    assert len({pair.source for pair in gold}) == 60
    assert all(pair.sure and pair.sure <= pair.possible for pair in gold)
    assert all((pair.pivot is None) == (target == "en") for pair in gold)


def test_its_sentences_are_held_out_from_training() -> None:
    held = {row[0] for row in corpus.read_rows(corpus.CORPUS / corpus.HELD_OUT, 4)}
    assert {pair.source for pair in read_gold("en")} <= held


def test_a_word_that_is_not_there_is_named(tmp_path: Path) -> None:
    text = (FOLDER / "fr-en.txt").read_text(encoding="utf-8").replace("genevois=Geneva", "genevois=Genf", 1)
    (tmp_path / "fr-en.txt").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"fr-en, @ 5: no word 'Genf'"):
        read_gold("en", tmp_path)


def test_the_error_rate_is_none_for_the_gold_itself_and_large_for_the_diagonal() -> None:
    gold = read_gold("ko")
    assert score(gold, [pair.sure for pair in gold]).aer == 0.0
    assert score(gold, [diagonal(pair) for pair in gold]).aer > 0.7

"""Ukrainian words are parted as the orthography parts them, in the report that WeasyPrint lays out."""

import pytest

from assess.report.hyphens import mend_ukrainian

WORDS = [
    "спів-пра-цю", "під-три-м-ки", "від-кри-тий", "роз-гля-да-єть-ся", "пе-ре-гля-ну-ли", "кі-бер-зло-чи-ни",
    "на-стіль-ки", "про-гра-ма", "над-зви-чай-ний", "пе-ре-да-ча", "ро-зум", "від-по-ві-даль-ність",
]


@pytest.mark.parametrize("parted", WORDS)
def test_a_word_is_parted_after_its_prefix_and_between_its_syllables(parted: str) -> None:
    import pyphen

    mend_ukrainian()
    mend_ukrainian()
    assert pyphen.Pyphen(lang="uk").inserted(parted.replace("-", "")) == parted

import pytest

from cms.images.print_size import print_words


@pytest.mark.parametrize(
    ("width", "height", "words"),
    [
        (12_000, 9000, "Prints beautifully to A1"),
        (9933, 7016, "Prints beautifully to A1"),
        (7016, 4961, "Prints beautifully to A2, acceptable at A1"),
        (4961, 3508, "Prints beautifully to A3, acceptable at A2"),
        (3508, 4961, "Prints beautifully to A3, acceptable at A2"),
        (4032, 3024, "Prints beautifully to A4, acceptable at A3"),
        (3000, 2000, "Acceptable in print at A4"),
        (2000, 1333, "Looks good on screens; would look soft in print at A4"),
        (1200, 800, "Looks good on screens; too small to print"),
        (1, 1, "Looks good on screens; too small to print"),
    ],
)
def test_words_for_sizes(width, height, words):
    assert print_words(width, height) == words

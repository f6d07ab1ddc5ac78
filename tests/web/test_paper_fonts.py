"""Names and texts of every script that families here write print right, and are copied out as typed."""

from io import BytesIO
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from web.pdf.fonts import FOLDER, MISSING, SCRIPTS, font_of, typed
from web.pdf.paper import heading, lines, print_paper, title
from web.pdf.text import in_one_font, printable

NAMES = {
    "accents": "Zoë Łukasz",
    "Vietnamese": "Nguyễn Thị Hồng",
    "Arabic": "محمد الأحمد",
    "Urdu": "گلزار ٹھاکر",
    "vowelled Arabic": "مُحَمَّد",
    "Hebrew": "דוד כהן",
    "Bengali": "মোহাম্মদ রহমান",
    "Bengali conjuncts": "লক্ষ্মী কৃষ্ণা",
    "Hindi": "मोहम्मद शर्मा",
    "Punjabi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Gujarati": "કૃષ્ણ પટેલ",
    "Tamil": "முகம்மது ரஹ்மான்",
    "Tigrinya": "ሰላም ተስፋይ",
    "Chinese": "王小明",
    "Korean": "김민준",
    "Japanese": "さくら",
}
ARABIC, HEBREW, _, BENGALI, *_ = SCRIPTS
SENTENCE = "كان الطفل هادئا في الصف اليوم وتحدث مع زملائه عن الرحلة المدرسية القادمة "


def paper(*story, label="Official"):
    made = print_paper([flowable for part in story for flowable in part()], name="P", author="A", label=label)
    return PdfReader(BytesIO(made)), made


def read(text):
    """What a paper of this text says, without its foot."""
    reader, _ = paper(lambda: lines(text))
    said = "\n".join(page.extract_text().split("\nP\n")[0] for page in reader.pages)
    return " ".join(normalize("NFC", said).split())


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_copied_out_as_it_was_typed(script):
    assert read(NAMES[script]) == normalize("NFC", NAMES[script])


@pytest.mark.parametrize("script", NAMES)
def test_no_name_has_a_letter_that_is_missing(script):
    assert MISSING not in printable(NAMES[script])


def glyphs(script, word):
    font = font_of(script)
    return [font.face.charToGlyph[ord(letter)] for letter in font.shape(word)]


def alone(script, word):
    return [font_of(script).face.charToGlyph[ord(letter)] for letter in word]


def test_arabic_letters_are_joined_and_stand_from_the_right():
    word = "محمد"
    shaped = font_of(ARABIC).shape(word)
    assert "".join(typed[letter] for letter in shaped) == word[::-1]
    # A letter in the middle of a word has another shape than one by itself.
    assert not set(glyphs(ARABIC, word)[1:]) & set(alone(ARABIC, word))


def test_a_bengali_sign_stands_before_the_letter_it_is_spoken_after():
    word = "মি"
    assert glyphs(BENGALI, word) == alone(BENGALI, word)[::-1]
    assert [typed[letter] for letter in font_of(BENGALI).shape(word)] == [*word]


def test_a_bengali_pair_is_one_shape():
    assert len(glyphs(BENGALI, "ক্ষ")) == 1


def test_a_long_text_from_the_right_begins_on_its_first_line():
    reader, _ = paper(lambda: lines(SENTENCE * 4))
    said = reader.pages[0].extract_text().splitlines()
    assert len(said) > 3
    assert said[0].startswith("كان الطفل هادئا")
    assert read(SENTENCE * 4) == (SENTENCE * 4).strip()


def test_a_text_over_two_pages_keeps_every_word_in_its_place():
    text = SENTENCE * 150
    reader, _ = paper(lambda: lines(text))
    assert len(reader.pages) > 1
    assert read(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "from_the_left"),
    [
        ("Say محمد الأحمد, then go", "Say |دمحألا| |دمحم|, then go"),
        ("Say «السلام عليكم» now", "Say «|مكيلع| |مالسلا|» now"),
        ("محمد 12 الأحمد", "|دمحألا| 12 |دمحم|"),
        ("محمد (الأحمد) علي", "|يلع| (|دمحألا|) |دمحم|"),
        ("دוד", None),
    ],
)
def test_words_from_the_right_change_places_and_what_is_around_them_stays(text, from_the_left):
    if from_the_left is None:
        text, from_the_left = "דוד and כהן", "|דוד| and |כהן|".replace("דוד", "דוד"[::-1])
        from_the_left = from_the_left.replace("כהן", "כהן"[::-1])
    (line,) = seen(text)
    expected = from_the_left.replace("|", "")
    assert line == normalize("NFC", expected)


def seen(text):
    """The letters of each line from left to right, as they are drawn."""
    drawn = []

    class Spy:
        def __call__(self, paragraph):
            for line in paragraph.blPara.lines:
                words = line.words if hasattr(line, "words") else line[1]
                pieces = [getattr(word, "text", word) for word in words]
                drawn.append("".join(typed.get(letter, letter) for letter in "".join(pieces)))

    from web.pdf import two_ways

    before = two_ways.Paragraph.draw
    spy = Spy()
    two_ways.Paragraph.draw = lambda self: (spy(self), before(self))[1]
    try:
        paper(lambda: lines(text))
    finally:
        two_ways.Paragraph.draw = before
    return drawn


def test_a_bookmark_says_what_the_heading_says():
    name = NAMES["Arabic"]
    reader, _ = paper(lambda: [title(f"Plan for {name}")], lambda: heading(NAMES["Bengali"]))
    assert [entry.title for entry in reader.outline] == [f"Plan for {name}", NAMES["Bengali"]]


def test_equal_input_gives_equal_bytes_whatever_was_printed_between():
    _, first = paper(lambda: lines(NAMES["Arabic"]))
    read("علي حسن")
    _, second = paper(lambda: lines(NAMES["Arabic"]))
    assert first == second


def test_what_looks_like_markup_is_printed_as_typed_in_every_script():
    text = "<b>王</b>&amp;<font name='x'>김민준</font> <মি>"
    assert read(text) == text


def test_a_letter_no_font_has_leaves_a_mark():
    assert printable("x \U0001f642 𓀀 y") == f"x {MISSING} {MISSING} y"


def test_a_foot_is_drawn_in_one_font():
    assert in_one_font("School 王小明") == f"School {MISSING * 3}"


def test_invisible_marks_cannot_turn_a_line_over():
    assert printable("a\u202eb\u2066c") == "abc"


def test_every_font_has_its_licence_beside_it():
    licences = (FOLDER / "OFL.txt").read_text() + (FOLDER / "APACHE.txt").read_text()
    names = {path.stem.split("-")[0] for path in FOLDER.glob("*.ttf")}
    assert {name for name in names if name not in licences.replace(" ", "")} == set()
    assert {script.font.split("-")[0] for script in SCRIPTS} | {"NotoSans"} == names


def test_no_font_is_too_large_to_ship():
    assert max(path.stat().st_size for path in FOLDER.glob("*.ttf")) < 4_000_000

"""The rules for pictures of the library. Allowed endings, size and pixels are settings."""

import warnings

from django.core.exceptions import ValidationError
from PIL import Image as Picture
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

NOT_ALLOWED = (
    "Choose a picture that ends in .jpg, .png or .webp. An SVG picture is not taken: it can hold a program"
)
NOT_A_PICTURE = "This file is not the kind of picture its name says. Save it again as JPG or PNG"
TOO_MANY_PIXELS = "This picture is too large to open safely. Make it smaller: at most 6,000 by 4,000 pixels"
NO_WORDS = "Say what the picture shows, for people who cannot see it"


class CheckedImageField(WagtailImageField):
    """A name can say anything and a small file can unfold into a huge picture, so both are looked at before
    anything is unfolded."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.error_messages |= {
            "invalid_image_extension": NOT_ALLOWED,
            "invalid_image": NOT_A_PICTURE,
            "invalid_image_known_format": NOT_A_PICTURE,
            "file_too_many_pixels": TOO_MANY_PIXELS,
        }

    def to_python(self, data):
        if data and data.name.rpartition(".")[2].lower() not in self.allowed_image_extensions:
            raise ValidationError(NOT_ALLOWED)
        # What is too big for Wagtail is not read here.
        if data and data.size <= self.max_upload_size:
            look_at(data, self.max_image_pixels)
        return super().to_python(data)


def look_at(file, most_pixels):
    """Count the pixels first: Wagtail counts them after it has unfolded the picture. Then read it to its end,
    for a picture that breaks off would break each page that shows it."""
    try:
        with warnings.catch_warnings():
            # Of a picture that is far above our own limit, which refuses it right after.
            warnings.simplefilter("ignore", Picture.DecompressionBombWarning)
            picture = Picture.open(file)
        if picture.width * picture.height * getattr(picture, "n_frames", 1) > most_pixels:
            raise ValidationError(TOO_MANY_PIXELS)
        picture.load()
    except Picture.DecompressionBombError as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ValidationError(NOT_A_PICTURE) from error
    finally:
        file.seek(0)


class CheckedImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = CheckedImageField(
                label=given.label, widget=given.widget, required=given.required
            )
        words = self.fields["description"]
        words.required, words.label = True, "What the picture shows"
        words.error_messages["required"] = NO_WORDS
        words.help_text = "Read out to people who cannot see it."

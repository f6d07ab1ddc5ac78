"""How much work there is in a database of each size.

A service has 60 schools and four clinicians of 15 schools each; a half year of a school is 8 visits with 28
consultations. 24,000 schools x 20 visits a year x 3 consultations x 10 years is about 15 million.
"""

from dataclasses import dataclass

SERVICE = "Willowmere CAMHS in Schools"
HALF_YEARS = 20


@dataclass(frozen=True)
class Size:
    """`blocks` of the demo's six schools are one service. Without `schools` all of the six are taken."""

    name: str
    services: int
    blocks: int = 10
    schools: int | None = None
    library: int = 0

    @property
    def shape(self):
        return {"services": self.services, "blocks": self.blocks, "half_years": HALF_YEARS}


# Two schools make the smallest size, because both keep their ten years.
SIZES = {
    size.name: size
    for size in [
        Size("1k", 1, blocks=1, schools=2),
        Size("100k", 3),
        Size("1M", 29),
        Size("4M", 117),
        Size("15M", 438),
        *(Size(f"library-{pages}", 1, blocks=1, schools=2, library=pages) for pages in (300, 1_000, 10_000)),
    ]
}
ON_SQLITE = {"1k", "100k", "library-300", "library-1000", "library-10000"}

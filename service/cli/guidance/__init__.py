"""``guidance``: statements of a treatment are drafted, checked, reviewed, published and looked at."""

"""The product's own settings, with one empty view beside the respondents' pages to compare with."""

from alongside.config.settings import *  # noqa: F403

ANSWERING_URLCONF = "bench.urls"

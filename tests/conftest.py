"""Tests see no tables of whoever runs them: an empty RELWATCH_TABLES is none."""

from __future__ import annotations

import os

from relwatch import tables

os.environ[tables.VARIABLE] = ""

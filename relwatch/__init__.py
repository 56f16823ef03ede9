"""relwatch: from articles to a sourced record of who dealt with whom, and how."""

__version__ = "0.1.0"

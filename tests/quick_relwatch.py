"""relwatch with a coder of no weight, as a program: for tests of what surrounds the coding, in real processes.

Words in an article make trouble: CRASH ends the process, SPIN never ends, STUCK never ends nor heeds an alarm,
BROKEN raises. The module is loaded in workers too, for it is the main module that they are spawned from.
"""

from __future__ import annotations

import os
import signal
import sys
import time

import cli_support

from relwatch.ingest import limit, run, work
from relwatch.records import Article, Coding

PAUSE = float(os.environ.get("QUICK_PAUSE", "0"))  # seconds an article takes


def coded(article: Article) -> Coding:
    if PAUSE:
        time.sleep(PAUSE)
    if "CRASH" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "BROKEN" in article.text:
        raise ValueError("no such\nluck")
    if "STUCK" in article.text:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        time.sleep(60)
    while "SPIN" in article.text:
        time.sleep(0.01)
    return Coding(cli_support.events(article.text, article.id))


work.coded = coded
work.load = lambda: None  # type: ignore[assignment]
limit.GRACE = 0.2
run.ALONE = 0.05

if __name__ == "__main__":
    from relwatch.cli import progress
    from relwatch.cli.main import main

    progress.AFTER = 0.0
    sys.exit(main())

"""``python -m relwatch``."""

from relwatch.cli.main import run

if __name__ == "__main__":
    run()

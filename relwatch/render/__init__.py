"""From rows to what a person or a program reads: tables on a terminal, JSON, CSV, TSV."""

"""The command line: parse arguments, call, print, exit. One file a group of commands."""

"""The command line, one module a theme."""

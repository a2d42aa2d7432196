"""Programs of their own that a benchmark starts: each prints one line of JSON."""

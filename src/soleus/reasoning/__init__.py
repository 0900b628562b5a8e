"""Plain values in, plain values out: network, differential, localisation, triage, next tests. No file, no clock, no web."""

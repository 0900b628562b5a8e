"""The library: what is known, as articles for people. Knowledge in, plain frozen documents out; no template, no web framework."""

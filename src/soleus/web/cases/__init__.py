"""Saved cases: who owns them, who may see them for how long, and who did."""

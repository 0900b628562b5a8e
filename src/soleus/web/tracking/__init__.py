"""Measures, timers, logs and charts."""

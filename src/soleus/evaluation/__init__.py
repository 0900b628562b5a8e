"""Accuracy on published cases: measured, not believed."""

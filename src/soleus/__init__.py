"""Soleus: weakness at the back of a leg, from first symptom to a plan. It advises; it does not diagnose."""

__version__ = "0.1.0"

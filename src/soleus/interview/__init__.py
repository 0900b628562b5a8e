"""The interview: the most useful next question, the answer into the evidence, and when to stop. Pure; the web may call it too."""

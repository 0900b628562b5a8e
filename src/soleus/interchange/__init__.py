"""From what people and programs write to evidence, and back: case files and the wording of findings."""

"""Drawn figures of exercises: a body built from joint angles, set on what it rests on, drawn as SVG."""

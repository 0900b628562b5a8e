"""Reads the wording of one finding ("hip flexion, abduction and adduction strength: 1/5") into observations."""

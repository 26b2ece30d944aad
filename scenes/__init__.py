"""The scenes of a lecture film, drawn with Manim from a training record alone."""

"""Page frames, components, charts, quick exit, PDF. Looks, never decides."""

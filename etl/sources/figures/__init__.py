"""Publishers' figures by area: one module a format."""

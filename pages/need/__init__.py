"""The parts of the need map's page: layers, sentences, table, the panel of the chosen area."""

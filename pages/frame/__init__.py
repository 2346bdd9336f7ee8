"""Every page's frame: title, finding, choices, address, language, tables and downloads."""

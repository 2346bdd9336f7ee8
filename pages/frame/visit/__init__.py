"""What is kept of a visit: in the session, for one run of a page, and in the address of the page."""

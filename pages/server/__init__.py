"""The ASGI application around the script: headers, files, the first page, the return from sign-in."""

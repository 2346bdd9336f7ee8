"""The law of the link test: does a project show a clear link to assessed need?"""

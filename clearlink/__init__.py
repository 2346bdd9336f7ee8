"""Clear Link / Cyswllt Clir: does what we commission have a clear and demonstrable relationship to
assessed need?
"""

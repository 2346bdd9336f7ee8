"""What a machine proposes for a person to settle (method B11), and how good its proposals are on what
people had set. Nothing acts.
"""

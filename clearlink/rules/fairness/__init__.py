"""The law of fairness: does the money follow need?"""

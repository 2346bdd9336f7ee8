"""The parts of the plans page: the set as a whole, the tree, assessments, who is paid, who was heard."""

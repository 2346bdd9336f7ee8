"""From records to a complete, checked warehouse, published by one atomic swap."""

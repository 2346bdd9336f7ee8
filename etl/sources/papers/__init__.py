"""What public papers say: assessments, council papers, the public record."""

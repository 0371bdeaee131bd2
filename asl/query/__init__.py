"""The expression languages: JSONPath with intrinsic functions, and JSONata."""

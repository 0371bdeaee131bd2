"""The AWS Step Functions API at `/`: AWS JSON 1.0, Signature Version 4, shapes from botocore's own model."""

"""What a plan commits to: its measures as records."""

"""One person's court record, asked for the person or by a judge: asked here, or answered here for a partner."""

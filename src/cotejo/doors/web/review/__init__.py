"""The receiver's case: gates, steps, comparison and identity answers, holds, decision, hand-over, history."""

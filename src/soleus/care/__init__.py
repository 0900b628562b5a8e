"""What to do: treatments to discuss, a week of training, how it grows, and what the log of it says. Plain values in, plain values out."""

"""What a person sees in the terminal. Results go to standard output; progress and warnings to standard error."""

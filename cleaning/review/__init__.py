"""`cleaning review`: a person says which cuts are right, and learns what that says of the rules."""

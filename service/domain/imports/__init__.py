"""What another system sent of a patient, and how it adds to what is on file and never takes away."""

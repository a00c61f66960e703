"""Who the patient is: identifiers, what other systems add, and erasing for good."""

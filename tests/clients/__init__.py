"""Programs that others wrote, against a demo that runs: ``make clients``, in an environment of its own."""

"""The FHIR R4 face over HTTP: thin routes below ``/fhir``; every error is an OperationOutcome."""

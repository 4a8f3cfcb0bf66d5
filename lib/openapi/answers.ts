import { type ProblemCode, problemStatus } from "@/lib/http/app-error";
import type { SchemaName } from "./named-schemas";

export function body(schema: SchemaName) {
  return { required: true, content: json(schema) };
}

export function answers(status: number, schema: SchemaName, codes: ProblemCode[]) {
  return { [status]: { description: schema, content: json(schema) }, ...problems(codes) };
}

export function problems(codes: ProblemCode[]) {
  const byStatus = Object.groupBy([...codes, "internal" as const, "database_unavailable" as const], (code) =>
    String(problemStatus[code]),
  );
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, ofStatus]) => [
      status,
      {
        description: (ofStatus ?? []).join(", "),
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ]),
  );
}

/** A body of one of the named schemas. */
export function json(schema: SchemaName) {
  return { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
}

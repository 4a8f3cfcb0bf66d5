import { readParameters } from "@/lib/http/read-parameters";
import { type AuditAction, auditActions } from "./write-entry";

/** The first half of an action: what kind of thing it is done to. */
export type ActionGroup = AuditAction extends `${infer Group}.${string}` ? Group : never;
export const actionGroups = [...new Set(auditActions.map((action) => groupOf(action)))];

export function groupOf(action: AuditAction): ActionGroup {
  return action.slice(0, action.indexOf(".")) as ActionGroup;
}

/** A calendar day of the shop's time zone, "2026-11-27". */
export type AuditFilter = {
  /** One of the staff by id, or the machine's own command line. */
  person: number | "none" | null;
  action: AuditAction | ActionGroup | null;
  /** An order's, refund's or tracking number, else a subject's own id or name. */
  about: string | null;
  from: string | null;
  to: string | null;
};

const aboutAtMost = 64;

/** The filter that an address asks for; what means nothing is left out, and named in `madeUp`. */
export function readAuditFilter(query: Record<string, string | string[] | undefined>): {
  filter: AuditFilter;
  madeUp: string[];
} {
  const { madeUp, read, oneOf } = readParameters(query);
  const filter: AuditFilter = {
    person: read("person", (text) => (text === "none" ? text : readId(text))),
    action: oneOf("action", [...auditActions, ...actionGroups]),
    about: read("about", (text) => (text.length <= aboutAtMost && text.isWellFormed() ? text : null)),
    from: read("from", readDay),
    to: read("to", readDay),
  };
  if (filter.from && filter.to && filter.to < filter.from) {
    filter.to = null;
    madeUp.push("to");
  }
  return { filter, madeUp };
}

function readId(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

function readDay(text: string): string | null {
  if (!/^20\d{2}-\d{2}-\d{2}$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : null;
}

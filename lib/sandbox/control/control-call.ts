import type { Sandbox } from "@/lib/sandbox/sandbox";

/** One call of the control API: parses what it is given, throws a ControlError, answers what becomes JSON. */
export type ControlCall = (sandbox: Sandbox, given: unknown) => unknown;

/**
 * What merchants get wrong most, in the order in which it is put right. A name is a key of the catalogue `setup.checks`,
 * and with its code one of `setup.found`.
 */
export const checkNames = [
  "address",
  "reach",
  "tls",
  "proxy",
  "clock",
  "apiKey",
  "certificate",
  "token",
  "miniToken",
  "h5Domain",
  "jsapiDirectory",
  "oauthDomain",
  "jsSdk",
  "called",
  "alarmKey",
  "reportChannel",
  "secrets",
  "secondFactor",
  "worker",
  "database",
  "messages",
] as const;
export type CheckName = (typeof checkNames)[number];

/** `look`: it works, and somebody should look at it; `unknown`: cannot be told from here, and says how to find out. */
export const verdicts = ["broken", "look", "unknown", "fine"] as const;
export type Verdict = (typeof verdicts)[number];

/** One check's outcome. `facts` fill the words of its code: numbers, host names, times (RFC 3339), WeChat's codes; no secret. */
export type Finding = {
  check: CheckName;
  verdict: Verdict;
  code: string;
  facts: Record<string, string | number>;
};

/** What a check says of itself; its name is known to whoever runs it. */
export type Outcome = Omit<Finding, "check">;

export function fine(code = "fine", facts: Outcome["facts"] = {}): Outcome {
  return { verdict: "fine", code, facts };
}

export function look(code: string, facts: Outcome["facts"] = {}): Outcome {
  return { verdict: "look", code, facts };
}

export function broken(code: string, facts: Outcome["facts"] = {}): Outcome {
  return { verdict: "broken", code, facts };
}

export function unknown(code: string, facts: Outcome["facts"] = {}): Outcome {
  return { verdict: "unknown", code, facts };
}

export type ErrorFacts = {
  type: string;
  message: string;
  code?: string;
  constraint?: string;
  stack?: string;
};

/**
 * What went wrong, without whose data it went wrong with: drizzle puts every parameter of a failed query into its
 * message, and PostgreSQL quotes the row in `detail` and the value in its class 22 messages.
 */
export function errorFacts(error: unknown): ErrorFacts {
  const root = rootOf(error);
  if (!(root instanceof Error)) return { type: typeof root, message: "not an Error" };
  const { code, constraint_name: constraint } = root as { code?: unknown; constraint_name?: unknown };
  const quotesData = String(code).startsWith("22") && String(code).length === 5;
  const message = quotesData ? `PostgreSQL refused a value (${code})` : withoutParameters(root.message);
  return {
    type: root.name,
    message: message.slice(0, 500),
    ...(code !== undefined && { code: String(code) }),
    ...(constraint !== undefined && { constraint: String(constraint) }),
    stack: framesOf(error) ?? framesOf(root),
  };
}

/** The code of what lies at the bottom, as Node or PostgreSQL gave it; empty when there is none. */
export function errorCode(error: unknown): string {
  return errorFacts(error).code ?? "";
}

/** One line for a table or an alarm. */
export function errorText(error: unknown): string {
  const { code, message } = errorFacts(error);
  return (code ? `${code}: ${message}` : message).slice(0, 300);
}

function rootOf(error: unknown): unknown {
  let root = error;
  for (let depth = 0; depth < 5 && root instanceof Error && root.cause instanceof Error; depth++)
    root = root.cause;
  return root;
}

function withoutParameters(message: string): string {
  return message.replace(/\nparams: [\s\S]*$/, "");
}

function framesOf(error: unknown): string | undefined {
  const stack = error instanceof Error ? error.stack : undefined;
  const frames = stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return frames?.length ? frames.slice(0, 12).join("\n") : undefined;
}

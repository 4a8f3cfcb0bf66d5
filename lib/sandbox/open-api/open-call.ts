import type { Sandbox } from "@/lib/sandbox/sandbox";

/** One call of api.weixin. It answers the JSON, or throws an OpenError. */
export type OpenCall = (
  sandbox: Sandbox,
  request: { method: string; query: Record<string, string>; body: Buffer },
) => Record<string, unknown>;

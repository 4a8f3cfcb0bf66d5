import type { Ledger } from "@/lib/sandbox/ledger/open-ledger";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** One call of api.weixin that an access token opens: POST, JSON. `execute` answers the JSON, or throws an OpenError. */
export type TokenCall = {
  /** The out_trade_no that the call is about, as far as it names one. Nothing has been checked yet. */
  about(ledger: Ledger, given: Record<string, unknown>): string | null;
  execute(
    sandbox: Sandbox,
    request: { appId: string; given: Record<string, unknown>; body: Buffer },
  ): Record<string, unknown>;
};

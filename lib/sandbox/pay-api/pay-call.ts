import type { Sandbox } from "@/lib/sandbox/sandbox";
import type { SignType } from "@/lib/wechat/signature";
import type { Fields } from "@/lib/wechat/xml";

/**
 * One call of api.mch. It is given verified fields, throws a Refusal, and answers its own fields; the
 * common ones and the signature, in the order's algorithm, are added by the server.
 */
export type PayCall = (
  sandbox: Sandbox,
  request: { fields: Fields; signType: SignType },
) => { signType: SignType; fields: Record<string, string | undefined> };

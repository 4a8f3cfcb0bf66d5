import { randomBytes } from "node:crypto";
import type { Answer } from "@/lib/sandbox/answer";
import type { ArmedFault } from "@/lib/sandbox/faults/arm";
import { echoOf, type Refusal } from "@/lib/sandbox/pay-api/refusals";
import { type SignType, signFields } from "@/lib/wechat/signature";
import { type Fields, writeXml } from "@/lib/wechat/xml";

/** A signed answer of WeChat's: the common fields, the call's own, the signature over all of them. */
export function signedAnswer(
  own: Record<string, string | undefined>,
  by: { fields: Fields; apiKey: string; signType: SignType },
): Answer {
  const fields = {
    return_code: "SUCCESS",
    return_msg: "OK",
    ...echoOf(by.fields),
    nonce_str: randomBytes(8).toString("hex"),
    ...own,
  };
  return xmlAnswer({ ...fields, sign: signFields(fields, by) });
}

/** What a fault makes of the answer to a call that was executed, or null when it leaves the answer alone. */
export function spoiledAnswer(
  fault: ArmedFault | null,
  own: Record<string, string | undefined>,
  by: { fields: Fields; apiKey: string; signType: SignType },
): Answer | null {
  if (fault?.kind === "garbage")
    return { status: 200, contentType: "text/xml", body: "<xml><return_code><![CD" };
  if (fault?.kind === "forged-answer") {
    return signedAnswer(own, { ...by, apiKey: `forged${randomBytes(13).toString("hex")}` });
  }
  if (fault?.kind !== "unsigned-answer") return null;
  return xmlAnswer({ return_code: "SUCCESS", return_msg: "OK", ...echoOf(by.fields), ...own });
}

/** A refusal: unsigned with nothing but a text, or signed with a code. */
export function refusalAnswer(
  refusal: Refusal,
  by: { fields: Fields; apiKey: string; signType: SignType } | null,
): Answer {
  if (by === null || !refusal.signed) {
    return xmlAnswer({ return_code: "FAIL", return_msg: refusal.text });
  }
  const own = { result_code: "FAIL", err_code: refusal.code, err_code_des: refusal.text };
  return signedAnswer(own, by);
}

function xmlAnswer(fields: Record<string, string | undefined>): Answer {
  return { status: 200, contentType: "text/xml; charset=utf-8", body: writeXml(fields) };
}

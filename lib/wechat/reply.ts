/**
 * What we answer to WeChat's payment and refund results. WeChat takes nothing but these bytes for a yes:
 * no BOM, no blank before them, no JSON. Anything else, or silence for 5 s, and the message comes again.
 * Source: WeChat Pay APIv2 "支付结果通知".
 */
import { writeXml } from "@/lib/wechat/xml";

export const successReply =
  "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";

/** The same shape with FAIL and a reason that helps whoever reads it; `return_msg` holds 128 characters. */
export function failReply(reason: string): string {
  return writeXml({
    return_code: "FAIL",
    return_msg: reason
      .toWellFormed()
      .replace(/[\p{Cc}\ufffe\uffff]/gu, " ")
      .slice(0, 128)
      .toWellFormed(),
  });
}

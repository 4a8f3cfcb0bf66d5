import { timingSafeEqual } from "node:crypto";
import { isOpenidOf } from "@/lib/sandbox/identity/buyers";
import { markReported } from "@/lib/sandbox/ledger/delivery-facts";
import { recordReport } from "@/lib/sandbox/ledger/delivery-reports";
import { findTransaction } from "@/lib/sandbox/ledger/transactions";
import { openError } from "@/lib/sandbox/open-api/open-error";
import type { TokenCall } from "@/lib/sandbox/open-api/token-call";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { numberNamed } from "@/lib/sandbox/shipping/number-named";
import { signLegacy } from "@/lib/wechat/legacy-signature";

/** POST /pay/delivernotify (发货通知): the merchant says what became of one transaction. */
export const deliverNotify: TokenCall = {
  about: (ledger, given) => numberNamed(ledger, given),

  execute(sandbox, { appId, given, body }) {
    const report = readReport(given);
    if (report.appid !== appId) throw openError(49001);
    if (report.openid === "" || report.transid === "") throw openError(49002);
    if (!isOpenidOf(sandbox.ledger, { openid: report.openid, appId })) throw openError(49003);
    if (!isSigned(sandbox, report)) throw openError(49004);
    const transaction = findTransaction(sandbox.ledger, report.transid);
    if (!transaction || transaction.outTradeNo !== report.out_trade_no) throw openError(49005);
    if (transaction.openid !== report.openid) throw openError(49003);
    const now = sandbox.clock.now();
    recordReport(sandbox.ledger, {
      transactionId: transaction.transactionId,
      outTradeNo: transaction.outTradeNo,
      appId,
      openid: report.openid,
      status: report.deliver_status === "1" ? 1 : 0,
      message: report.deliver_msg,
      deliverTimestamp: report.deliver_timestamp,
      body: body.toString("utf8"),
      now,
    });
    markReported(sandbox.ledger, { transactionId: transaction.transactionId, now });
    return { errcode: 0, errmsg: "ok" };
  },
};

const signedNames = [
  "appid",
  "openid",
  "transid",
  "out_trade_no",
  "deliver_timestamp",
  "deliver_status",
  "deliver_msg",
] as const;
type Report = Record<(typeof signedNames)[number] | "app_signature", string>;

/** Strings only. No code is documented for a wrong deliver_status, an empty reason or another sign_method: 47001 is ours. */
function readReport(given: Record<string, unknown>): Report {
  const { openid, transid } = given;
  if (openid === undefined || transid === undefined) throw openError(49002);
  for (const name of [...signedNames, "app_signature", "sign_method"]) {
    if (typeof given[name] !== "string") throw openError(47001);
  }
  const report = given as Report & { sign_method: string };
  if (report.sign_method !== "sha1" || report.deliver_msg === "") throw openError(47001);
  if (!/^[01]$/.test(report.deliver_status)) throw openError(47001);
  if (!/^[0-9]{10}$/.test(report.deliver_timestamp)) throw openError(47001);
  return report;
}

function isSigned(sandbox: Sandbox, report: Report): boolean {
  const fields = Object.fromEntries(signedNames.map((name) => [name, report[name]]));
  const expected = Buffer.from(signLegacy(fields, { appKey: sandbox.identity.appKey }));
  const given = Buffer.from(report.app_signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

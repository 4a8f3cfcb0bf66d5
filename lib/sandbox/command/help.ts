import { answeredCalls } from "@/lib/sandbox/faults/fault";

const faultList = answeredCalls.map(([call, kinds]) => `  ${call.padEnd(15)} ${kinds.join(" ")}`).join("\n");

export const help = `npm run sandbox -- COMMAND          (WeChat Pay's stand-in; it must be running)

pay OUT_TRADE_NO                    the buyer pays this number; \`next\`: whatever is paid next at the cashier
  --amount N                        N fen are taken instead of what was asked (ledger, query and notification agree)
  --notify-amount N                 only the notification says N fen
  --currency USD                    only the notification says this currency
  --coupon N                        N fen are paid with a coupon: cash_fee is smaller than total_fee
  --twice                           the number is paid a second time: another transaction id, its own notification
  --also OUT_TRADE_NO               another number is paid in the same breath (two payments of one order)
  --copies N                        the same notification N times at once (a duplicate, no second payment)
  --late 30s                        the notification starts so much later
  --drop N                          the first N tries of the notification are lost (16: all of them)
  --reorder                         arms: at its next unifiedorder the number is paid and notified before the answer
  --force                           pay although WeChat says closed, expired or paid
  --buyer NAME                      who pays, when the order names nobody: lin zhou chen gao, or any name
 a notification that lies; no money moves unless --money is given (with next the buyer really pays):
  --forged                          signed with a wrong key
  --weaker                          signed with MD5 though the order uses HMAC-SHA256
  --foreign-app, --foreign-mch      another appid, another mch_id
  --fail                            result_code FAIL
resend OUT_TRADE_NO [--copies N]    the newest notification again, the same bytes
close OUT_TRADE_NO                  WeChat closes the number

fault CALL KIND                     the next such call goes wrong
  --number OUT_TRADE_NO             only for this number
  --times N                         the next N calls
  --delay 3s                        for slow
  --code CODE --text TEXT           for error: WeChat's err_code or errcode
faults [clear]                      what is armed; clear: nothing any more
${faultList}
  timeout, reset, forged-answer, slow and reorder execute the call, stale answers NOTPAY; the others refuse it before

orders [SEARCH]                     the ledger, newest first
show OUT_TRADE_NO                   one number: transactions, notifications, every try
calls [OUT_TRADE_NO]                what the shop asked and was told
state                               totals, clock, faults
clock [--factor N] [--advance 5m] [--reset]
                                    factor: retry gaps and the five-minute rule shrink N-fold; advance: time moves on
buyers                              the buyers and their openids
buyer NAME                          who signs in and pays where a browser has not chosen
code [--buyer NAME] [--mini]        a code as WeChat's OAuth or wx.login gives it
console                             prints the console's address

Every command takes --json: the sandbox's own answer, for scripts.`;

import {
  answeredCalls,
  faultsBefore,
  faultsOfTokenCalls,
  faultsOfXmlCalls,
} from "@/lib/sandbox/faults/fault";

/** What all XML calls can be is said once, so is what all that a token opens can be, then what each can be besides. */
function listFaults(): string {
  const commons: readonly (readonly string[])[] = [faultsOfXmlCalls, faultsOfTokenCalls];
  const commonOf = (kinds: readonly string[]) =>
    commons.find((common) => common.every((kind) => kinds.includes(kind)));
  const rest = answeredCalls
    .map(([call, kinds]) => [call, kinds.filter((kind) => !commonOf(kinds)?.includes(kind))] as const)
    .filter(([, kinds]) => kinds.length > 0);
  const shared = commons.flatMap((common) => [
    `  ${answeredCalls.flatMap(([call, kinds]) => (commonOf(kinds) === common ? [call] : [])).join(", ")}:`,
    `    ${common.slice(0, 7).join(" ")}`,
    `    ${common.slice(7).join(" ")}`,
  ]);
  return [...shared, ...rest.map(([call, kinds]) => `  ${call.padEnd(15)} ${kinds.join(" ")}`)].join("\n");
}

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
resend OUT_TRADE_NO [--copies N]    the newest notification again, the same bytes; --refund: of an OUT_REFUND_NO
close OUT_TRADE_NO                  WeChat closes the number

refunds [OUT_TRADE_NO]              refunds, newest first; --status PROCESSING
refund OUT_REFUND_NO STATUS         ends it now: SUCCESS, CHANGE (then SUCCESS later) or REFUNDCLOSE
  --to TEXT                         where the money went: refund_recv_accout
  --message-only                    only a notification that says so; the ledger does not change
refund-plan OUT_TRADE_NO            how its next refund ends (an OUT_REFUND_NO does too); \`next\`: whatever is refunded next
  --outcome CHANGE                  or REFUNDCLOSE; SUCCESS unless told
  --after 5m, --hold                how long it stays PROCESSING; hold: until \`refund\` ends it
  --to TEXT, --times N
portal-refund OUT_TRADE_NO --amount N
                                    somebody refunds by hand in the merchant platform, with a number of WeChat's own
  --recharge                        from the other purse; --outcome, --after, --hold and --to as above
 each of the three: --forged --foreign-app --foreign-mch --fail --notify-amount N --late 30s --copies N --drop N
purse                               what the merchant has for refunds; payments do not fill it
  --unsettled N, --recharge N       sets it to N fen: with less than a refund asks, NOTENOUGH
  --top-up N, --top-up-recharge N   N fen more
refund-settings                     how all refunds without a plan are treated
  --after 2s, --hold                from acceptance to result; hold: a bank that does nothing until told
  --gap 60s                         between two refunds of one payment; 0: no such rule
  --notify-url URL                  for refunds that name none; - : the shop's own /api/notify/refund

reports [OUT_TRADE_NO]              what the shop reported by delivernotify and WeChat accepted, newest first
uploads [OUT_TRADE_NO]              what it uploaded as shipping info and WeChat accepted, newest first
confirm-receipt OUT_TRADE_NO        the buyer confirms: get_order says 3 (--completed: 4), nothing is shippable any more
shipping-settings [--known-after 10s]
                                    so long after paying, shipping info gets 10060001
alarm [OUT_TRADE_NO]                WeChat sends an alarm (告警) about this number; without one, about no order
  --type 1001                       1001 is 发货超时, any other digits are not documented
  --description TEXT --content TEXT
  --naming out_trade_no             or text, or transaction_id: how the content names the order, when none is given
  --time SECONDS, --url URL         another TimeStamp; another address, for once
  --twice, --copies N, --late 30s, --drop N, --forged, --unsigned
alarms [OUT_TRADE_NO]               what was sent, newest first, every try
alarm-settings                      when WeChat's own clock raises 1001, once a transaction, and where alarms go
  --after 72h, --never              so long after paying without an accepted report
  --url URL                         - : the order's site, /api/alarm
expire-token [--mini]               the account's access token runs out now: the next call with it gets 42001

fault CALL KIND                     the next such call goes wrong
  --number OUT_TRADE_NO             only for this number; of refund and refundquery also an OUT_REFUND_NO
  --times N                         the next N calls
  --delay 3s                        for slow
  --code CODE --text TEXT           for error: WeChat's err_code or errcode
faults [clear]                      what is armed; clear: nothing any more
${listFaults()}
  executed all the same, but for: ${faultsBefore.join(" ")}
  stale is a query that has not heard yet; reorder pays (or pays back) and notifies before the answer

orders [SEARCH]                     the ledger, newest first
show OUT_TRADE_NO                   one number: transactions, notifications, every try
calls [OUT_TRADE_NO]                what the shop asked and was told
state                               totals, clock, faults
clock [--factor N] [--advance 5m] [--reset]
                                    factor: retry gaps, the five-minute rule, what refunds wait for and the hours
                                    until a delivery is late shrink N-fold;
                                    advance: time moves on
buyers                              the buyers and their openids
buyer NAME                          who signs in and pays where a browser has not chosen
code [--buyer NAME] [--mini]        a code as WeChat's OAuth or wx.login gives it
console                             prints the console's address

Every command takes --json: the sandbox's own answer, for scripts.`;

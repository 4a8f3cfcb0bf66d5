"use server";

import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { clientAddress } from "@/lib/http/client-address";
import { problemText, toAppError } from "@/lib/http/problem";
import { limitPayments } from "@/lib/payments/limit-payments";
import { parsePayRequest } from "@/lib/payments/pay-request";
import { startPayment } from "@/lib/payments/start-payment";
import { shop } from "@/lib/shop";
import { nothingYet, type PlainState } from "./plain-state";

/**
 * The same verb as `POST /api/pay`, for a browser without a script: the buyer's own order, paid by form. It ends in a link
 * to WeChat's page, not in a redirect: our forms lead nowhere but to us (form-action).
 */
export async function payOwnOrder(_before: PlainState, form: FormData): Promise<PlainState> {
  const buyer = await findCurrentBuyer();
  const number = form.get("orderNo");
  if (!buyer || typeof number !== "string" || !/^\w{1,40}$/.test(number)) notFound(); // A NUL would reach PostgreSQL.
  try {
    await limitPayments(shop(), buyer.memberId);
    const { orderNo, tradeType } = parsePayRequest({ orderNo: number, tradeType: form.get("way") });
    const { trustedProxies } = shop().environment;
    const payerAddress = clientAddress(new Headers(await headers()), trustedProxies);
    const opened = await startPayment(shop(), { orderNo, tradeType, buyer, payerAddress });
    if (opened.tradeType === "NATIVE") return { ...nothingYet, codeUrl: opened.codeUrl };
    if (opened.tradeType === "MWEB") return { ...nothingYet, mwebUrl: withReturn(opened.mwebUrl, orderNo) };
    return nothingYet; // The bridge is a script: no form of ours asks for it.
  } catch (error) {
    const { code } = toAppError(error);
    if (code === "not_found") notFound();
    return { ...nothingYet, message: problemText(await getLocale(), code) };
  }
}

/** Where WeChat's page sends the browser in the end, paid or not. */
function withReturn(mwebUrl: string, orderNo: string): string {
  const back = new URL(`/orders/${orderNo}`, shop().environment.siteUrl).href;
  return `${mwebUrl}&redirect_url=${encodeURIComponent(back)}`;
}

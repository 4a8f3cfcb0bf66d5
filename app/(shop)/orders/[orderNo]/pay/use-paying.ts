"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import type { TradeType } from "@/lib/db/schema/payments";
import { askNow } from "../use-following";
import { askToPay, type Refusal } from "./ask-to-pay";
import { rememberPaying, takePaying } from "./interrupted";
import { invokeBridge } from "./invoke-bridge";

/** Where the buyer is on the way to paying. `trouble` went wrong, `news` did not; `isEveryWay`: no other way to pay helps. */
export type Paying =
  | { step: "choosing"; trouble?: string; news?: string; isEveryWay?: boolean }
  | { step: "starting" }
  | { step: "scanning"; codeUrl: string }
  | { step: "confirming" }
  | { step: "returned"; asked: boolean };

type Order = { orderNo: string; ways: TradeType[]; knowsOpenid: boolean; returned: boolean };

/** Starts a payment in the chosen way. What came of it is told by the page's following, never here. */
export function usePaying({ orderNo, ways, knowsOpenid, returned }: Order) {
  const t = useTranslations("shop.pay");
  const router = useRouter();
  const [way, setWay] = useState(ways[0]);
  const [paying, setPaying] = useState<Paying>(
    returned ? { step: "returned", asked: false } : { step: "choosing" },
  );

  const resume = useEffectEvent(() => {
    const interrupted = takePaying(orderNo);
    if (interrupted === "JSAPI" && knowsOpenid) pay("JSAPI"); // Back from signing in: go on where the buyer was.
    if (interrupted === "MWEB") setPaying({ step: "returned", asked: false });
  });
  useEffect(() => resume(), []);

  function choose(chosen: TradeType) {
    setWay(chosen);
    setPaying({ step: "choosing" });
  }

  async function pay(way: TradeType) {
    setWay(way);
    setPaying({ step: "starting" });
    if (way === "JSAPI" && !knowsOpenid)
      return signIn(`/api/auth/wechat?returnTo=${encodeURIComponent(`/orders/${orderNo}`)}`);
    const opened = await askToPay(orderNo, way);
    if (!opened) return setPaying({ step: "choosing", trouble: t("unreachable") });
    if ("code" in opened) return refused(opened);
    if (opened.tradeType === "NATIVE") return setPaying({ step: "scanning", codeUrl: opened.codeUrl });
    if (opened.tradeType === "MWEB") return leaveForWechat(opened.mwebUrl);
    const result = await invokeBridge(opened.payment);
    askNow();
    if (result === "no_bridge") return setPaying({ step: "choosing", trouble: t("bridgeMissing") });
    if (result.word === "ok") return setPaying({ step: "confirming" });
    if (result.word === "cancel") return setPaying({ step: "choosing", news: t("cancelled") });
    setPaying({
      step: "choosing",
      trouble: result.reason ? t("failed", { reason: result.reason }) : t("failedPlainly"),
    });
  }

  function refused({ code, title, signInUrl }: Refusal) {
    if (signInUrl) return signIn(signInUrl);
    setPaying({ step: "choosing", trouble: title, isEveryWay: code === "member_blocked" });
    router.refresh(); // The order may have been paid or closed meanwhile.
  }

  function signIn(url: string) {
    rememberPaying(orderNo, "JSAPI");
    window.location.assign(url);
  }

  function leaveForWechat(mwebUrl: string) {
    rememberPaying(orderNo, "MWEB");
    const back = `${window.location.origin}/orders/${orderNo}?from=cashier`;
    window.location.assign(`${mwebUrl}&redirect_url=${encodeURIComponent(back)}`);
  }

  function sayPaid() {
    setPaying({ step: "returned", asked: true });
    askNow();
  }

  return { paying, way, choose, pay, sayPaid, again: () => setPaying({ step: "choosing" }) };
}

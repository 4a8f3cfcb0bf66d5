"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { findBridge, isMiniProgram } from "@/app/(shop)/wechat/bridge";
import { isBrowser, type Place } from "@/app/(shop)/wechat/place";
import type { TradeType } from "@/lib/db/schema/payments";
import { askNow } from "../use-following";
import { askToPay, type Refusal } from "./ask-to-pay";
import { rememberPaying, takePaying } from "./interrupted";
import { invokeBridge } from "./invoke-bridge";
import type { Ways } from "./ways-to-pay";

/** Where the buyer is on the way to paying. `trouble` went wrong, `news` did not; `isEveryWay`: no other way to pay helps. */
export type Paying =
  | { step: "choosing"; trouble?: string; news?: string; isEveryWay?: boolean }
  | { step: "starting" }
  | { step: "scanning"; codeUrl: string }
  | { step: "confirming" }
  | { step: "returned"; asked: boolean };

type Order = Ways & { orderNo: string; place: Place; knowsOpenid: boolean; returned: boolean };

/** After WeChat's sheet said "paid" our server knows within seconds; a buyer who still waits then may try again. */
const confirmingMs = 15_000;

/** Starts a payment in the chosen way. What came of it is told by the page's following, never here. */
export function usePaying({ orderNo, knowsOpenid, returned, outside, ...seen }: Order) {
  const t = useTranslations("shop.pay");
  const router = useRouter();
  const [place, setPlace] = useState(seen.place);
  const [ways, setWays] = useState(seen.ways);
  const [way, setWay] = useState(ways[0]);
  const [paying, setPaying] = useState<Paying>(
    returned ? { step: "returned", asked: false } : { step: "choosing" },
  );

  const resume = useEffectEvent(() => {
    const interrupted = takePaying(orderNo);
    if (interrupted === "MWEB") setPaying({ step: "returned", asked: false });
    if (interrupted !== "JSAPI") return;
    if (knowsOpenid)
      pay("JSAPI"); // Back from signing in: go on where the buyer was.
    else setPaying({ step: "choosing", trouble: t("signInLost") });
  });
  useEffect(() => {
    // A browser may show the page as it was left, its button still waiting.
    const wake = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      setPaying({ step: "choosing" });
      resume();
    };
    resume();
    window.addEventListener("pageshow", wake);
    return () => window.removeEventListener("pageshow", wake);
  }, []);

  // What the user agent did not say, the app around the page does.
  const meetApp = useEffectEvent(() => {
    if (isMiniProgram()) {
      setPlace("miniProgram");
      goBy(["NATIVE"]);
    } else if (isBrowser(place) && !ways.includes("JSAPI"))
      goBy(["JSAPI", ...ways.filter((one) => one !== "MWEB")]); // WeChat, which refuses H5 in itself.
  });
  useEffect(() => {
    findBridge().then((bridge) => bridge && meetApp());
  }, []);

  useEffect(() => {
    if (paying.step !== "confirming") return;
    const timer = setTimeout(() => setPaying({ step: "returned", asked: true }), confirmingMs);
    return () => clearTimeout(timer);
  }, [paying]);

  function goBy(found: TradeType[]) {
    setWays(found);
    setWay(found[0]);
  }

  function choose(chosen: TradeType) {
    setWay(chosen);
    setPaying({ step: "choosing" });
  }

  async function pay(way: TradeType) {
    setWay(way);
    setPaying({ step: "starting" });
    // Asked first: outside WeChat signing in there leads nowhere.
    if (way === "JSAPI" && !(await findBridge())) return leaveWechat();
    if (way === "JSAPI" && !knowsOpenid)
      return signIn(`/api/auth/wechat?returnTo=${encodeURIComponent(`/orders/${orderNo}`)}`);
    const opened = await askToPay(orderNo, way);
    if (!opened) return setPaying({ step: "choosing", trouble: t("unreachable") });
    if ("code" in opened) return refused(opened);
    if (opened.tradeType === "NATIVE") return setPaying({ step: "scanning", codeUrl: opened.codeUrl });
    if (opened.tradeType === "MWEB") return leaveForWechat(opened.mwebUrl);
    const result = await invokeBridge(opened.payment);
    askNow();
    if (result === "no_bridge") return leaveWechat();
    if (result.word === "ok") return setPaying({ step: "confirming" });
    if (result.word === "cancel") return setPaying({ step: "choosing", news: t("cancelled") });
    setPaying({
      step: "choosing",
      trouble: result.reason ? t("failed", { reason: result.reason }) : t("failedPlainly"),
    });
  }

  /** The user agent said so, but this is not WeChat: what works outside takes its place. */
  function leaveWechat() {
    goBy([...new Set([...outside, ...ways.filter((one) => one !== "JSAPI")])]);
    setPaying({ step: "choosing", trouble: t("bridgeMissing") });
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

  const again = () => setPaying({ step: "choosing", news: t("unpaid") });
  return { paying, place, ways, way, choose, pay, sayPaid, again };
}

import { getLocale, getTranslations } from "next-intl/server";
import { formatFen } from "@/app/ui/format-fen";
import type { AppError } from "@/lib/http/app-error";
import { fieldText, problemText } from "@/lib/http/problem";
import { quoteOrders } from "@/lib/orders/quote-orders";
import { shop } from "@/lib/shop";
import { type CheckoutState, typedFields, untouched } from "./checkout-state";
import type { SentCheckout } from "./read-checkout";

type Who = { memberId: number } | null;

/** Why nothing was ordered, with the goods and amounts as they stand now beside what the buyer had been shown. */
export async function refuse(error: AppError, sent: SentCheckout, buyer: Who): Promise<CheckoutState> {
  const locale = await getLocale();
  const known = [...typedFields, "addressId"] as const;
  const problems = (error.facts.errors ?? []).flatMap((field) => {
    const name = known.find((one) => one === field.path.replace(/^recipient\./, ""));
    return name ? [[name, fieldText(locale, field)] as const] : [];
  });
  const gone = error.code === "cart_changed" && Array.isArray(error.facts.skus) ? error.facts.skus : [];
  const state = await quoteAgain(sent, buyer, gone);
  return {
    ...state,
    problems: Object.fromEntries(problems),
    message: problems.length ? null : await messageOf(error, sent, state),
    way: ways[error.code] ?? null,
  };
}

/** The form as it was sent, and what it would order now. */
export async function quoteAgain(
  sent: SentCheckout,
  buyer: Who,
  gone: string[] = [],
): Promise<CheckoutState> {
  const memberId = buyer?.memberId ?? null;
  return {
    ...untouched,
    typed: sent.typed,
    addressId: sent.addressId,
    isKept: sent.isKept,
    quote: await quoteOrders(shop(), { items: sent.items, memberId, gone }),
    shown: { ...sent.shown, totalFen: null },
  };
}

const ways: Partial<Record<AppError["code"], CheckoutState["way"]>> = {
  too_many_unpaid: "orders",
  cart_changed: "orders",
};

async function messageOf(error: AppError, sent: SentCheckout, { quote }: CheckoutState): Promise<string> {
  const locale = await getLocale();
  if (error.code !== "price_changed" || !quote || sent.shown.totalFen === null)
    return problemText(locale, error.code);
  const t = await getTranslations("shop.checkout");
  const [before, now] = [sent.shown.totalFen, quote.totalFen].map((fen) => formatFen(fen, locale));
  return t("totalChanged", { before: before ?? "", now: now ?? "" });
}

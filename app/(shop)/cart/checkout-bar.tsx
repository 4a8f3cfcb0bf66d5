import { useLocale, useTranslations } from "next-intl";
import type { CartLine } from "@/lib/cart/read-cart";
import { mostLines } from "@/lib/orders/order-limits";
import type { Settings } from "@/lib/settings/definitions";
import { Summary } from "./summary";

/** The words and figures of the summary, so that its script carries neither catalogue nor cart. */
export function CheckoutBar({ id, lines, settings }: { id: string; lines: CartLine[]; settings: Settings }) {
  const t = useTranslations("cart.summary");
  const { freightFlatFen, freightFreeFromFen } = settings;
  return (
    <Summary
      id={id}
      locale={useLocale()}
      lines={lines.map(({ sku, kind, quantity, priceFen }) => ({ sku, kind, quantity, priceFen }))}
      freight={{ freightFlatFen, freightFreeFromFen }}
      most={mostLines}
      words={{
        title: t("title"),
        physical: t("physical"),
        virtual: t("virtual"),
        freight: t("freight"),
        free: t("free"),
        total: t("total"),
        hint: t("hint", { amount: "{amount}" }),
        twoOrders: t("twoOrders"),
        nothing: t("nothing"),
        tooMany: t("tooMany", { count: mostLines }),
        withFreight: t("withFreight", { amount: "{amount}" }),
        all: t("all"),
        submit: t("submit", { count: "{count}" }),
      }}
    />
  );
}

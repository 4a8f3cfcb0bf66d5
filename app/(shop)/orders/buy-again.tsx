import { randomUUID } from "node:crypto";
import { useTranslations } from "next-intl";
import { AgainForm } from "./again-form";

/** The same once more, into the cart. */
export function BuyAgain({ orderNo }: { orderNo: string }) {
  const t = useTranslations("shop.again");
  const words = {
    submit: t("submit"),
    submitting: t("submitting"),
    unreachable: t("unreachable"),
    cart: t("cart"),
  };
  return <AgainForm orderNo={orderNo} addKey={randomUUID()} words={words} />;
}

import { useTranslations } from "next-intl";
import { findCarrier } from "@/lib/deliveries/carriers";

/** A carrier as people call it; a code that nobody knows stays as it is. */
export function CarrierName({ code }: { code: string }) {
  const t = useTranslations("common.carrier");
  const carrier = findCarrier(code);
  return carrier ? t(carrier) : code;
}

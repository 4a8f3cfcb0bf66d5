import { textOf } from "../../parts/outcome";

/** Fields `quantity:SKU`, without those that are zero; what is no number is NaN. */
export function piecesIn(form: FormData): { sku: string; quantity: number }[] {
  return [...form]
    .filter(([name]) => name.startsWith("quantity:"))
    .map(([name]) => ({
      sku: name.slice("quantity:".length),
      quantity: Number(textOf(form, name).normalize("NFKC") || "0"),
    }))
    .filter(({ quantity }) => quantity !== 0);
}

import { z } from "zod";
import type { TypedProduct } from "./typed-product";

const text = z.string().max(20_000);
const Was = z.object({
  title: text,
  slug: text,
  kind: text,
  category: text,
  description: text,
  variants: z
    .array(z.object({ id: text, title: text, sku: text, price: text, onSale: z.boolean(), onHand: text }))
    .max(100),
}) satisfies z.ZodType<TypedProduct>;

/** The product as the form was filled with it, which it carries along; null when it carries something else. */
export function readWas(form: FormData): TypedProduct | null {
  const carried = form.get("was");
  if (typeof carried !== "string") return null;
  try {
    return Was.safeParse(JSON.parse(carried)).data ?? null;
  } catch {
    return null; // Not JSON: nobody's form of ours.
  }
}

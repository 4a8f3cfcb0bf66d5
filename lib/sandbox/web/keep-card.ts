import { z } from "zod";
import { recordCard } from "@/lib/sandbox/ledger/share-cards";
import type { BridgeCall } from "@/lib/sandbox/web/answer-bridge";

const httpUrl = z.url({ protocol: /^https?$/ }).max(2000);
const Card = z.object({
  kind: z.enum(["friend", "moments"]),
  page: httpUrl,
  title: z.string().min(1).max(500),
  desc: z.string().max(500).default(""),
  link: httpUrl,
  imgUrl: z.union([z.literal(""), httpUrl]),
});

/** POST /bridge/card: what a page wants shown of it. WeChat takes links to the page's own domain only. */
export const keepCard: BridgeCall = (sandbox, { given, origin }) => {
  const reading = Card.safeParse(given);
  if (!reading.success) return { refusal: "invalid parameters" };
  const { kind, page, title, desc, link, imgUrl } = reading.data;
  if (new URL(link).origin !== origin) return { refusal: "invalid url domain" };
  const at = sandbox.clock.now();
  recordCard(sandbox.ledger, { at, kind, page, title, description: desc, link, picture: imgUrl });
  return {};
};

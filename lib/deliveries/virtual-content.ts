import { z } from "zod";
import { AppError } from "@/lib/http/app-error";

/** Longest text, link or code, in characters: what `content_invalid` tells. */
export const longestContent = 2000;

/** What a virtual variant is delivered as by itself; `none`: by hand. */
export type VirtualContent = z.infer<typeof VirtualContent>;
const VirtualContent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("codes") }),
  z.object({
    kind: z.literal("text"),
    text: z.string().trim().min(1).max(longestContent).refine(isStorable),
  }),
  z.object({ kind: z.literal("link"), text: z.string().trim().max(longestContent).refine(isSafeLink) }),
]);

/** Read from a form, or `content_invalid`. */
export function parseContent(content: { kind: string; text?: string }): VirtualContent {
  const parsed = VirtualContent.safeParse(content);
  if (!parsed.success) throw new AppError("content_invalid");
  return parsed.data;
}

/** Nothing that a browser would run, and nothing that is read in passing on its way. */
function isSafeLink(text: string): boolean {
  return isStorable(text) && !/\s/.test(text) && URL.canParse(text) && new URL(text).protocol === "https:";
}

/** PostgreSQL holds no NUL, and sealing would only hide it until a page shows it. */
export function isStorable(text: string): boolean {
  return !text.includes("\0");
}

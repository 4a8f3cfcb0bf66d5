import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NotFoundNotice } from "@/app/ui/not-found-notice";
import { setAnswerStatus } from "@/lib/http/answer-status";

/** In place of `notFound()` on a page: the same answer, 404, with its words in it also where there is no script. */
export function NotFoundPage() {
  setAnswerStatus(404);
  return <NotFoundNotice />;
}

export async function notFoundMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("common.notFound"))("title"), robots: { index: false } };
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NotFoundNotice } from "./ui/not-found-notice";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("common.notFound"))("title") };
}

/** An address that no page has. */
export default function NotFound() {
  return (
    <main>
      <NotFoundNotice />
    </main>
  );
}
